import { DirectLog, RoomLog } from "./log.js";
import { Outbox } from "./outbox.js";
import { isolate } from "./text.js";

const NOTES = 100;

/**
 * @typedef {object} Note something that happened between the messages and is kept nowhere
 * @property {number} key
 * @property {number} after the id of the message it follows
 * @property {string} text
 * @property {Map<string, "joined" | "left">} [people] who came and went, when that is what the note tells
 */

/** What rooms and direct conversations have in common: messages, notes between them, and how far they were read. */
class Conversation {
  /** Text in the message box that has not been sent. */
  draft = "";
  outbox;
  /** @type {Note[]} */
  notes = [];
  /** Whether the newest messages are to be shown; not so while someone reads further up. */
  following = true;
  /** The id up to which messages were seen. */
  read = 0;
  /** The id after which the unread messages began, for as long as this is worth pointing out. */
  newSince = null;
  #noteKeys = 0;

  /** @param {Outbox} outbox */
  constructor(name, outbox) {
    this.name = name;
    this.outbox = outbox;
  }

  /** True for a room that the user is kept out of. */
  get barred() {
    return false;
  }

  get unread() {
    return Math.max(0, this.log.head - this.read);
  }

  /** Accounts for what has come in since; `seen` tells whether somebody is looking at it. */
  account(seen) {
    if (seen) {
      this.read = Math.max(this.read, this.log.last);
    } else if (this.unread > 0) {
      this.newSince ??= this.read;
    }
  }

  /** @param {Partial<Note>} [details] what is not as usual */
  note(text, details = {}) {
    this.notes.push({ key: ++this.#noteKeys, after: this.log.last, text, ...details });
    this.notes = this.notes.slice(-NOTES);
  }
}

/**
 * `state` is one of
 * - `waiting`: to be entered as soon as there is a connection;
 * - `entering`;
 * - `open`;
 * - `refused`: the server does not let the user in; `refusal` says why;
 * - `closed`: the user was in the room and has lost access to it, or the room is gone.
 */
export class Room extends Conversation {
  kind = "room";
  state = "waiting";
  /** @type {Error | null} */
  refusal = null;
  log = new RoomLog((message) => this.#landed(message));
  /** True once the window shows some of the room's log: until then there is no place to catch up from. */
  begun = false;
  /** True while older or newer history is being read. */
  reading = false;
  /** @type {Set<string>} */
  people = new Set();
  /** True when the list of people has been read since the room was entered. */
  peopleKnown = false;
  /** Whether the room tells who comes and goes. */
  announcesPeople = true;
  owner = null;
  /** @type {Set<string>} */
  admins = new Set();
  whitelistOnly = false;
  #me;
  /** @type {string | null} what tells the room's log from that of another room of this name */
  #epoch = null;
  /** The oldest message that was kept when the room was entered. */
  #oldest = 1;
  #createdAnew = false;
  /** @type {[string, "joined" | "left"][] | null} what was announced since the list of people was asked for */
  #announced = null;

  /**
   * @param {() => string} me the user's own name
   * @param {import("./outbox.js").Keys} [keys] what the server does with the keys of messages
   */
  constructor(name, me, keys) {
    super(name, new Outbox(keys));
    this.#me = me;
  }

  get key() {
    return `room:${this.name}`;
  }

  get barred() {
    return this.state === "refused" || this.state === "closed";
  }

  /**
   * How far this window has come, for the server to go on from there; null while it shows nothing. A window that ends
   * further up, because somebody reads there, comes down by itself, and misses only what nobody has announced to it.
   *
   * @returns {{epoch: string, id: number} | null}
   */
  get position() {
    return this.begun ? { epoch: this.#epoch, id: this.following ? this.log.last : this.log.head } : null;
  }

  /**
   * The room has been entered.
   *
   * @param {{epoch: string, id: number} | null} since how far the window had come when that was asked for
   * @param {{epoch: string, firstMessageId: number, lastMessageId: number}} log what was kept then
   */
  enteredAt(since, { epoch, firstMessageId, lastMessageId }) {
    if (since?.epoch !== epoch || since.id > lastMessageId) {
      this.#createdAnew ||= this.begun;
      this.#startOver(lastMessageId);
    }
    this.#epoch = epoch;
    this.#oldest = firstMessageId;
    this.log.reaches(lastMessageId);
  }

  /** The window shows the end of the log, as much of it as there is. */
  beginHere() {
    this.begun = true;
    this.read = this.log.last;
    this.log.complete = this.log.first <= this.#oldest;
    if (this.#createdAnew) {
      this.#createdAnew = false;
      this.note("This room was created anew. What was said here before is gone.", { after: this.log.first - 1 });
    }
  }

  /** The log of this room is another one now, and what was read of the former does not count. */
  #startOver(head) {
    this.log.restart(head);
    this.outbox.startOver();
    this.read = head;
    this.newSince = null;
    this.notes = [];
    this.begun = false;
  }

  personJoined(user) {
    this.#move(user, "joined");
    this.#notePerson(user, "joined");
  }

  personLeft(user) {
    this.#move(user, "left");
    this.#notePerson(user, "left");
  }

  /** The list of people is being asked for: until it is here, remembers who comes and goes. */
  callRoll() {
    this.#announced = [];
  }

  /** @param {string[]} people the list, as it was at some time since it was asked for */
  rollCalled(people) {
    this.people = new Set(people);
    this.peopleKnown = true;
    const meanwhile = this.#announced ?? [];
    this.#announced = null;
    meanwhile.forEach(([user, what]) => this.#move(user, what));
  }

  #move(user, what) {
    this.#announced?.push([user, what]);
    if (what === "joined") {
      this.people.add(user);
    } else {
      this.people.delete(user);
    }
  }

  /** People often come and go in numbers: one note tells of all that happened between two messages. */
  #notePerson(user, what) {
    if (user === this.#me()) {
      return;
    }
    const latest = this.notes.at(-1);
    if (latest?.people !== undefined && latest.after === this.log.last) {
      latest.people.delete(user);
      latest.people.set(user, what);
    } else {
      this.note("", { people: new Map([[user, what]]) });
    }
  }

  #landed(message) {
    if (message.author === this.#me()) {
      this.outbox.claim(message);
      if (this.read === message.id - 1) {
        this.read = message.id;
      }
    }
    this.outbox.settle(message.id);
  }
}

export class Direct extends Conversation {
  kind = "direct";
  log = new DirectLog();

  constructor(name) {
    super(name, new Outbox());
  }

  get key() {
    return `user:${this.name}`;
  }
}

/** What a conversation is called in the middle of a sentence. */
export function titleOf(conversation) {
  return conversation.kind === "room" ? `# ${isolate(conversation.name)}` : isolate(conversation.name);
}
