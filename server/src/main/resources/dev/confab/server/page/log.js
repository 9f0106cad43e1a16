/** How many messages of one conversation this page holds at most. */
export const WINDOW = 500;

/**
 * @typedef {object} Message
 * @property {number} id
 * @property {number} timestamp milliseconds since 1970
 * @property {string} [author] absent when the server itself speaks
 */

/**
 * A window on the log of a room: a stretch of its messages in id order, each once.
 *
 * `last` is where the window ends and `head` the newest message known to exist. While they are equal the window is
 * live. While `last` is smaller it is behind, and somebody has to read history pages and `append` them. Live messages
 * that arrive in the meantime are kept aside until the window reaches them.
 */
export class RoomLog {
  /** @type {Message[]} */
  messages = [];
  last = 0;
  head = 0;
  /** True when the server keeps nothing older than the window. */
  complete = false;
  /** Ids are unique within a generation: a room that is deleted and created again begins another. */
  generation = 0;
  /** @type {Map<number, Message>} */
  #aside = new Map();
  #landed;

  /** @param {(message: Message) => void} landed is told each message that becomes the window's last */
  constructor(landed = () => {}) {
    this.#landed = landed;
  }

  get first() {
    return this.messages[0]?.id ?? this.last + 1;
  }

  get behind() {
    return this.last < this.head;
  }

  /** How many more messages fit without one going. */
  get space() {
    return Math.max(0, WINDOW - this.messages.length);
  }

  /** Starts over, with nothing known but where the log of the room ends. */
  restart(head) {
    this.messages = [];
    this.last = 0;
    this.head = head;
    this.complete = false;
    this.generation++;
    this.#aside.clear();
  }

  /** Learns that the log of the room goes at least this far. */
  reaches(id) {
    this.head = Math.max(this.head, id);
  }

  /**
   * Takes a message the server has just announced.
   *
   * @param {Message} message
   * @param {boolean} mayTrim whether the window's oldest messages may go to make room
   */
  receive(message, mayTrim) {
    if (message.id > this.last) {
      this.reaches(message.id);
      this.#aside.set(message.id, message);
      this.#takeAside(mayTrim);
      this.#boundAside();
    }
  }

  /**
   * Takes a page of history, in whichever order.
   *
   * @param {Message[]} page
   * @param {boolean} mayTrim
   * @returns {boolean} whether the window has grown at its end
   */
  append(page, mayTrim) {
    const fresh = inOrder(page.filter((message) => message.id > this.last));
    fresh.forEach((message) => this.#push(message));
    this.#takeAside(mayTrim);
    return fresh.length > 0;
  }

  /** Goes on after a gap that no history fills: what was said there is not kept any more. */
  skipGap() {
    const [next] = [...this.#aside.keys()].filter((id) => id > this.last).sort((a, b) => a - b);
    if (next === undefined) {
      this.last = this.head;
    } else {
      this.#push(this.#aside.get(next));
      this.#takeAside(true);
    }
  }

  /** Takes older messages; where the window would grow too large, its newest messages go. */
  prepend(page) {
    const older = inOrder(page.filter((message) => message.id < this.first));
    this.messages = [...older, ...this.messages].slice(0, WINDOW);
    this.last = this.messages.at(-1)?.id ?? this.last;
  }

  #takeAside(mayTrim) {
    for (let next; (next = this.#aside.get(this.last + 1)) !== undefined && (mayTrim || this.space > 0);) {
      this.#push(next);
    }
  }

  #push(message) {
    this.messages.push(message);
    this.last = message.id;
    this.reaches(message.id);
    this.#aside.delete(message.id);
    if (this.messages.length > WINDOW) {
      this.messages.shift();
      this.complete = false;
    }
    this.#landed(message);
  }

  #boundAside() {
    for (const id of this.#aside.keys()) {
      if (id <= this.last || this.#aside.size > WINDOW) {
        this.#aside.delete(id);
      }
    }
  }
}

/** Direct messages are not kept by the server, so all there is to know of them is what was heard. */
export class DirectLog {
  /** @type {Message[]} */
  messages = [];
  last = 0;
  behind = false;
  complete = true;
  generation = 0;

  get head() {
    return this.last;
  }

  /** @param {Omit<Message, "id">} message */
  add(message) {
    this.messages.push({ ...message, id: ++this.last });
    if (this.messages.length > WINDOW) {
      this.messages.shift();
    }
  }
}

function inOrder(messages) {
  return [...messages].sort((a, b) => a.id - b.id);
}
