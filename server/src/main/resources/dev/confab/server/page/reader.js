import { NoAnswer, Refusal } from "./errors.js";
import { WINDOW } from "./log.js";

const PAGE = 100;

/**
 * Brings a room's window on its log to where it should be: at first to the newest messages, after an interruption
 * from where it ended to the newest again, and up or down as somebody reads on.
 */
export class Reader {
  #connection;
  #changed;
  #catchingUp = new Set();

  /**
   * @param {import("./connection.js").Connection} connection
   * @param {import("./signal.js").Signal} changed
   */
  constructor(connection, changed) {
    this.#connection = connection;
    this.#changed = changed;
  }

  /**
   * Takes up the log of a room that has just been entered, for the first time or again. What was missed has come
   * already, unless that is more than the server brings, or keeps.
   *
   * @param {import("./conversation.js").Room} room
   */
  async takeUp(room) {
    try {
      if (!room.begun) {
        await this.#begin(room);
      }
    } catch (error) {
      this.#goOnWithout(room, error);
    }
    await this.catchUp(room);
  }

  /** Reads on until the window is live, or full while somebody reads further up. */
  async catchUp(room) {
    if (this.#catchingUp.has(room) || !room.begun) {
      return;
    }
    this.#catchingUp.add(room);
    try {
      while (room.state === "open" && room.log.behind && (room.following || room.log.space > 0)) {
        await this.#step(room);
        this.#changed.emit();
      }
    } catch (error) {
      this.#goOnWithout(room, error);
    } finally {
      this.#catchingUp.delete(room);
      this.#changed.emit();
    }
  }

  /** Reads a page further up. */
  older(room) {
    return this.#read(room, async () => {
      const { log } = room;
      const first = log.first;
      const start = Math.max(0, first - 1 - PAGE);
      const found = await this.#between(room, start, first);
      if (log.first === first) {
        log.prepend(found);
        log.complete = log.first <= 1 || log.first > start + 1;
      }
    });
  }

  /** Reads a page further down. */
  newer(room) {
    return this.#read(room, async () => {
      if (!room.log.append(await this.#page(room, room.log.last, PAGE), true)) {
        room.log.skipGap();
      }
    });
  }

  async #read(room, page) {
    if (room.reading || room.state !== "open") {
      return;
    }
    room.reading = true;
    this.#changed.emit();
    try {
      await page();
    } catch (error) {
      room.note(`Earlier messages cannot be read. ${error.message}`);
    } finally {
      room.reading = false;
      this.#changed.emit();
    }
  }

  async #begin(room) {
    if (!room.log.append(await this.#ask("roomRecentHistory", room), true)) {
      room.log.skipGap();
    }
    room.beginHere();
  }

  async #step(room) {
    const { log, following } = room;
    if (following && log.head - log.last > WINDOW && (await this.#leap(room))) {
      return;
    }
    const page = await this.#page(room, log.last, following ? PAGE : Math.min(PAGE, log.space));
    if (!log.append(page, following) && !log.append(await this.#ask("roomRecentHistory", room), following)) {
      log.skipGap();
    }
  }

  /** More was missed than the window holds, so it opens anew at the end of the log. */
  async #leap(room) {
    const recent = await this.#ask("roomRecentHistory", room);
    const leads = recent.some(({ id }) => id > room.log.last);
    if (leads) {
      room.log.restart(room.log.head);
      room.log.append(recent, true);
    }
    return leads;
  }

  /** All that is kept between two ids, both excluded; the server may give it in smaller pieces than asked for. */
  async #between(room, start, end) {
    const found = [];
    for (let from = start; from < end - 1;) {
      const page = (await this.#page(room, from, end - 1 - from)).filter(({ id }) => id > from && id < end);
      if (page.length === 0) {
        break;
      }
      found.push(...page);
      from = Math.max(...page.map(({ id }) => id));
    }
    return found;
  }

  #page(room, after, limit) {
    return this.#ask("roomHistoryGet", room, after, limit);
  }

  #ask(command, room, ...args) {
    return this.#connection.request(command, room.name, ...args);
  }

  /** History may be denied to someone who may be in the room; then there is only what is heard live. */
  #goOnWithout(room, error) {
    if (error instanceof Refusal) {
      room.log.skipGap();
      if (!room.begun) {
        room.beginHere();
      }
      room.log.complete = true;
    } else if (!(error instanceof NoAnswer)) {
      throw error;
    }
  }
}
