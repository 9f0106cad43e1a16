import assert from "node:assert/strict";
import { eventually } from "../eventually.mjs";
import { enterFresh } from "./talking.mjs";

/** Coming in, being kept out, and being thrown out. */
export const rooms = {
  async "a name the server rejects is explained at the door"({ browser }) {
    const window = await browser.window({ address: "?user=a:b#room=default" });
    await window.shows("#entry-problem", "cannot be used");
    await window.find("#entry-name").fill("anybody");
    await window.find("#entry-go").click();
    await window.entered();
    await window.shows("#me-name", "anybody");
  },

  async "a room that does not exist can be created where the server allows it"({ browser }) {
    const ann = await browser.window({ user: "ann", room: "new room/1" });
    await ann.shows("#barred-text", "There is no room");
    await ann.find("#barred-create").click();
    await ann.entered();
    await ann.shows("#people-list .role", "you, owner");
    await ann.say("first");
    await ann.readsOnly("first");
  },

  async "where the server does not allow it, that is said clearly"({ browser, plain }) {
    const ann = await browser.window({ at: plain, user: "ann", room: "nowhere" });
    await ann.shows("#barred-text", "There is no room");
    await ann.find("#barred-create").click();
    await ann.shows("#barred-text", "does not let you create rooms");
    await ann.hides("#barred-create");
    await ann.leave();
    await ann.go("#room=default");
    await ann.entered();
    await ann.say("errors as objects are understood too");
    await ann.reads("errors as objects are understood too");
  },

  async "losing access to a room is told, and so are changes of its lists and mode"({ browser }) {
    const ann = await enterFresh(browser, "ann", "club");
    const ben = await (await browser.window({ user: "ben", room: "club" })).entered();
    await ben.say("nice place");
    await ann.reads("nice place");
    await ben.find("#text").fill("half a sent");
    await ann.commands("ann", [
      ["roomAddToList", "club", "whitelist", ["ann"]],
      ["roomSetWhitelistMode", "club", true],
    ]);
    await ben.shows("#barred-text", "not in this room any more");
    await ben.hides("#composer");
    await ann.shows("#talk-about", "Open to people on its whitelist");
    await eventually(async () => assert.match((await ann.notes()).join(), /whitelist.*only people on the/s), "notes");
    await ben.find("#barred-again").click();
    await ben.shows("#barred-text", "not allowed to enter");
    await ann.command("ann", "roomAddToList", "club", "whitelist", ["ben"]);
    await ben.find("#barred-again").click();
    await ben.entered();
    assert.equal(await ben.find("#text").inputValue(), "half a sent");
    await ben.reads("nice place");
    await ann.command("ann", "roomDelete", "club");
    for (const window of [ann, ben]) {
      await window.shows("#barred-text", "it was deleted");
    }
    await ann.find("#barred-again").click();
    await ann.shows("#barred-text", "There is no room");
  },

  async "a room created anew is noticed, and its new log replaces the former"({ browser }) {
    const ann = await enterFresh(browser, "ann", "phoenix");
    await ann.say("old 1");
    await ann.say("old 2");
    await ann.readsOnly("old 1", "old 2");
    await ann.commands("ann", [
      ["roomDelete", "phoenix"],
      ["roomCreate", "phoenix", false],
      ["roomJoin", "phoenix"],
      ["roomMessage", "phoenix", { textMessage: "new 1" }],
      ["roomMessage", "phoenix", { textMessage: "new 2" }],
      ["roomMessage", "phoenix", { textMessage: "new 3" }],
    ]);
    await ann.find("#barred-again").click();
    await ann.entered();
    await ann.readsOnly("new 1", "new 2", "new 3");
    await eventually(async () => assert.match((await ann.notes()).join(), /created anew/), "a note");
  },

  async "a window that is loaded again comes back to what it had open"({ browser }) {
    const ann = await enterFresh(browser, "ann", "home");
    await ann.say("before");
    await ann.go("#room=default");
    await ann.entered();
    await ann.find("#text").fill("a draft");
    await ann.go("#room=home");
    await ann.entered();
    await ann.page.goto(ann.at);
    await ann.online();
    await ann.choose("#room=home");
    await ann.entered();
    await ann.readsOnly("before");
    await ann.choose("#room=default");
    await ann.entered();
    assert.equal(await ann.find("#text").inputValue(), "a draft");
    await ann.find("#sign-out").click();
    await ann.page.reload();
    await ann.shows("#entry-name");
  },
};
