import { Direct, Room, titleOf } from "./conversation.js";
import { NoAnswer, Refusal } from "./errors.js";
import { hear } from "./hearing.js";
import { Reader } from "./reader.js";
import { readDetails } from "./details.js";
import { Signal } from "./signal.js";
import { isolate } from "./text.js";

/** More than this is no chat message, and could exceed what the server takes in one packet. */
const LONGEST_TEXT = 100_000;

/** Everything one person sees of the chat in this window, and everything they can do. Knows nothing of the screen. */
export class Chat {
  /** @type {Map<string, Room | Direct>} by key */
  conversations = new Map();
  /** @type {Room | Direct | null} the one on the screen */
  current = null;
  /** Whether anybody can see the screen. */
  attentive = true;
  /** @type {Map<string, Set<string>>} this user's other connections, and the rooms each of them is in */
  elsewhere = new Map();

  /** Something worth drawing has changed. */
  changed = new Signal();
  /** Emits a sentence that belongs to no conversation. */
  noticed = new Signal();

  #reader;
  #keys;
  #wasOnline = false;

  /**
   * @param {import("./connection.js").Connection} connection
   * @param {import("./outbox.js").Keys} keys
   */
  constructor(connection, keys) {
    this.connection = connection;
    this.#keys = keys;
    this.#reader = new Reader(connection, this.changed);
    connection.changed.on(() => this.#connectionChanged());
    connection.told.on((name, args) => {
      hear(this, name, args);
      this.touched();
    });
  }

  get me() {
    return this.connection.user;
  }

  get online() {
    return this.connection.state === "online";
  }

  /** All conversations as they are listed: the rooms, then the people. */
  get inOrder() {
    return [...this.conversations.values()].sort((a, b) => b.kind.localeCompare(a.kind));
  }

  get unread() {
    return [...this.conversations.values()].reduce((sum, { unread }) => sum + unread, 0);
  }

  /** True when closing the window could lose a message. */
  get unsent() {
    return [...this.conversations.values()].some(({ outbox }) => outbox.pending);
  }

  /** Rooms that this user has open in other windows only. */
  get roomsElsewhere() {
    const rooms = new Set([...this.elsewhere.values()].flatMap((names) => [...names]));
    return [...rooms].filter((name) => !this.conversations.has(`room:${name}`)).sort();
  }

  signOut() {
    this.connection.close();
    this.conversations.clear();
    this.elsewhere.clear();
    this.current = null;
    this.changed.emit();
  }

  /** @returns {Room} */
  room(name) {
    return this.#conversation(new Room(name, () => this.me, this.#keys), (room) => this.enter(room));
  }

  /** @returns {Direct} */
  direct(name) {
    return this.#conversation(new Direct(name));
  }

  /** @param {Room | Direct | null} conversation */
  show(conversation) {
    if (this.current !== conversation) {
      if (this.current !== null) {
        this.current.newSince = null;
      }
      this.current = conversation;
      if (conversation !== null) {
        this.follow(conversation, true);
      }
    }
    this.touched();
  }

  attend(attentive) {
    this.attentive = attentive;
    this.touched();
  }

  /** Whether the reader of a conversation is at its end, and wants to stay there. */
  follow(conversation, following) {
    if (conversation.following !== following) {
      conversation.following = following;
      this.touched();
    }
    if (following && conversation.log.behind) {
      this.#reader.catchUp(conversation);
    }
  }

  /** Reading on, a page at a time, in the direction of the beginning or of the end. */
  readOlder(room) {
    this.follow(room, false);
    return this.#reader.older(room);
  }

  readNewer(room) {
    return this.#reader.newer(room);
  }

  /** A live message of a room has come in. */
  receive(room, message) {
    room.log.receive(message, room.following);
    if (room.log.behind) {
      this.#reader.catchUp(room);
    }
  }

  /** @returns {string | null} why the text cannot be sent, or null: then it is on its way */
  send(conversation, text) {
    if (text.length > LONGEST_TEXT) {
      return `This is too long: ${text.length.toLocaleString()} characters, and at most ${LONGEST_TEXT.toLocaleString()} can be sent.`;
    }
    conversation.outbox.add(text);
    conversation.newSince = null;
    this.follow(conversation, true);
    this.#flush(conversation);
    return null;
  }

  sendAgain(conversation, entry) {
    entry.state = "waiting";
    this.#flush(conversation);
  }

  drop(conversation, entry) {
    conversation.outbox.remove(entry);
    this.changed.emit();
  }

  /** @param {Room} room */
  async enter(room) {
    if (!this.online || room.state === "entering" || room.state === "open") {
      return;
    }
    const since = room.position;
    this.#become(room, "entering");
    try {
      await this.connection.patiently("roomJoin", [room.name, { since }], (_, log) => room.enteredAt(since, log));
      if (room.state === "entering") {
        this.#become(room, "open");
        this.#flush(room);
        await Promise.all([this.#reader.takeUp(room), readDetails(this.connection, room)]);
      }
      if (room.state === "open") {
        room.outbox.settle(room.log.last);
        room.outbox.giveUpChecking();
      }
    } catch (error) {
      this.#notEntered(room, error);
    }
    this.touched();
    this.#flush(room);
  }

  /** @param {Room} room one that the server says does not exist */
  async create(room) {
    try {
      await this.connection.request("roomCreate", room.name, false);
    } catch (error) {
      if (error.code !== "roomExists") {
        room.refusal =
          error.code === "notAllowed" ? new Refusal("noCreation", "This server does not let you create rooms.") : error;
        this.changed.emit();
        return;
      }
    }
    this.enter(room);
  }

  /** Ends a conversation in this window. */
  close(conversation) {
    this.conversations.delete(conversation.key);
    if (conversation.kind === "room" && conversation.state === "open" && this.online) {
      this.connection.request("roomLeave", conversation.name).catch((error) => {
        this.noticed.emit(`The server did not take note that you left ${titleOf(conversation)}. ${error.message}`);
      });
    }
    this.touched();
  }

  /** The user is not in this room any more, without having left it. */
  expelled(room, reason) {
    room.people.clear();
    room.outbox.interrupt();
    this.#bar(room, "closed", new Refusal("expelled", reason));
  }

  /** Asks anew who is in a room, where the room does not tell. */
  async readPeople(room) {
    try {
      await readDetails(this.connection, room);
      this.changed.emit();
    } catch (error) {
      this.noticed.emit(`The list of people cannot be read. ${error.message}`);
    }
  }

  /** Something may have come in: it is read if anybody looks, else it counts as unread. */
  touched() {
    for (const conversation of this.conversations.values()) {
      const seen = conversation === this.current && this.attentive && conversation.following;
      conversation.account(seen);
    }
    this.changed.emit();
  }

  #conversation(fresh, opened = () => {}) {
    const known = this.conversations.get(fresh.key);
    if (known !== undefined) {
      return known;
    }
    this.conversations.set(fresh.key, fresh);
    opened(fresh);
    this.touched();
    return fresh;
  }

  #become(room, state) {
    room.state = state;
    this.changed.emit();
  }

  #notEntered(room, error) {
    if (error instanceof NoAnswer && !this.online) {
      this.#become(room, "waiting");
    } else {
      this.#bar(room, "refused", error);
    }
  }

  #bar(room, state, refusal) {
    room.refusal = refusal;
    room.outbox.giveUpChecking();
    this.#become(room, state);
    this.#flush(room);
  }

  #connectionChanged() {
    if (this.online) {
      this.#wasOnline = true;
      this.#cameOnline();
    } else if (this.#wasOnline) {
      this.#wasOnline = false;
      this.#wentOffline();
    }
    this.touched();
  }

  async #cameOnline() {
    for (const conversation of this.conversations.values()) {
      if (conversation.state === "waiting") {
        this.enter(conversation);
      } else if (conversation.kind === "direct") {
        this.#flush(conversation);
      }
    }
    try {
      const sockets = Object.entries(await this.connection.request("listOwnSockets"));
      this.elsewhere = new Map(
        sockets.filter(([id]) => id !== this.connection.id).map(([id, rooms]) => [id, new Set(rooms)]),
      );
      this.changed.emit();
    } catch {
      // Then the other windows stay unknown until they make themselves heard.
    }
  }

  #wentOffline() {
    this.elsewhere.clear();
    for (const conversation of this.conversations.values()) {
      conversation.outbox.interrupt();
      if (conversation.kind === "direct") {
        conversation.outbox.giveUpChecking();
      } else if (conversation.state === "open" || conversation.state === "entering") {
        conversation.state = "waiting";
      }
    }
  }

  #flush(conversation) {
    const { outbox } = conversation;
    if (conversation.barred) {
      outbox.inState("waiting").forEach((entry) => outbox.refuse(entry, "Not sent: you are not in this room."));
    } else if (this.online && (conversation.kind === "direct" || conversation.state === "open")) {
      outbox.next().forEach((entry) => this.#send(conversation, entry));
    }
    this.touched();
  }

  async #send(conversation, entry) {
    const { outbox, log } = conversation;
    outbox.handOver(entry, log.head);
    try {
      const body = { textMessage: entry.text };
      if (conversation.kind === "room") {
        const message = [conversation.name, body, { key: entry.key }];
        outbox.accept(entry, await this.connection.patiently("roomMessage", message), log.last);
      } else {
        const message = await this.connection.request("directMessage", conversation.name, body);
        outbox.remove(entry);
        log.add(message);
      }
    } catch (error) {
      if (error instanceof Refusal) {
        outbox.refuse(entry, reasonNotTaken(conversation, error));
      } else if (entry.state === "sending") {
        outbox.fail(entry, "The server did not confirm this in time. It may not have arrived.");
      }
    }
    this.#flush(conversation);
  }
}

function reasonNotTaken(conversation, refusal) {
  if (conversation.kind === "direct" && refusal.code === "notAllowed") {
    return `${isolate(conversation.name)} cannot be sent direct messages by you.`;
  }
  return refusal.message;
}
