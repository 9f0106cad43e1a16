/**
 * What the user has sent and the log does not show yet.
 *
 * An entry is
 * - `waiting` for the connection, or for the room to open;
 * - `sending`: handed to the connection, not answered;
 * - `checking`: the connection broke before the answer; the log will tell whether the message arrived;
 * - `sent`: accepted under `id`, and about to show up in the log;
 * - `failed`, with a `reason`: it is up to the user to send it again or to drop it.
 *
 * @typedef {object} Entry
 * @property {number} key
 * @property {string} text
 * @property {"waiting" | "sending" | "checking" | "sent" | "failed"} state
 * @property {string} [reason]
 * @property {number} after if it is in the log, then behind this id
 * @property {number | null} id its id in the log, once that is known
 */
export class Outbox {
  /** @type {Entry[]} */
  entries = [];
  #keys = 0;

  add(text) {
    this.entries.push({ key: ++this.#keys, text, state: "waiting", after: 0, id: null });
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

  /** A message of the user's own has come into the log: it is the first entry that it can be. */
  claim(message) {
    const entry = this.entries.find(
      ({ state, id, text, after }) =>
        state !== "waiting" && id === null && text === message.textMessage && message.id > after,
    );
    if (entry?.state === "sending") {
      entry.id = message.id;
    } else if (entry !== undefined) {
      this.remove(entry);
    }
  }

  /** The log has come as far as `last`. */
  settle(last) {
    this.entries = this.entries.filter(({ state, id }) => state !== "sent" || id > last);
  }

  /** The connection is gone: what is under way will not be answered. */
  interrupt() {
    this.entries = this.entries.filter(({ state, id }) => state === "waiting" || id === null);
    this.inState("sending").forEach((entry) => (entry.state = "checking"));
  }

  /** The log has been read as far as it goes: what it did not show may be lost. */
  giveUpChecking() {
    this.inState("checking").forEach((entry) =>
      this.fail(entry, "The connection broke before the server confirmed this. It may not have arrived."),
    );
  }

  fail(entry, reason) {
    entry.state = "failed";
    entry.reason = reason;
  }

  /** The server will not have this message, so no message in the log can be this one. */
  refuse(entry, reason) {
    this.fail(entry, reason);
    entry.after = Infinity;
  }
}
