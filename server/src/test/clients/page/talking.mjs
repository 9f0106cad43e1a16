import assert from "node:assert/strict";
import { eventually } from "../eventually.mjs";

/** People in rooms, and people among themselves. */
export const talking = {
  async "two windows talk both ways, and a third that comes late sees what was said"({ browser }) {
    const ann = await enterFresh(browser, "ann", "meeting");
    const ben = await (await browser.window({ user: "ben", room: "meeting" })).entered();
    await ann.say("hello ben");
    await ben.reads("hello ben");
    await ben.say("hello ann");
    await ann.reads("hello ben", "hello ann");
    await ann.say("two\nlines");
    const cid = await (await browser.window({ user: "cid", room: "meeting" })).entered();
    await cid.readsOnly("hello ben", "hello ann", "two\nlines");
    await cid.say("what did I miss?");
    for (const window of [ann, ben, cid]) {
      await window.readsOnly("hello ben", "hello ann", "two\nlines", "what did I miss?");
    }
    await ann.hides(".outgoing");
  },

  async "the list of people follows who comes and goes"({ browser }) {
    const ann = await enterFresh(browser, "ann", "hall");
    await ann.shows("#people-toggle", "1 person");
    const ben = await (await browser.window({ user: "ben", room: "hall" })).entered();
    await ann.shows("#people-list li", "ben");
    await ben.shows("#people-list li", "ann");
    await ann.shows("#people-toggle", "2 people");
    await ben.find("#sign-out").click();
    await ben.shows("#entry");
    await ann.hides("#people-list li", "ben");
    await ann.shows("#people-toggle", "1 person");
    await eventually(async () => assert.match((await ann.notes()).join(), /ben\S* left/), "a note that ben left");
  },

  async "unread messages of other rooms are counted, and pointed out on return"({ browser }) {
    const ann = await enterFresh(browser, "ann", "news");
    const ben = await (await browser.window({ user: "ben", room: "news" })).entered();
    await ann.go("#room=default");
    await ann.entered();
    await ben.say("one");
    await ben.say("two");
    await ann.shows('#rooms a[href="#room=news"] .badge', "2");
    await eventually(async () => assert.match(await ann.page.title(), /^\(2\) /), "count in the title");
    await ann.choose("#room=news");
    await ann.readsOnly("one", "two");
    await ann.shows(".row.unread", "New");
    await eventually(async () => assert.doesNotMatch(await ann.page.title(), /^\(/), "no count in the title");
  },

  async "several tabs of one user know of each other"({ browser }) {
    const first = await enterFresh(browser, "twin", "den");
    await first.shows("#me-state", /^Online$/);
    const second = await (await browser.tab(first, "twin", "default")).entered();
    await first.shows("#me-state", "Online · 2 windows");
    await second.shows("#me-state", "Online · 2 windows");
    await second.shows("#elsewhere a", "den");
    await first.shows("#elsewhere a", "default");
    await second.choose("#room=den");
    await second.entered();
    await second.hides("#elsewhere a", "den");
    await second.say("from the second tab");
    await first.reads("from the second tab");
    await first.say("from the first");
    await second.reads("from the second tab", "from the first");
    await second.leave();
    await second.shows("#elsewhere a", "den");
    await first.say("still here");
    await first.reads("from the first", "still here");
    await first.shows("#people-list li", "twin");
    await second.page.close();
    await first.shows("#me-state", /^Online$/);
    await first.hides("#elsewhere");
  },

  async "direct messages arrive, in every tab of both"({ browser }) {
    const ann = await (await browser.window({ user: "dm-ann" })).entered();
    const annToo = await (await browser.tab(ann, "dm-ann")).entered();
    const ben = await (await browser.window({ user: "dm-ben" })).entered();
    await ann.find("#people-list a", "dm-ben").click();
    await ann.arrives("#user=dm-ben");
    await ann.say("only for you");
    await ann.readsOnly("only for you");
    await ben.shows("#directs a .badge", "1");
    await ben.choose("#user=dm-ann");
    await ben.readsOnly("only for you");
    await ben.say("thank you");
    await ann.readsOnly("only for you", "thank you");
    await annToo.choose("#user=dm-ben");
    await annToo.readsOnly("only for you", "thank you");
    await ann.hides(".outgoing");
  },

  async "a window that is in no room yet gets direct messages and answers them"({ browser }) {
    const loner = await browser.window({ address: "?user=loner#user=absent" });
    await loner.online();
    await loner.shows("#beginning", "not stored");
    assert.equal(await loner.find("#rooms li").count(), 0);
    const ann = await (await browser.window({ user: "caller" })).entered();
    await ann.go("#user=loner");
    await ann.say("anybody home?");
    await loner.shows("#directs a .badge", "1");
    await loner.choose("#user=caller");
    await loner.readsOnly("anybody home?");
    await loner.say("just me");
    await ann.readsOnly("anybody home?", "just me");
    assert.equal(await loner.find("#rooms li").count(), 0);
    assert.deepEqual(await loner.command("loner", "listOwnSockets").then(([, sockets]) => roomsOf(sockets)), []);
  },

  async "a direct conversation is open again after the window was loaded again, with its draft"({ browser }) {
    const ann = await (await browser.window({ user: "reload-ann" })).entered();
    const ben = await (await browser.window({ user: "reload-ben" })).entered();
    await ann.go("#user=reload-ben");
    await ann.say("before");
    await ben.shows("#directs a .badge", "1");
    await ben.choose("#user=reload-ann");
    await ben.readsOnly("before");
    await ben.find("#text").fill("half an ans");
    await ben.page.reload();
    await ben.arrives("#user=reload-ann");
    await ben.online();
    await ben.shows("#talk-title", "reload-ann");
    await ben.readsOnly();
    await ben.shows("#beginning", "not stored");
    await eventually(async () => assert.equal(await ben.find("#text").inputValue(), "half an ans"), "the draft");
    await ann.say("still there?");
    await ben.readsOnly("still there?");
    await ben.say("yes");
    await ann.readsOnly("before", "still there?", "yes");
  },

  async "a direct message that cannot be delivered says so, and is not lost"({ browser }) {
    const ann = await (await browser.window({ user: "ann" })).entered();
    const gone = await (await browser.window({ user: "gone" })).entered();
    await ann.shows("#people-list li", "gone");
    await gone.find("#sign-out").click();
    await gone.shows("#entry");
    await ann.hides("#people-list li", "gone");
    await ann.find("#open-direct-name").fill("gone");
    await ann.find("#open-direct-name").press("Enter");
    await ann.arrives("#user=gone");
    await ann.say("are you there?");
    await ann.shows(".outgoing.failed .fate", "Nobody of that name is online");
    assert.equal(await ann.find(".outgoing .text").textContent(), "are you there?");
    const back = await (await browser.window({ user: "gone" })).entered();
    await ann.find(".outgoing button", "Send again").click();
    await ann.readsOnly("are you there?");
    await ann.hides(".outgoing");
    await back.shows("#directs a", "ann");
    await ann.go("#user=ann");
    await ann.say("note to self");
    await ann.shows(".outgoing.failed");
    await ann.find(".outgoing button", "Remove").click();
    await ann.hides(".outgoing");
  },

  async "a system message is shown until it was read"({ browser }) {
    const ann = await (await browser.window({ user: "ann" })).entered();
    await ann.command("ann", "systemMessage", { tea: "ready" });
    await ann.shows(".notice", '"tea": "ready"');
    await ann.find(".notice button", "Dismiss").click();
    await ann.hides(".notice");
  },

  async "everything works by keyboard alone"({ browser }) {
    const window = await browser.window({ address: "" });
    const { keyboard } = window.page;
    await window.shows("#entry-name:focus");
    await keyboard.type("keys");
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await window.entered();
    await window.shows("#text:focus");
    await keyboard.type("typed");
    await keyboard.press("Shift+Enter");
    await keyboard.type("in two lines");
    await keyboard.press("Enter");
    await window.reads("typed\nin two lines");
    await tabTo(window, "#open-room-name", "Shift+Tab");
    await keyboard.type("by keyboard");
    await keyboard.press("Enter");
    await tabTo(window, "#barred-create");
    await keyboard.press("Enter");
    await window.entered();
    await window.shows("#text:focus");
    await keyboard.press("Alt+ArrowUp");
    await window.shows("#talk-title", "default");
    await tabTo(window, '#rooms a[href="#room=by%20keyboard"]', "Shift+Tab");
    await keyboard.press("Enter");
    await window.shows("#talk-title", "by keyboard");
    await tabTo(window, "#people-toggle", "Shift+Tab");
    await keyboard.press("Enter");
    await window.hides("#people");
    await keyboard.press("Enter");
    await window.shows("#people-title:focus");
    await keyboard.press("Escape");
    await window.shows("#people-toggle:focus");
    await tabTo(window, "#log");
    await tabTo(window, "#leave", "Shift+Tab");
    await keyboard.press("Enter");
    await window.hides("#rooms a", "by keyboard");
    await tabTo(window, "#sign-out", "Shift+Tab");
    await keyboard.press("Enter");
    await window.shows("#entry-name:focus");
  },
};

/** A room that only this check uses, with its creator in it. */
export async function enterFresh(browser, user, room, options = {}) {
  const window = await browser.window({ user, room, ...options });
  await window.find("#barred-create").click();
  return window.entered();
}

/** All rooms that any connection of a user is in. */
function roomsOf(sockets) {
  return Object.values(sockets).flat();
}

/** Presses a key until the focus is where it should be, and sees that it can be seen there. */
async function tabTo(window, selector, key = "Tab") {
  const target = window.find(selector);
  await target.waitFor();
  for (let presses = 0; presses < 60; presses++) {
    const { there, outlined } = await target.evaluate((node) => ({
      there: node === document.activeElement,
      outlined: getComputedStyle(node).outlineStyle !== "none",
    }));
    if (there) {
      assert.ok(outlined, `focus on ${selector} can be seen`);
      return;
    }
    await window.page.keyboard.press(key);
  }
  assert.fail(`${selector} cannot be reached with ${key}`);
}
