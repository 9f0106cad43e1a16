import assert from "node:assert/strict";
import { eventually } from "../eventually.mjs";
import { enterFresh } from "./talking.mjs";

const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

/** Long logs: read in pieces, complete, in order, and never more of them in memory than fits. */
export const history = {
  async "older messages load in pages until the beginning, none missing and none twice"({ browser }) {
    const ann = await enterFresh(browser, "ann", "long");
    await flood(ann, "long", 1, 250);
    const ben = await (await browser.window({ user: "ben", room: "long" })).entered();
    await ben.readsOnly(...numbers(151, 250));
    await readOlder(ben);
    await ben.readsOnly(...numbers(51, 250));
    await readOlder(ben);
    await ben.readsOnly(...numbers(1, 250));
    await ben.shows("#beginning", "Here the room begins");
  },

  async "scrolling to the top loads what is older, and the lines being read stay where they are"({ browser }) {
    const ann = await enterFresh(browser, "ann", "scroll");
    await flood(ann, "scroll", 1, 150);
    const ben = await (await browser.window({ user: "ben", room: "scroll" })).entered();
    await ben.readsOnly(...numbers(51, 150));
    const place = () => ben.find(".message .text", /^60$/).evaluate((node) => node.getBoundingClientRect().top);
    await ben.find("#log").evaluate((log) => (log.scrollTop = 60));
    const before = await place();
    await ben.find("#log").evaluate((log) => (log.scrollTop = 20));
    await eventually(async () => assert.equal((await ben.texts()).length, 150), "older messages");
    const after = await place();
    assert.ok(Math.abs(after - before - 40) <= 1, `line 60 was at ${before} and is at ${after}`);
  },

  async "messages that come in while somebody reads further up do not move the lines"({ browser }) {
    const ann = await enterFresh(browser, "ann", "reading");
    await flood(ann, "reading", 1, 90);
    const ben = await (await browser.window({ user: "ben", room: "reading" })).entered();
    await ben.reads("90");
    await ben.find("#log").evaluate((log) => (log.scrollTop = log.scrollHeight / 2));
    await ben.shows("#latest[data-shown]");
    const top = await ben.find("#log").evaluate((log) => log.scrollTop);
    await ann.say("news");
    await ben.shows("#latest", "1 new message");
    assert.equal(await ben.find("#log").evaluate((log) => log.scrollTop), top);
    await ben.find("#latest").click();
    await ben.reads("90", "news");
    await eventually(async () => assert.ok(await atEnd(ben)), "at the end");
    await ann.say("more");
    await ben.reads("news", "more");
    assert.ok(await atEnd(ben));
  },

  async "who scrolls up stays there, whatever is drawn at that moment"({ browser }) {
    const ann = await enterFresh(browser, "ann", "restless");
    await flood(ann, "restless", 1, 90);
    await ann.readsOnly(...numbers(1, 90));
    await ann.page.evaluate(() => setInterval(() => document.dispatchEvent(new Event("visibilitychange")), 1));
    for (let i = 0; i < 10; i++) {
      await ann.find("#log").evaluate((log) => (log.scrollTop = log.scrollHeight / 2));
      await ann.shows("#latest[data-shown]");
      await ann.find("#latest").click();
      await eventually(async () => assert.ok(await atEnd(ann)), "at the end");
    }
  },

  async "a window holds 500 messages at most, and can still reach all of them"({ browser }) {
    const ann = await enterFresh(browser, "ann", "busy");
    const ben = await (await browser.window({ user: "ben", room: "busy" })).entered();
    await flood(ann, "busy", 1, 720);
    await ben.readsOnly(...numbers(221, 720));
    for (const first of [121, 21, 1]) {
      await readOlder(ben);
      await eventually(async () => assert.equal((await ben.texts())[0], String(first)), `message ${first}`);
    }
    await ben.readsOnly(...numbers(1, 500));
    await ann.say("721");
    await ben.shows("#latest", "1 new message");
    await ben.find("#log").evaluate((log) => (log.scrollTop = log.scrollHeight));
    await ben.readsOnly(...numbers(101, 600));
    await ben.find("#latest").click();
    await ben.readsOnly(...numbers(222, 721));
  },

  async "large messages come in smaller pages, and none is left out"({ browser }) {
    const ann = await enterFresh(browser, "ann", "heavy");
    const heavy = numbers(1, 40).map((number) => `${number} ${"x".repeat(20_000)}`);
    await ann.flood("ann", "heavy", heavy);
    const ben = await (await browser.window({ user: "ben", room: "heavy" })).entered();
    const shown = async () => (await ben.texts()).map((text) => text.split(" ")[0]);
    await eventually(async () => {
      if (await ben.find("#older").isVisible()) {
        await readOlder(ben);
      }
      assert.deepEqual(await shown(), numbers(1, 40));
    }, "all messages");
  },

  async "what a room does not keep any more is shown as missing"({ browser }) {
    const ann = await enterFresh(browser, "ann", "short memory");
    await flood(ann, "short memory", 1, 1_100);
    const ben = await (await browser.window({ user: "ben", room: "short memory" })).entered();
    for (const first of [901, 801, 701, 601, 501, 401, 301, 201, 101]) {
      await readOlder(ben);
      await eventually(async () => assert.equal((await ben.texts())[0], String(first)), `message ${first}`);
    }
    if (await ben.find("#older").isVisible()) {
      await readOlder(ben);
    }
    await ben.shows("#beginning", "Older messages are not kept");
    assert.equal((await ben.texts())[0], "101");
  },
};

async function flood(window, room, from, to) {
  await window.flood("ann", room, numbers(from, to));
}

/** Goes up, though not so far that this alone loads a page, and asks for one. */
function readOlder(window) {
  return window.find("#log").evaluate((log) => {
    log.scrollTop = 60;
    log.querySelector("#older").click();
  });
}

function atEnd(window) {
  return window.find("#log").evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight < 2);
}
