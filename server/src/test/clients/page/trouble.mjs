import assert from "node:assert/strict";
import { eventually } from "../eventually.mjs";
import { overProxy } from "../proxy.mjs";
import { enterFresh } from "./talking.mjs";

/** Connections that break, and a server that goes away and comes back. */
export const trouble = {
  async "a window that was cut off catches up with all it missed, and sends what it was given meanwhile"({
    browser,
    open,
  }) {
    await overProxy(open, async (proxy) => {
      const ben = await enterFresh(browser, "ben", "tunnel");
      const ann = await (await browser.window({ at: proxy.url, user: "ann", room: "tunnel" })).entered();
      await ann.say("before");
      await ben.reads("before");
      ann.lossExpected = true;
      proxy.cut();
      await ann.shows("#link-text", "No connection");
      await ann.say("written offline");
      await ann.shows(".outgoing.waiting .fate", "Waits for the connection");
      await ann.find("#text").fill("unfinished");
      await eventually(async () => assert.equal(await opacity(ann, "#link-status"), "1"), "the notice is in full view");
      await ann.shootLightAndDark("offline");
      for (const text of ["missed 1", "missed 2", "missed 3"]) {
        await ben.say(text);
      }
      await ben.reads("missed 1", "missed 2", "missed 3");
      await ann.find("#retry").click();
      await ann.shows("#link-text", "No connection");
      proxy.mend();
      await ann.online();
      const all = ["before", "missed 1", "missed 2", "missed 3", "written offline"];
      await ann.readsOnly(...all);
      await ben.readsOnly(...all);
      await ann.hides(".outgoing");
      await ann.hides("#link-text", "No connection");
      assert.equal(await ann.find("#text").inputValue(), "unfinished");
      await ben.say("after");
      await ann.readsOnly(...all, "after");
    });
  },

  async "a message that arrived although its answer was lost is not shown or sent twice"({ browser, open }) {
    await overProxy(open, async (proxy) => {
      const ben = await enterFresh(browser, "ben", "echo");
      const ann = await (await browser.window({ at: proxy.url, user: "ann", room: "echo" })).entered();
      proxy.deafen();
      await ann.say("did this arrive?");
      await ben.readsOnly("did this arrive?");
      await ann.shows(".outgoing.sending");
      ann.lossExpected = true;
      proxy.cut();
      await ann.shows(".outgoing.checking");
      proxy.mend();
      await ann.readsOnly("did this arrive?");
      await ann.hides(".outgoing");
      await ben.readsOnly("did this arrive?");
    });
  },

  async "a window that missed more than it holds opens anew at the end, without a hole"({ browser, open }) {
    const broughtByTheJoin = 650;
    const moreThanAJoinBrings = 1_100;
    for (const missed of [broughtByTheJoin, moreThanAJoinBrings]) {
      await overProxy(open, async (proxy) => {
        const room = `holiday ${missed}`;
        const ben = await enterFresh(browser, "ben", room);
        const ann = await (await browser.window({ at: proxy.url, user: "ann", room })).entered();
        await ben.say("0");
        await ann.reads("0");
        ann.lossExpected = true;
        proxy.cut();
        await ann.shows("#link-text", "No connection");
        const texts = Array.from({ length: missed }, (_, index) => String(index + 1));
        await ben.flood("ben", room, texts);
        proxy.mend();
        await ann.reads(...texts.slice(-100));
        const shown = await ann.texts();
        assert.deepEqual(shown, texts.slice(-shown.length));
        await ann.shows("#older");
      });
    }
  },

  async "a connection that the server ended stays ended until a person wants it back"({ browser, ask }) {
    const ann = await enterFresh(browser, "outcast", "yard");
    await ann.say("before");
    await ann.readsOnly("before");
    await ask("DISCONNECT outcast");
    await ann.shows("#link-text", "The server ended this connection.");
    await ann.say("kept meanwhile");
    await ann.shows(".outgoing.waiting");
    await ann.find("#retry").click();
    await ann.entered();
    await ann.readsOnly("before", "kept meanwhile");
  },

  async "where WebSockets do not get through, long-polling serves"({ browser, open }) {
    await overProxy(open, async (proxy) => {
      proxy.refuseWebSockets();
      const ben = await enterFresh(browser, "ben", "old office");
      const ann = await browser.window({ at: proxy.url, user: "ann", room: "old office", lossExpected: true });
      await ann.entered();
      await ann.say("over polling");
      await ben.readsOnly("over polling");
      await ben.say("heard");
      await ann.readsOnly("over polling", "heard");
    });
  },

  async "after a restart of the server on the same port all windows come back by themselves and talk again"({
    browser,
    ask,
  }) {
    const windows = [];
    for (const user of ["ann", "ben", "cid"]) {
      windows.push(await (await browser.window({ user })).entered());
    }
    const [ann, ben, cid] = windows;
    await ann.say("before the restart");
    for (const window of windows) {
      await window.reads("before the restart");
      window.lossExpected = true;
    }
    await cid.find("#text").fill("still being written");
    await ask("RESTART");
    for (const window of windows) {
      await window.readsOnly();
      await window.online();
      await window.shows("#people-toggle", "3 people");
      await eventually(async () => assert.match((await window.notes()).join(), /created anew/), "a note");
    }
    await ann.say("after the restart");
    for (const window of windows) {
      await window.readsOnly("after the restart");
    }
    await ben.say("we are all back");
    await cid.find("#text").press("Enter");
    for (const window of windows) {
      await eventually(
        async () =>
          assert.deepEqual((await window.texts()).sort(), [
            "after the restart",
            "still being written",
            "we are all back",
          ]),
        "all messages",
      );
    }
    await ann.shoot("after a restart");
  },
};

function opacity(window, selector) {
  return window.find(selector).evaluate((node) => getComputedStyle(node).opacity);
}
