import assert from "node:assert/strict";
import { eventually } from "../eventually.mjs";
import { enterFresh } from "./talking.mjs";

const HOSTILE = [
  '<img src="x" onerror="document.title=1">',
  "<script>document.body.remove()</script>",
  "javascript:alert(1) data:text/html,<b>x</b>",
  "\u202Etxet desrever\u202C and on",
  "w".repeat(3_000),
  "\u0000\u0007 control",
  "&lt;entities&gt; &amp; all",
  "a\u0301\u0302\u0303\u0304\u0305".repeat(50),
];

/** Text that tries to be more than text, and messages that are none. */
export const hostility = {
  async "hostile text is shown as text"({ browser }) {
    const ann = await enterFresh(browser, "ann", "zoo");
    const ben = await (await browser.window({ user: "ben", room: "zoo" })).entered();
    await ann.commands("ann", [
      ["roomJoin", "zoo"],
      ...HOSTILE.map((text) => ["roomMessage", "zoo", { textMessage: text }]),
    ]);
    await eventually(async () => assert.equal((await ben.texts()).length, HOSTILE.length), "all messages");
    const texts = await ben.texts();
    HOSTILE.filter((text) => text.length < 1_000).forEach((text) => assert.ok(texts.includes(text), text));
    await ben.find("button", "Show all 3,000 characters").click();
    await eventually(async () => assert.ok((await ben.texts()).includes("w".repeat(3_000))), "the whole text");
    assert.equal(await ben.find("#rows :is(img, script, b, iframe)").count(), 0);
    await expectNoSidewaysScroll(ben);
    await ben.shoot("hostile text");
  },

  async "hostile names are shown as text"({ browser }) {
    const name = "<img src=x onerror=alert(1)>\u202E";
    const ann = await (await browser.window({ user: name })).entered();
    await ann.say("hello from a strange name");
    await ann.shows("#people-list .name", name);
    const room = `<b>${"long".repeat(40)}</b>`;
    await ann.go(`#room=${encodeURIComponent(room)}`);
    await ann.find("#barred-create").click();
    await ann.entered();
    await ann.say("in a strange room");
    await ann.readsOnly("in a strange room");
    assert.equal(await ann.find("#inside :is(#rows, #rooms, #people-list, #talk-title) :is(img, b)").count(), 0);
    await expectNoSidewaysScroll(ann);
  },

  async "only web addresses become links, and they tell nobody where they were"({ browser }) {
    const ann = await enterFresh(browser, "ann", "links");
    await ann.say("see https://example.org/a?b=c#d, (http://example.org/x) and javascript:alert(1)");
    await ann.shows("#rows .text a");
    const links = await ann
      .find("#rows .text a")
      .evaluateAll((all) => all.map(({ href, rel, target }) => [href, rel, target]));
    const safe = ["noopener noreferrer nofollow", "_blank"];
    assert.deepEqual(links, [
      ["https://example.org/a?b=c#d", ...safe],
      ["http://example.org/x", ...safe],
    ]);
  },

  async "messages of any other shape are spelled out, bytes included"({ browser }) {
    const ann = await enterFresh(browser, "ann", "things");
    await ann.page.evaluate(async () => {
      const socket = io("/chat-service", { auth: { user: "robot" }, forceNew: true });
      await new Promise((resolve) => socket.once("loginConfirmed", resolve));
      const send = (message) => new Promise((resolve) => socket.emit("roomMessage", "things", message, resolve));
      await new Promise((resolve) => socket.emit("roomJoin", "things", resolve));
      await send({ kind: "reading", values: [1, 2.5, null], data: new Uint8Array([0, 127, 255]) });
      await send({ textMessage: "with a picture", picture: new Uint8Array(100) });
      await send({ textMessage: 42 });
      await send({});
      let deep = { end: true };
      for (let depth = 0; depth < 60; depth++) {
        deep = { deep };
      }
      await send(deep);
      socket.disconnect();
    });
    await eventually(async () => assert.equal(await ann.find("#rows pre").count(), 5), "five messages with data");
    const [reading, picture, number, empty] = await ann.find("#rows pre").allTextContents();
    assert.match(reading, /"kind": "reading"/);
    assert.match(reading, /<3 bytes: 00 7f ff>/);
    assert.match(picture, /<100 bytes: 00 00 .*…>/);
    assert.match(number, /"textMessage": 42/);
    assert.equal(empty, "{}");
    assert.deepEqual(await ann.texts(), ["with a picture"]);
    await expectNoSidewaysScroll(ann);
    await ann.shoot("messages of other shapes");
  },

  async "text too long for the server is kept in the box, and the reason is given"({ browser }) {
    const ann = await enterFresh(browser, "ann", "epic");
    const text = "x".repeat(100_001);
    await ann.say(text);
    await ann.shows("#text-problem", "too long");
    assert.equal((await ann.find("#text").inputValue()).length, text.length);
    await ann.say("y".repeat(100_000));
    await ann.shows("#rows .text", "yyy");
    await ann.hides(".outgoing");
  },

  async "the page arrives under a content security policy that allows nothing inline"({ browser }) {
    const window = await browser.window({ address: "" });
    const response = await window.page.request.get(window.at);
    const policy = response.headers()["content-security-policy"];
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self'(;|$)/);
    assert.match(policy, /style-src 'self'(;|$)/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe|\*/);
    assert.equal(response.headers()["x-content-type-options"], "nosniff");
  },
};

export async function expectNoSidewaysScroll(window) {
  const wide = await window.page.evaluate(() => {
    const screen = document.documentElement.clientWidth;
    const sticksOut = (node) => node.scrollWidth > node.clientWidth + 1;
    return {
      page: document.documentElement.scrollWidth > screen,
      body: document.body.scrollWidth > screen,
      log: sticksOut(document.getElementById("log")),
    };
  });
  assert.deepEqual(wide, { page: false, body: false, log: false });
}
