/**
 * The example client that resumes, as it stands in the folder of examples, against a running server.
 *
 *   node example.test.mjs '{"long": URL, "short": URL}'
 *
 * Two servers are under test, both let people create rooms and have a room `default`; `short` keeps 20 messages a room.
 *
 * Prints one line per check. On the line `RESTART` the server `long` has to be restarted, on the same port and with
 * nothing kept; the answer on standard input is `RESTARTED`.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { Client, VERSIONS } from "./chat/client.mjs";
import { eventually } from "./eventually.mjs";
import { overProxy } from "./proxy.mjs";

const servers = JSON.parse(process.argv[2]);
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const only = new RegExp(process.env.ONLY ?? "");
let failures = 0;

/** The example at work: what it prints, and a keyboard. */
class Example {
  printed = [];
  ended;
  #remarks = [];
  #process;

  constructor(url, room) {
    const address = url.replace(/\/$/, "");
    this.#process = spawn(process.execPath, ["examples/resuming-client.mjs", address, "ann", room]);
    createInterface({ input: this.#process.stdout }).on("line", (line) => this.printed.push(line));
    createInterface({ input: this.#process.stderr }).on("line", (line) => this.#remarks.push(line));
    this.ended = new Promise((resolve) => this.#process.on("close", resolve));
  }

  type(...lines) {
    lines.forEach((line) => this.#process.stdin.write(`${line}\n`));
  }

  /** Waits until these lines, and no others, are all that was printed. */
  prints(...lines) {
    return eventually(() => assert.deepEqual(this.printed, lines), "lines printed");
  }

  /** Waits for a remark, behind those that were waited for before. */
  remarks(words) {
    return eventually(() => {
      const index = this.#remarks.findIndex((remark) => remark.startsWith(`-- ${words}`));
      assert.ok(index >= 0, `${words}, among ${this.#remarks}`);
      this.#remarks.splice(0, index + 1);
    }, "a remark");
  }

  endInput() {
    this.#process.stdin.end();
  }

  kill() {
    this.#process.kill();
    return this.ended;
  }
}

/** Somebody else in the room, who is never cut off. */
class Witness {
  /** Every message of the room, as the example prints it. */
  heard = [];
  #room;
  #client;

  constructor(url, room) {
    this.#room = room;
    this.#client = new Client(url, { version: VERSIONS.at(-1), way: "websocket", query: { user: "ben" } });
    this.#client.socket.on("roomMessage", (_, { id, author, textMessage }) =>
      this.heard.push(`${id} ${author}: ${textMessage}`),
    );
  }

  /** Waits for the login, and enters the room, which need not be there yet. */
  async enters() {
    await this.#client.confirmed();
    await this.#client.does("roomCreate", this.#room, false).catch(() => {});
    await this.#client.does("roomJoin", this.#room);
    return this;
  }

  /** Says all this, as fast as it will go. */
  says(...texts) {
    return Promise.all(texts.map((textMessage) => this.#client.does("roomMessage", this.#room, { textMessage })));
  }

  hears(words) {
    return eventually(() => assert.ok(this.heard.some((line) => line.endsWith(words))), `${words} is heard`);
  }

  leave() {
    this.#client.leave();
  }
}

const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
const byBen = (from, to) => numbers(from, to).map((number) => `${number} ben: ${number}`);

/** By the server they need, and the room they are in. */
const scenarios = {
  "long storm": {
    name: "however often the example is cut off, it prints every message once and in order, and says everything once",
    async play({ proxy, ann, ben }) {
      await ann.remarks("joined");
      const said = { ann: [], ben: [] };
      const type = (text) => {
        said.ann.push(text);
        ann.type(text);
      };
      proxy.deafen();
      type("the answer is lost");
      await ben.hears("the answer is lost");
      for (const round of [1, 2, 3, 4]) {
        const theirs = numbers(1, 30).map((number) => `round ${round}, ${number}`);
        said.ben.push(...theirs);
        const talk = ben.says(...theirs);
        if (round % 2 === 0) {
          proxy.deafen();
        }
        type(`round ${round}, just before the cut`);
        proxy.cut();
        await ann.remarks("connection lost");
        type(`round ${round}, while cut off`);
        await talk;
        proxy.mend();
        type(`round ${round}, while coming back`);
        await ben.hears(`round ${round}, while coming back`);
      }
      const by = (author) => ben.heard.filter((line) => line.includes(` ${author}: `)).map((line) => line.split(": ")[1]);
      assert.deepEqual(by("ann"), said.ann);
      assert.deepEqual(by("ben"), said.ben);
      await ann.prints(...ben.heard);
    },
  },

  "long default": {
    name: "when the server is restarted the example begins anew, and says what was not answered in the new log",
    async play({ proxy, ann, ben, ask }) {
      await ann.remarks("joined");
      await ben.says("in the old log");
      await ann.prints("1 ben: in the old log");
      proxy.deafen();
      ann.type("never answered");
      await ben.hears("never answered");
      proxy.cut();
      await ann.remarks("connection lost");
      ann.type("typed meanwhile");
      await ask("RESTART");
      await ben.enters();
      await ben.says("in the new log");
      proxy.mend();
      await ann.remarks("this room was created anew");
      const anew = ["1 ben: in the new log", "2 ann: never answered", "3 ann: typed meanwhile"];
      await ann.prints("1 ben: in the old log", ...anew);
      await ben.hears("typed meanwhile");
      assert.deepEqual(ben.heard, ["1 ben: in the old log", "2 ann: never answered", ...anew]);
    },
  },

  "short gap": {
    name: "where the server has not kept all that was missed, the example says how much is missing",
    async play({ proxy, ann, ben }) {
      await ann.remarks("joined");
      await ben.says(...numbers(1, 5));
      await ann.prints(...byBen(1, 5));
      proxy.cut();
      await ann.remarks("connection lost");
      await ben.says(...numbers(6, 60));
      proxy.mend();
      await ann.remarks("35 messages are missing here");
      await ann.prints(...byBen(1, 5), ...byBen(41, 60));
    },
  },

  "long holiday": {
    name: "where more was missed than a join brings, the example reads on from the history",
    async play({ proxy, ann, ben }) {
      await ann.remarks("joined");
      await ben.says(...numbers(1, 5));
      await ann.prints(...byBen(1, 5));
      proxy.cut();
      await ann.remarks("connection lost");
      await ben.says(...numbers(6, 1_200));
      proxy.mend();
      await ann.prints(...byBen(1, 1_200));
    },
  },

  "long door": {
    name: "the example leaves when its input has ended and all of it is said",
    async play({ proxy, ann, ben }) {
      await ann.remarks("joined");
      proxy.cut();
      await ann.remarks("connection lost");
      ann.type("one", "two", "three");
      ann.endInput();
      proxy.mend();
      assert.equal(await ann.ended, 0);
      await ben.hears("three");
      assert.deepEqual(ben.heard, ["1 ann: one", "2 ann: two", "3 ann: three"]);
    },
  },
};

async function ask(what) {
  console.log(what);
  const { value } = await answers.next();
  assert.equal(value, `${what}ED`);
}

for (const [stage, { name, play }] of Object.entries(scenarios).filter(([, { name }]) => only.test(name))) {
  const [server, room] = stage.split(" ");
  const ben = new Witness(servers[server], room);
  try {
    await ben.enters();
    await overProxy(servers[server], async (proxy) => {
      const ann = new Example(proxy.url, room);
      try {
        await play({ proxy, ann, ben, ask });
      } finally {
        await ann.kill();
      }
    });
    console.log(`ok ${name}`);
  } catch (error) {
    failures++;
    console.log(`not ok ${name}: ${error.stack}`);
  } finally {
    ben.leave();
  }
}

process.exit(failures === 0 ? 0 : 1);
