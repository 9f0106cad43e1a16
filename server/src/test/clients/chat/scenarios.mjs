import assert from "node:assert/strict";
import { VERSIONS } from "./client.mjs";

const DEEP = () => ({ list: [{ deep: { bytes: Buffer.from([4, 5, 6]) } }, Buffer.from([7])], text: "with it", n: 1.5 });

/**
 * What each client has to be able to do, whatever way it comes. `come` connects one more client as a user, `room` makes
 * a room that nobody else uses.
 */
export const scenarios = {
  async "logs in by query"({ come, name, version }) {
    for (const key of ["user", "userName"]) {
      const user = name("ann");
      const ann = await come({ query: { [key]: user } }).confirmed();
      assert.equal(ann.user, user);
      assert.match(ann.id, version === "2.5.0" ? /^\/chat-service#.+/ : /.+/);
    }
  },

  async "logs in by what it sends on connecting"({ come, name, version }) {
    if (version === "4.8.4" || version === "3.1.3") {
      const ann = await come({ auth: { user: name("ann") } }).confirmed();
      assert.match(ann.user, /^ann/);
    }
  },

  async "is refused without a name and with a bad one"({ come }) {
    const nobody = come({});
    assert.deepEqual(await nobody.hears("loginRejected"), ["ChatServiceError: No login provided"]);
    await nobody.hears("disconnect");
    const bad = come({ query: { user: "a:b" } });
    assert.deepEqual(await bad.hears("loginRejected"), [
      "ChatServiceError: String a:b contains invalid characters",
    ]);
  },

  async "joins, talks and is answered, with clients of every version in one room"({ come, name, room, way }) {
    const lobby = await room();
    const crowd = [];
    for (const version of VERSIONS) {
      const member = await come({ version, query: { user: name(version) } }).confirmed();
      assert.equal(await member.does("roomJoin", lobby), 1);
      crowd.push(member);
    }
    assert.deepEqual(await crowd[0].hears("roomUserJoined"), [lobby, crowd[0].user]);
    assert.deepEqual(await crowd[0].hears("roomUserJoined"), [lobby, crowd[1].user]);
    for (const [index, speaker] of crowd.entries()) {
      const textMessage = `from ${speaker.version} by ${way}`;
      assert.equal(await speaker.does("roomMessage", lobby, { textMessage }), index + 1);
      for (const listener of crowd) {
        const [where, message] = await listener.hears("roomMessage");
        assert.equal(where, lobby);
        assert.equal(typeof message.timestamp, "number");
        assert.deepEqual(message, {
          textMessage,
          author: speaker.user,
          timestamp: message.timestamp,
          id: index + 1,
        });
      }
    }
  },

  async "reads history, all of it and from a message on"({ come, name, room }) {
    const archive = await room();
    const ann = await come({ query: { user: name("ann") } }).confirmed();
    await ann.does("roomJoin", archive);
    for (const textMessage of ["one", "two", "three"]) {
      await ann.does("roomMessage", archive, { textMessage });
    }
    const texts = (messages) => messages.map((message) => message.textMessage);
    assert.deepEqual(texts(await ann.does("roomRecentHistory", archive)), ["three", "two", "one"]);
    assert.deepEqual(texts(await ann.does("roomHistoryGet", archive, 1, 10)), ["three", "two"]);
    const info = await ann.does("roomHistoryInfo", archive);
    assert.equal(info.lastMessageId, 3);
    assert.equal(info.historySize, 3);
  },

  async "publishes once under a key, however often and wherever it is sent"({ come, name, room }) {
    const lobby = await room();
    const user = name("ann");
    const [one, two, ben] = [{ user }, { user }, { user: name("ben") }].map((query) => come({ query }));
    for (const client of [one, two, ben]) {
      await client.confirmed();
      await client.does("roomJoin", lobby);
    }
    const say = (client, textMessage, key) => client.does("roomMessage", lobby, { textMessage }, { key });
    const longest = "k".repeat(64);
    assert.equal(await say(one, "once", longest), 1);
    assert.equal(await say(one, "and again", longest), 1);
    assert.equal(await say(two, "elsewhere", longest), 1);
    assert.deepEqual(await Promise.all([say(one, "at once", "b"), say(two, "at once", "b")]), [2, 2]);
    assert.equal(await say(ben, "another user's", longest), 3);
    for (const client of [one, two, ben]) {
      const heard = [];
      for (let i = 0; i < 3; i++) {
        heard.push((await client.hears("roomMessage"))[1].textMessage);
      }
      assert.deepEqual(heard, ["once", "at once", "another user's"]);
    }
    assert.equal(await one.does("roomMessage", lobby, { textMessage: "last" }, { key: "c", more: "is no key" }), 4);
    assert.equal((await one.hears("roomMessage"))[1].id, 4);
    assert.equal(one.unheard("roomMessage"), 0);
    assert.equal((await one.does("roomRecentHistory", lobby)).length, 4);
  },

  async "is told of keys that are none, and publishes nothing"({ come, name, room, object }) {
    const [lobby, vault] = [await room(), await room(object)];
    const ann = await come({ query: { user: name("ann") } }).confirmed();
    const ben = await come({ at: object, query: { user: name("ben") } }).confirmed();
    await ann.does("roomJoin", lobby);
    await ben.does("roomJoin", vault);
    for (const key of ["", "k".repeat(65), 7, null, true, ["k"], { k: "k" }]) {
      const complaint = await ann.fails("roomMessage", lobby, { textMessage: "no" }, { key });
      assert.ok(complaint.startsWith("ChatServiceError: Bad argument at position 2, value "), complaint);
      assert.deepEqual(await ben.fails("roomMessage", vault, { textMessage: "no" }, { key }), {
        name: "ChatServiceError",
        code: "badArgument",
        args: [2, { key }],
      });
    }
    assert.deepEqual(await ann.does("roomRecentHistory", lobby), []);
    assert.deepEqual(await ben.does("roomRecentHistory", vault), []);
  },

  async "comes back with its position to all it missed, in order and before the answer"({ come, name, room }) {
    const lobby = await room();
    const ann = await come({ query: { user: name("ann") } }).confirmed();
    const ben = await come({ query: { user: name("ben") } }).confirmed();
    await ben.does("roomJoin", lobby);
    await ben.does("roomMessage", lobby, { textMessage: "before" });
    const [, first] = await ann.results("roomJoin", lobby, { since: null });
    assert.deepEqual(first, { ...first, firstMessageId: 1, lastMessageId: 1, missed: 0 });
    ann.socket.disconnect();
    await ann.hears("disconnect");
    assert.deepEqual(await ben.hears("roomUserLeft"), [lobby, ann.user]);
    for (const textMessage of ["2", "3", "4", "5"]) {
      await ben.does("roomMessage", lobby, { textMessage });
    }
    ann.socket.connect();
    await ann.confirmed();
    const since = { epoch: first.epoch, id: first.lastMessageId };
    const [count, log] = await ann.results("roomJoin", lobby, { since });
    assert.equal(count, 1);
    assert.deepEqual(log, { epoch: since.epoch, firstMessageId: 1, lastMessageId: 5, recovered: true, missed: 4 });
    assert.equal(ann.unheard("roomMessage"), 4);
    for (const id of [2, 3, 4, 5]) {
      const [, message] = await ann.hears("roomMessage");
      assert.deepEqual([message.id, message.textMessage], [id, String(id)]);
    }
    const complaint = await ann.fails("roomJoin", lobby, { since: "yesterday" });
    assert.ok(complaint.startsWith("ChatServiceError: Bad argument at position 1, value "), complaint);
  },

  async "takes and gives direct messages"({ come, name }) {
    const ann = await come({ query: { user: name("ann") } }).confirmed();
    const ben = await come({ query: { user: name("ben") } }).confirmed();
    const other = await come({ query: { user: ann.user } }).confirmed();
    const answer = await ann.does("directMessage", ben.user, { textMessage: "psst" });
    assert.equal(answer.author, ann.user);
    const [message] = await ben.hears("directMessage");
    assert.deepEqual(message, answer);
    assert.deepEqual(await other.hears("directMessageEcho"), [ben.user, message]);
  },

  async "gets bytes back equal, at any depth, live and from history"({ come, name, room, object }) {
    const vault = await room(object);
    const ann = await come({ at: object, query: { user: name("ann") } }).confirmed();
    const ben = await come({ at: object, query: { user: name("ben") } }).confirmed();
    await ann.does("roomJoin", vault);
    await ben.does("roomJoin", vault);
    await ann.does("roomMessage", vault, DEEP());
    const [, live] = await ben.hears("roomMessage");
    const [stored] = await ben.does("roomRecentHistory", vault);
    for (const { author, timestamp, id, ...body } of [live, stored]) {
      assert.deepEqual(body, DEEP());
      assert.equal(author, ann.user);
      assert.equal(id, 1);
      assert.equal(typeof timestamp, "number");
    }
    await ann.does("directMessage", ben.user, DEEP());
    const [direct] = await ben.hears("directMessage");
    assert.deepEqual(direct.list, DEEP().list);
  },

  async "writes in every script"({ come, name, room }) {
    const textMessage = 'עברית 漢字 🎈👩‍👩‍👧 e\u0301 \u0000\u001f\u2028\u2029 "\\/ \ufeff';
    const agora = await room(undefined, "Ἀγορά / 🏛️ #?&");
    const ann = await come({ query: { user: name("Ångström 🐝 &=+%") } }).confirmed();
    assert.match(ann.user, /^Ångström 🐝 &=\+%/);
    await ann.does("roomJoin", agora);
    await ann.does("roomMessage", agora, { textMessage });
    const [where, message] = await ann.hears("roomMessage");
    assert.equal(where, agora);
    assert.equal(message.textMessage, textMessage);
    assert.equal(message.author, ann.user);
    assert.equal((await ann.does("roomRecentHistory", agora))[0].textMessage, textMessage);
  },

  async "sends and gets long messages"({ come, name, room }) {
    const hall = await room();
    const ann = await come({ query: { user: name("ann") } }).confirmed();
    await ann.does("roomJoin", hall);
    const textMessage = "long ".repeat(20_000);
    await ann.does("roomMessage", hall, { textMessage });
    assert.equal((await ann.hears("roomMessage"))[1].textMessage, textMessage);
  },

  async "sends and gets long messages compressed where the server does so"({ come, name, room, object, way }) {
    const vault = await room(object);
    const ann = await come({ at: object, query: { user: name("ann") } }).confirmed();
    const plain = await come({ at: object, query: { user: name("ben") }, perMessageDeflate: false }).confirmed();
    assert.equal(ann.isCompressed, way !== "polling");
    assert.equal(plain.isCompressed, false);
    await ann.does("roomJoin", vault);
    await plain.does("roomJoin", vault);
    const message = { text: "long ".repeat(4000), bytes: Buffer.alloc(5000, 7) };
    for (const speaker of [ann, plain]) {
      await speaker.does("roomMessage", vault, message);
      for (const listener of [ann, plain]) {
        const [, { text, bytes }] = await listener.hears("roomMessage");
        assert.equal(text, message.text);
        assert.deepEqual(Buffer.from(bytes), message.bytes);
      }
    }
    assert.equal((await ann.does("roomRecentHistory", vault)).length, 2);
  },

  async "hears of errors in both formats"({ come, name, object }) {
    const ann = await come({ query: { user: name("ann") } }).confirmed();
    assert.equal(await ann.fails("roomJoin", "nowhere"), "ChatServiceError: No such room nowhere");
    assert.equal(await ann.fails("roomJoin"), "ChatServiceError: Expected 1 arguments, got 0");
    assert.equal(await ann.fails("roomJoin", 7), "ChatServiceError: Bad argument at position 0, value 7");
    assert.equal(await ann.fails("noSuchThing"), "ChatServiceError: No such command noSuchThing");
    const ben = await come({ at: object, query: { user: name("ben") } }).confirmed();
    assert.deepEqual(await ben.fails("roomJoin", "nowhere"), {
      name: "ChatServiceError",
      code: "noRoom",
      args: ["nowhere"],
    });
  },

  async "hears what its user does elsewhere"({ come, name, room }) {
    const lobby = await room();
    const user = name("ann");
    const one = await come({ query: { user } }).confirmed();
    const two = await come({ query: { user } }).confirmed();
    assert.deepEqual(await one.hears("socketConnectEcho"), [two.id, 2]);
    assert.equal(await one.does("roomJoin", lobby), 1);
    assert.deepEqual(await two.hears("roomJoinedEcho"), [lobby, one.id, 1]);
    assert.equal(await two.does("roomJoin", lobby), 2);
    assert.deepEqual(await one.hears("roomJoinedEcho"), [lobby, two.id, 2]);
    assert.deepEqual(await one.does("listOwnSockets"), { [one.id]: [lobby], [two.id]: [lobby] });
    assert.equal(await two.does("roomLeave", lobby), 1);
    assert.deepEqual(await one.hears("roomLeftEcho"), [lobby, two.id, 1]);
    await two.does("systemMessage", { to: "myself" });
    assert.deepEqual(await one.hears("systemMessage"), [{ to: "myself" }]);
    two.leave();
    assert.deepEqual(await one.hears("socketDisconnectEcho"), [two.id, 1]);
  },

  async "comes back by itself when the server was restarted"({ come, name, restart }) {
    const ann = await come({ query: { user: name("ann") } }).confirmed();
    const before = ann.id;
    await ann.does("roomJoin", "default");
    await restart();
    await ann.hears("disconnect");
    await ann.confirmed();
    assert.notEqual(ann.id, before);
    assert.equal(await ann.does("roomJoin", "default"), 1);
    assert.equal(await ann.does("roomMessage", "default", { textMessage: "again" }), 1);
  },

  async "stays away when the server has disconnected its user"({ come, name, disconnect }) {
    const ann = await come({ query: { user: name("ann") } }).confirmed();
    const ben = await come({ query: { user: name("ben") } }).confirmed();
    await disconnect(ann.user);
    assert.equal((await ann.hears("disconnect"))[0], "io server disconnect");
    for (let i = 0; i < 50; i++) {
      await ben.does("directGetWhitelistMode");
    }
    assert.equal(ann.unheard("connect"), 1, "connected once, and not again");
    assert.equal(ann.socket.connected, false);
    assert.match(await ben.fails("directMessage", ann.user, { textMessage: "there?" }), /No such user/);
  },

  async "is told of a namespace that does not exist"({ come, name, version }) {
    const lost = come({ namespace: "/elsewhere", query: { user: name("ann") } });
    const [complaint] = await lost.hears(version === "2.5.0" ? "error" : "connect_error");
    assert.equal(version === "2.5.0" ? complaint : complaint.message, "Invalid namespace");
  },
};
