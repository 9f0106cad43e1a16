import { addressOfUser } from "./address.js";
import { button, byId, element, hideInFavourOf, reconcile, setAttribute, setShown, setText } from "./dom.js";
import { clockTime, count, fullTime, isoTime, readBody } from "./text.js";
import { timeline } from "./timeline.js";
import { tintOf } from "./tint.js";

/** Closer to the end than this counts as being there, in CSS pixels. */
const NEAR = 48;
/** A text longer than this is folded at first. */
const FOLD_CHARACTERS = 1_500;
const FOLD_LINES = 24;

const OUTGOING = {
  waiting: "Waits for the connection",
  sending: "Sending…",
  checking: "Checking whether this arrived…",
  sent: "",
};

/** The messages of the current conversation. Stays at the end while the reader is there, and stands still otherwise. */
export class LogView {
  #log = byId("log");
  #rows = byId("rows");
  #shown = null;
  #top = 0;

  /** @param {import("./chat.js").Chat} chat */
  constructor(chat) {
    this.chat = chat;
    this.#log.addEventListener("scroll", () => this.#scrolled());
    byId("older").addEventListener("click", () => chat.readOlder(chat.current));
    byId("latest").addEventListener("click", () => {
      chat.follow(chat.current, true);
      byId("text").focus();
    });
    new ResizeObserver(() => this.#stay()).observe(this.#log);
  }

  /** @param {import("./conversation.js").Room | import("./conversation.js").Direct} conversation */
  draw(conversation) {
    const other = this.#shown !== conversation;
    if (!other && this.#log.scrollTop < this.#top - 1) {
      // The reader has scrolled just now, which the browser tells only with the next frame.
      this.#scrolled();
    }
    const anchors = other || conversation.following ? [] : this.#anchors();
    // What was said earlier is not news: only what comes in at the end is to be read aloud.
    setAttribute(this.#log, "aria-live", other || !conversation.following ? "off" : "polite");
    if (other) {
      this.#rows.replaceChildren();
      this.#shown = conversation;
    }
    this.#drawStart(conversation);
    reconcile(this.#rows, timeline(conversation), {
      key: (row) => row.key,
      create: (row) => this.#row(row),
    });
    if (other) {
      this.#showStart();
    } else {
      this.#restore(anchors);
    }
    if (!conversation.reading && !conversation.log.behind && this.#isAtEnd()) {
      this.chat.follow(conversation, true);
    }
    this.#stay();
    this.#drawLatest(conversation);
  }

  #drawStart(conversation) {
    const { log, reading } = conversation;
    const ready = conversation.kind === "direct" || conversation.begun;
    setText(byId("older"), reading ? "Loading…" : "Load older messages");
    if (ready && !log.complete) {
      setShown(byId("older"), true);
    } else {
      hideInFavourOf(this.#log, byId("older"));
    }
    setShown(byId("beginning"), ready && log.complete);
    setText(byId("beginning"), beginning(conversation));
  }

  #drawLatest({ following, unread, log }) {
    const away = !following && (log.behind || !this.#isAtEnd());
    setAttribute(byId("latest"), "data-shown", away ? "" : null);
    byId("latest").tabIndex = away ? 0 : -1;
    setText(byId("latest"), unread > 0 ? `${count(unread, "new message", "new messages")} ↓` : "To the newest ↓");
  }

  /** Opens a conversation where the unread messages begin, or else at its end. */
  #showStart() {
    const unread = this.#rows.querySelector(".unread");
    this.#log.scrollTop = this.#log.scrollHeight;
    if (unread !== null && unread.offsetTop < this.#log.scrollTop) {
      this.#log.scrollTop = unread.offsetTop;
      this.chat.follow(this.#shown, this.#isAtEnd());
    }
    this.#top = this.#log.scrollTop;
  }

  #scrolled() {
    const conversation = this.#shown;
    const up = this.#log.scrollTop < this.#top - 1;
    this.#top = this.#log.scrollTop;
    if (conversation === null) {
      return;
    }
    if (up && !this.#isAtEnd()) {
      this.chat.follow(conversation, false);
    } else if (this.#isAtEnd() && !conversation.following) {
      if (conversation.log.behind) {
        this.chat.readNewer(conversation);
      } else {
        this.chat.follow(conversation, true);
      }
    }
    if (up && this.#top < NEAR && !conversation.log.complete) {
      this.chat.readOlder(conversation);
    }
    this.#drawLatest(conversation);
  }

  #stay() {
    if (this.#shown?.following) {
      this.#log.scrollTop = this.#log.scrollHeight;
      this.#top = this.#log.scrollTop;
    }
  }

  #isAtEnd() {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < NEAR;
  }

  /** The rows the reader sees, and where they stand. */
  #anchors() {
    const { scrollTop, clientHeight } = this.#log;
    return [...this.#rows.children]
      .map((node) => ({ node, from: node.offsetTop - scrollTop, height: node.offsetHeight }))
      .filter(({ from, height }) => from + height > 0 && from < clientHeight);
  }

  /** Puts what the reader sees back to where it stood; not every row need be there any more. */
  #restore(anchors) {
    const anchor = anchors.find(({ node }) => node.isConnected);
    if (anchor !== undefined) {
      this.#log.scrollTop = anchor.node.offsetTop - anchor.from;
      this.#top = this.#log.scrollTop;
    }
  }

  /** @param {import("./timeline.js").Row} row */
  #row(row) {
    switch (row.kind) {
      case "message":
        return this.#message(row);
      case "outgoing":
        return this.#outgoing(row.entry);
      default:
        return element("div", { class: `row ${row.kind}` }, element("p", { text: row.text, dir: "auto" }));
    }
  }

  #message({ message, named }) {
    const own = message.author === this.chat.me;
    return element(
      "div",
      { class: `row message${named ? " named" : ""}${own ? " own" : ""}` },
      who(message.author, own),
      saying(message),
      element("time", {
        datetime: isoTime(message.timestamp),
        title: fullTime(message.timestamp),
        text: clockTime(message.timestamp),
      }),
    );
  }

  #outgoing(entry) {
    const conversation = this.#shown;
    const acts = element("p", { class: "fate" });
    if (entry.state === "failed") {
      acts.append(
        element("span", { text: entry.reason }),
        this.#fate("Send again", () => this.chat.sendAgain(conversation, entry)),
        this.#fate("Remove", () => this.chat.drop(conversation, entry)),
      );
    } else {
      acts.textContent = OUTGOING[entry.state];
    }
    const said = element("div", { class: "said" }, ...foldable(entry.text), acts);
    return element("div", { class: `row message named own outgoing ${entry.state}` }, who(this.chat.me, true), said);
  }

  /** Deciding over a message makes it go away, and the button with it. */
  #fate(label, decide) {
    return button(label, () => {
      byId("text").focus();
      decide();
    });
  }
}

function beginning({ kind, log }) {
  if (kind === "direct") {
    return "Direct messages are not stored: they are here until this window is closed or loaded again.";
  }
  if (log.messages.length === 0) {
    return "Nothing has been said here yet.";
  }
  return log.first === 1 ? "Here the room begins." : "Older messages are not kept.";
}

function who(author, own) {
  if (author === undefined) {
    return element("p", { class: "who" }, element("span", { class: "name server", text: "server" }));
  }
  const name = element("bdi", { class: "name", text: author, title: author, "data-tint": tintOf(author) });
  // People are reached by keyboard through the list of people; here the names would be in the way.
  const link = own ? name : element("a", { href: addressOfUser(author), tabindex: "-1" }, name);
  return element("p", { class: "who" }, link);
}

function saying(message) {
  const { text, data } = readBody(message);
  const parts = text === null ? [] : foldable(text);
  if (data !== null) {
    parts.push(element("pre", { text: data, tabindex: "0", "aria-label": "Message data" }));
  }
  return element("div", { class: "said" }, ...parts);
}

function foldable(text) {
  const paragraph = element("p", { class: "text", dir: "auto" });
  const short = beginningOf(text);
  if (short.length === text.length) {
    paragraph.append(...withLinks(text));
    return [paragraph];
  }
  paragraph.append(...withLinks(`${short}…`));
  const all = button(`Show all ${text.length.toLocaleString()} characters`, () => {
    paragraph.replaceChildren(...withLinks(text));
    all.remove();
  });
  return [paragraph, all];
}

function beginningOf(text) {
  const lines = text.split("\n");
  return lines.slice(0, FOLD_LINES).join("\n").slice(0, FOLD_CHARACTERS);
}

/** The text, with web addresses as links. */
function withLinks(text) {
  return text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]}])/u)
    .map((part, index) =>
      index % 2 === 0
        ? part
        : element("a", { href: part, target: "_blank", rel: "noopener noreferrer nofollow", text: part }),
    );
}
