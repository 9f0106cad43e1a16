import assert from "node:assert/strict";
import { overProxy } from "../proxy.mjs";
import { eventually } from "../eventually.mjs";
import { enterFresh } from "./talking.mjs";

const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

/** Windows that are cut off, or hear slowly: nothing is lost, and nothing comes twice. */
export const resuming = {
  async "however often a window is cut off while all talk, everybody has every message once and in order"({
    browser,
    open,
  }) {
    await overProxy(open, async (proxy) => {
      const ben = await enterFresh(browser, "ben", "storm");
      const ann = await behind(browser, proxy, "storm");
      const said = { ann: [], ben: [] };
      const say = async (text) => {
        said.ann.push(text);
        await ann.say(text);
      };
      for (const round of numbers(1, 4)) {
        const theirs = numbers(1, 30).map((number) => `ben ${round}.${number}`);
        said.ben.push(...theirs);
        const talk = ben.flood("ben", "storm", theirs);
        if (round % 2 === 0) {
          proxy.deafen();
          await say(`ann ${round}, and the answer is lost`);
          await ben.shows(".message .text", `ann ${round}, and the answer is lost`);
        }
        await say(`ann ${round}, just before the cut`);
        proxy.cut();
        await ann.shows("#link-text", "No connection");
        await say(`ann ${round}, while cut off`);
        await talk;
        proxy.mend();
        await say(`ann ${round}, while coming back`);
        await ann.entered();
      }
      await eventually(async () => {
        const texts = await ben.texts();
        assert.deepEqual(texts.toSorted(), [...said.ann, ...said.ben].toSorted());
        assert.deepEqual(texts.filter((text) => text.startsWith("ann")), said.ann);
      }, "everything is said once");
      await ann.readsOnly(...(await ben.texts()));
      await ann.hides(".outgoing");
    });
  },

  async "what was written around a restart of the server is said once in the new log"({ browser, open, ask }) {
    await overProxy(open, async (proxy) => {
      const ben = await (await browser.window({ user: "ben" })).entered();
      const ann = await behind(browser, proxy, "default");
      await ben.say("in the old log");
      await ann.reads("in the old log");
      proxy.deafen();
      await ann.say("never answered");
      await ben.reads("in the old log", "never answered");
      ben.lossExpected = true;
      proxy.cut();
      await ann.shows(".outgoing.checking");
      await ann.say("written meanwhile");
      await ask("RESTART");
      await ben.readsOnly();
      await ben.entered();
      await ben.say("in the new log");
      await ben.readsOnly("in the new log");
      proxy.mend();
      for (const window of [ann, ben]) {
        await window.readsOnly("in the new log", "never answered", "written meanwhile");
        await window.hides(".outgoing");
        await eventually(async () => assert.match((await window.notes()).join(), /created anew/), "a note");
      }
      await ann.shootLightAndDark("resumed after a restart");
    });
  },

  async "where the server has not kept all that was missed, the window says how much is missing"({ browser, short }) {
    await overProxy(short, async (proxy) => {
      const ben = await enterFresh(browser, "ben", "short", { at: short });
      const ann = await behind(browser, proxy, "short");
      await ben.flood("ben", "short", numbers(1, 5));
      await ann.readsOnly(...numbers(1, 5));
      proxy.cut();
      await ann.shows("#link-text", "No connection");
      await ben.flood("ben", "short", numbers(6, 60));
      proxy.mend();
      await ann.readsOnly(...numbers(1, 5), ...numbers(41, 60));
      await ann.shows(".row.gap", "35 messages that stood here are not kept any more");
      await ann.find(".row.gap").scrollIntoViewIfNeeded();
      await ann.shootLightAndDark("resumed with a gap");
    });
  },

  async "who was reading further up when the connection broke still is when it is back, and finds the rest below"({
    browser,
    open,
  }) {
    await overProxy(open, async (proxy) => {
      const ben = await enterFresh(browser, "ben", "stairs");
      await ben.flood("ben", "stairs", numbers(1, 90));
      const ann = await behind(browser, proxy, "stairs");
      await ann.readsOnly(...numbers(1, 90));
      await ann.find("#log").evaluate((log) => (log.scrollTop = log.scrollHeight / 2));
      await ann.shows("#latest[data-shown]");
      const place = () => ann.find("#log").evaluate((log) => log.scrollTop);
      const before = await place();
      proxy.cut();
      await ann.shows("#link-text", "No connection");
      await ben.flood("ben", "stairs", numbers(91, 95));
      proxy.mend();
      await ann.shows("#latest", "5 new messages");
      assert.equal(await place(), before);
      await ann.find("#latest").click();
      await ann.readsOnly(...numbers(1, 95));
    });
  },

  async "a window on a slow line falls behind, and catches up with every message once and in order"({
    browser,
    open,
    ask,
  }) {
    await overProxy(open, async (proxy) => {
      const ben = await enterFresh(browser, "ben", "crawl");
      const ann = await behind(browser, proxy, "crawl");
      await ben.say("0");
      await ann.readsOnly("0");
      await ask("RECORD");
      proxy.crawl(20_000);
      const long = numbers(1, 480).map((number) => `${number} ${"so much to say ".repeat(400)}`);
      await ben.flood("ben", "crawl", long);
      await eventually(async () => assert.deepEqual(await firstWords(ben), numbers(0, 480)), "the others have it all");
      await ask("EXPECT fellBehind");
      const meanwhile = await firstWords(ann);
      assert.ok(meanwhile.length < 480, `has ${meanwhile.length} messages already`);
      assert.deepEqual(meanwhile, numbers(0, meanwhile.length - 1));
      await ann.shootLightAndDark("slow line behind");
      await ann.say("481 from the slow line");
      await eventually(async () => assert.deepEqual(await firstWords(ben), numbers(0, 481)), "it is heard");
      await ask("RECORD");
      proxy.mend();
      await eventually(async () => assert.deepEqual(await firstWords(ann), numbers(0, 481)), "caught up");
      await ask("EXPECT caughtUp");
      await ann.hides(".outgoing");
      await ann.shootLightAndDark("slow line caught up");
    });
  },
};

/** A window whose connection goes through a proxy. */
async function behind(browser, proxy, room) {
  const window = await browser.window({ at: proxy.url, user: "ann", room, lossExpected: true });
  return window.entered();
}

async function firstWords(window) {
  return (await window.texts()).map((text) => text.split(" ")[0]);
}
