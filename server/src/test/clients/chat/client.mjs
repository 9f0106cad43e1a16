import assert from "node:assert/strict";
import io2 from "sio2";
import { io as io3 } from "sio3";
import { io as io4 } from "socket.io-client";

const PATIENCE_MS = 15_000;

const CONNECT = { "2.5.0": io2, "3.1.3": io3, "4.8.4": io4 };

/** The published clients under test. */
export const VERSIONS = Object.keys(CONNECT);

/** The ways to come: what a client is told of transports. */
export const WAYS = {
  websocket: ["websocket"],
  polling: ["polling"],
  upgrade: ["polling", "websocket"],
};

const EVENTS = [
  "connect",
  "disconnect",
  "connect_error",
  "error",
  "loginConfirmed",
  "loginRejected",
  "roomMessage",
  "roomUserJoined",
  "roomUserLeft",
  "roomAccessRemoved",
  "roomJoinedEcho",
  "roomLeftEcho",
  "socketConnectEcho",
  "socketDisconnectEcho",
  "directMessage",
  "directMessageEcho",
  "systemMessage",
];

/** One connection of an unmodified client, and what it has heard so far. */
export class Client {
  #version;
  #way;
  #heard = new Map(EVENTS.map((event) => [event, { arrived: [], waiting: [] }]));

  constructor(url, { version, way, namespace = "/chat-service", ...options }) {
    this.#version = version;
    this.#way = way;
    this.socket = CONNECT[version](url + namespace, {
      transports: WAYS[way],
      forceNew: true,
      reconnectionDelay: 20,
      reconnectionDelayMax: 100,
      ...options,
    });
    for (const event of EVENTS) {
      this.socket.on(event, (...args) => this.#hear(event, args));
    }
  }

  /** Waits for the next event of a name, in the order in which they come. */
  hears(event) {
    const { arrived, waiting } = this.#heard.get(event);
    if (arrived.length > 0) {
      return Promise.resolve(arrived.shift());
    }
    return within(`${event} comes`, (resolve) => waiting.push(resolve));
  }

  /** How many events of a name came that nobody waited for. */
  unheard(event) {
    return this.#heard.get(event).arrived.length;
  }

  /** Gives a command; answers its result, or throws its error. */
  async does(command, ...args) {
    return (await this.results(command, ...args))[0];
  }

  /** Gives a command; answers all its results, or throws its error. */
  results(command, ...args) {
    return within(`${command} is answered`, (resolve, reject) =>
      this.socket.emit(command, ...args, (error, ...results) => (error === null ? resolve(results) : reject(error))),
    );
  }

  /** The error that a command is answered with. */
  async fails(command, ...args) {
    try {
      await this.does(command, ...args);
    } catch (error) {
      if (error instanceof Error) {
        throw error;
      }
      return error;
    }
    throw new Error(`${command} did not fail`);
  }

  /** Waits until the user is in, over the transport that was asked for. */
  async confirmed() {
    const [user, data] = await this.hears("loginConfirmed");
    this.user = user;
    this.id = data.id;
    const wanted = WAYS[this.#way].at(-1);
    const { engine } = this.socket.io;
    await within(`the transport is ${wanted}`, (resolve) => {
      engine.on("upgrade", resolve);
      if (engine.transport.name === wanted) {
        resolve();
      }
    });
    assert.equal(engine.transport.name, wanted);
    return this;
  }

  /** Whether messages are compressed on its WebSocket. */
  get isCompressed() {
    return this.socket.io.engine.transport.ws?.extensions.includes("permessage-deflate") ?? false;
  }

  get version() {
    return this.#version;
  }

  leave() {
    this.socket.disconnect();
    this.socket.io.reconnection(false);
  }

  #hear(event, args) {
    const { arrived, waiting } = this.#heard.get(event);
    if (waiting.length > 0) {
      waiting.shift()(args);
    } else {
      arrived.push(args);
    }
  }
}

function within(what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited too long until ${what}`)), PATIENCE_MS);
  });
  return Promise.race([new Promise(promise), late]).finally(() => clearTimeout(timer));
}
