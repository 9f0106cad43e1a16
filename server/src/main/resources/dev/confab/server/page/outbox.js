/** What is sent again under a key comes within this part of the time for which the key is remembered. */
const IN_TIME = 1 / 2;
/** So many messages of one room are under way at most, and no more than this part of the keys that are remembered. */
const UNDER_WAY = 16;
const PART_OF_KEYS = 1 / 4;

/**
 * What the server does with the keys of messages: a message that comes again under the key of one that it remembers is
 * published once.
 *
 * @typedef {object} Keys
 * @property {number} remembered how long, in milliseconds; 0 where there are no keys
 * @property {number} perUser how many of a user's newest in a room
 */

/**
 * What the user has sent and the log does not show yet.
 *
 * An entry is
 * - `waiting` for the connection, for the room to open, or for those before it;
 * - `sending`: handed to the connection, not answered;
 * - `checking`: the connection broke before the answer. It will be sent again under its key; where it is too late for
 *   that, the log will tell whether the message arrived;
 * - `sent`: accepted under `id`, and about to show up in the log;
 * - `failed`, with a `reason`: it is up to the user to send it again or to drop it.
 *
 * @typedef {object} Entry
 * @property {string} key
 * @property {string} text
 * @property {"waiting" | "sending" | "checking" | "sent" | "failed"} state
 * @property {string} [reason]
 * @property {number} after if it is in the log, then behind this id
 * @property {number | null} id its id in the log, once that is known, or what it seems to be
 * @property {number} tried when it was first handed to the connection, in milliseconds since 1970
 */
export class Outbox {
  /** @type {Entry[]} */
  entries = [];
  #remembered;
  #mostUnderWay;
  #prefix = [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join("");
  #count = 0;

  /** @param {Keys} keys */
  constructor(keys = { remembered: 0, perUser: 0 }) {
    const share = Math.floor(keys.perUser * PART_OF_KEYS);
    this.#remembered = share > 0 ? keys.remembered : 0;
    this.#mostUnderWay = this.#remembered > 0 ? Math.min(share, UNDER_WAY) : UNDER_WAY;
  }

  add(text) {
    const key = `${this.#prefix}-${++this.#count}`;
    this.entries.push({ key, text, state: "waiting", after: 0, id: null, tried: 0 });
  }

  remove(entry) {
    this.entries = this.entries.filter((other) => other !== entry);
  }

  inState(state) {
    return this.entries.filter((entry) => entry.state === state);
  }

  /** What a log that ends at `last` does not show itself. */
  missingFrom(last) {
    return this.entries.filter(({ id }) => id === null || id > last);
  }

  /** True when leaving the page now could lose something. */
  get pending() {
    return this.entries.some(({ state }) => state !== "sent");
  }

  /** What can be handed to the connection now, in the order in which it was written. */
  next() {
    const room = this.#mostUnderWay - this.inState("sending").length;
    return this.entries
      .filter((entry) => entry.state === "waiting" || (entry.state === "checking" && this.#isInTime(entry)))
      .slice(0, Math.max(0, room));
  }

  /** An entry is handed to the connection, at a time when the log goes as far as `head`. */
  handOver(entry, head) {
    if (entry.state === "waiting") {
      entry.tried = Date.now();
      entry.after = head;
      entry.id = null;
    }
    entry.state = "sending";
  }

  /** The server has accepted an entry; the log has come as far as `last`. */
  accept(entry, id, last) {
    entry.state = "sent";
    entry.id = id;
    this.settle(last);
  }

  /** A message of the user's own has come into the log: it is the first entry that it can be. */
  claim(message) {
    const entry = this.entries.find(
      ({ state, id, text, after }) =>
        state !== "waiting" && id === null && text === message.textMessage && message.id > after,
    );
    if (entry?.state === "failed") {
      this.remove(entry);
    } else if (entry !== undefined) {
      entry.id = message.id;
    }
  }

  /** The log has come as far as `last`. */
  settle(last) {
    this.entries = this.entries.filter(({ state, id }) => state !== "sent" || id > last);
  }

  /** The log is another one, which has nothing of what was sent. */
  startOver() {
    this.settle(Infinity);
    this.entries.forEach((entry) => Object.assign(entry, { id: null, after: 0 }));
  }

  /** The connection is gone: what is under way will not be answered. */
  interrupt() {
    this.inState("sending").forEach((entry) => (entry.state = "checking"));
  }

  /** The log has been read as far as it goes: what it did not show may be lost. */
  giveUpChecking() {
    this.entries = this.entries.filter(({ state, id }) => state !== "checking" || id === null);
    this.inState("checking").forEach((entry) =>
      this.fail(entry, "The connection broke before the server confirmed this. It may not have arrived."),
    );
  }

  fail(entry, reason) {
    entry.state = "failed";
    entry.id = null;
    entry.reason = reason;
  }

  /** The server will not have this message, so no message in the log can be this one. */
  refuse(entry, reason) {
    this.fail(entry, reason);
    entry.after = Infinity;
  }

  /** Whether the server still knows the key of an entry, if it ever heard it. */
  #isInTime({ tried }) {
    return Date.now() - tried < this.#remembered * IN_TIME;
  }
}
