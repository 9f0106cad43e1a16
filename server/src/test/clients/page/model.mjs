import assert from "node:assert/strict";

/** The parts of the page that have no screen, each in the browser that will run it. */
export const model = {
  async "a log window shows each message once, in order, whatever comes in which order"({ browser }) {
    const shown = await inPage(browser, async () => {
      const { RoomLog } = await import("/log.js");
      const said = (id) => ({ id, timestamp: id });
      const log = new RoomLog();
      log.receive(said(8), true);
      log.receive(said(7), true);
      log.append([said(6), said(5)], true);
      log.receive(said(8), true);
      log.receive(said(10), true);
      const behind = log.behind;
      log.append([said(9), said(8)], true);
      return { behind, ids: log.messages.map(({ id }) => id), live: !log.behind };
    });
    assert.deepEqual(shown, { behind: true, ids: [5, 6, 7, 8, 9, 10], live: true });
  },

  async "a gap that no history fills is skipped, and what was heard behind it is kept"({ browser }) {
    const shown = await inPage(browser, async () => {
      const { RoomLog } = await import("/log.js");
      const log = new RoomLog();
      log.append([{ id: 1 }], true);
      log.receive({ id: 5 }, true);
      log.receive({ id: 6 }, true);
      log.skipGap();
      return { ids: log.messages.map(({ id }) => id), behind: log.behind };
    });
    assert.deepEqual(shown, { ids: [1, 5, 6], behind: false });
  },

  async "a log window stays within its limit at both ends"({ browser }) {
    const shown = await inPage(browser, async () => {
      const { RoomLog, WINDOW } = await import("/log.js");
      const page = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => ({ id: from + index }));
      const log = new RoomLog();
      log.append(page(1_001, 1_000 + 2 * WINDOW), true);
      const trimmed = [log.messages.length, log.first, log.last];
      log.prepend(page(901, 1_000 + WINDOW));
      const scrolled = [log.messages.length, log.first, log.last, log.behind];
      log.receive({ id: log.head + 1 }, false);
      return { WINDOW, trimmed, scrolled, still: log.last };
    });
    const { WINDOW } = shown;
    assert.deepEqual(shown.trimmed, [WINDOW, 1_001 + WINDOW, 1_000 + 2 * WINDOW]);
    assert.deepEqual(shown.scrolled, [WINDOW, 901, 900 + WINDOW, true]);
    assert.equal(shown.still, 900 + WINDOW);
  },

  async "a reader of a log without the block directly after an id still arrives at its end"({ browser }) {
    const shown = await inPage(browser, async () => {
      const { Reader } = await import("/reader.js");
      const { Room } = await import("/conversation.js");
      const { Signal } = await import("/signal.js");
      const kept = [50, 49, 48].map((id) => ({ id, timestamp: id, author: "ben", textMessage: String(id) }));
      const answers = {
        roomRecentHistory: () => kept,
        roomHistoryGet: (after, limit) => kept.filter(({ id }) => id > after && id <= after + limit && limit < 40),
      };
      const room = new Room("r", () => "ann");
      room.log.append([{ id: 4, timestamp: 4 }], true);
      room.begun = true;
      room.state = "open";
      room.log.reaches(50);
      const connection = { request: async (command, name, ...args) => answers[command](...args) };
      await new Reader(connection, new Signal()).takeUp(room);
      return room.log.messages.map(({ id }) => id);
    });
    assert.deepEqual(shown, [4, 48, 49, 50]);
  },

  async "what was not answered is sent again in its order while the server remembers its key, and not later"({ browser }) {
    const shown = await inPage(browser, async () => {
      const { Outbox } = await import("/outbox.js");
      const cut = (later) => {
        const outbox = new Outbox({ remembered: 10_000, perUser: 100 });
        outbox.add("arrived");
        outbox.add("unknown");
        outbox.next().forEach((entry) => outbox.handOver(entry, 0));
        outbox.interrupt();
        outbox.add("fresh");
        outbox.claim({ id: 1, textMessage: "arrived" });
        outbox.entries.forEach((entry) => (entry.tried -= later));
        const next = outbox.next().map(({ text }) => text);
        outbox.giveUpChecking();
        return { next, left: outbox.entries.map(({ text, state }) => [text, state]) };
      };
      return { soon: cut(0).next, late: cut(6_000) };
    });
    assert.deepEqual(shown.soon, ["arrived", "unknown", "fresh"]);
    assert.deepEqual(shown.late, {
      next: ["fresh"],
      left: [
        ["unknown", "failed"],
        ["fresh", "waiting"],
      ],
    });
  },

  async "no more is under way than the server remembers keys for, several windows counted"({ browser }) {
    const shown = await inPage(browser, async () => {
      const { Outbox } = await import("/outbox.js");
      return [100, 8, 0].map((perUser) => {
        const outbox = new Outbox({ remembered: 10_000, perUser });
        Array.from({ length: 30 }, (_, index) => outbox.add(String(index)));
        outbox.next().forEach((entry) => outbox.handOver(entry, 0));
        const underWay = outbox.inState("sending").length;
        outbox.accept(outbox.entries[0], 1, 1);
        const then = outbox.next().map(({ text }) => text);
        outbox.interrupt();
        return { underWay, then, again: outbox.next()[0].text };
      });
    });
    assert.deepEqual(shown, [
      { underWay: 16, then: ["16"], again: "1" },
      { underWay: 2, then: ["2"], again: "1" },
      { underWay: 16, then: ["16"], again: "16" },
    ]);
  },

  async "who came and went while the list of people was on its way is not forgotten"({ browser }) {
    const shown = await inPage(browser, async () => {
      const { Room } = await import("/conversation.js");
      const room = new Room("r", () => "ann");
      room.callRoll();
      room.personLeft("ben");
      room.personJoined("cid");
      room.rollCalled(["ann", "ben"]);
      return [...room.people];
    });
    assert.deepEqual(shown, ["ann", "cid"]);
  },

  async "errors read alike in both forms"({ browser }) {
    const shown = await inPage(browser, async () => {
      const { refusalFrom } = await import("/errors.js");
      const read = (raw) => {
        const { code, message } = refusalFrom(raw);
        return [code, message];
      };
      return {
        pairs: [
          ["ChatServiceError: No such room r", { name: "ChatServiceError", code: "noRoom", args: ["r"] }],
          ["ChatServiceError: Action is not allowed", { name: "ChatServiceError", code: "notAllowed", args: [] }],
          ["ChatServiceError: No such user online u", { name: "ChatServiceError", code: "noUserOnline", args: ["u"] }],
          ["ChatServiceError: Room r already exists", { name: "ChatServiceError", code: "roomExists", args: ["r"] }],
        ].map((pair) => pair.map(read)),
        hook: read("Error: no coffee"),
        own: read({ name: "ChatServiceError", code: "tooLoud", args: ["!"] }),
        strange: read({ a: 1 }),
      };
    });
    for (const [text, object] of shown.pairs) {
      assert.deepEqual(text, object);
      assert.notEqual(text[0], "other");
    }
    assert.deepEqual(shown.hook, ["other", "Error: no coffee"]);
    assert.deepEqual(shown.own, ["tooLoud", 'tooLoud ("!")']);
    assert.deepEqual(shown.strange, ["other", '{"a":1}']);
  },
};

async function inPage(browser, work) {
  const window = await browser.window({ address: "" });
  return window.page.evaluate(work);
}
