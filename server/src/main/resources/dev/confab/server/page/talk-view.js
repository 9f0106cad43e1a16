import { byId, hideInFavourOf, setAttribute, setShown, setText } from "./dom.js";
import { LogView } from "./log-view.js";
import { titleOf } from "./conversation.js";
import { isolate } from "./text.js";
import { tintOf } from "./tint.js";

/** On a touch screen, focus would bring up the keyboard over what is to be read. */
const TOUCH = matchMedia("(pointer: coarse)");

/** The current conversation: its head, its messages, and the box to write in. */
export class TalkView {
  #log;
  #text = byId("text");
  #shown = null;

  /**
   * @param {import("./chat.js").Chat} chat
   * @param {(conversation: object) => void} leave
   */
  constructor(chat, leave) {
    this.chat = chat;
    this.#log = new LogView(chat);
    byId("leave").addEventListener("click", () => leave(chat.current));
    byId("retry").addEventListener("click", () => chat.connection.retry());
    byId("barred-again").addEventListener("click", () => chat.enter(chat.current));
    byId("barred-create").addEventListener("click", () => chat.create(chat.current));
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    byId("skip").addEventListener("click", (event) => {
      event.preventDefault();
      this.#text.focus();
    });
    this.#text.addEventListener("keydown", (event) => this.#key(event));
    this.#text.addEventListener("input", () => this.#typed());
  }

  draw() {
    const conversation = this.chat.current;
    this.#drawLink();
    setAttribute(byId("talk"), "data-bare", isBare(conversation) ? "" : null);
    if (conversation === null) {
      this.#shown = null;
      setText(byId("talk-title"), "No conversation open");
      setText(byId("talk-about"), "Open a room, or write to a person.");
      hideInFavourOf(byId("open-room-name"), byId("leave"), byId("composer"), byId("barred"));
      return;
    }
    setText(byId("talk-title"), titleOf(conversation));
    setText(byId("talk-about"), about(conversation, this.chat.online));
    setShown(byId("leave"), true);
    setText(byId("leave"), conversation.kind === "room" && !conversation.barred ? "Leave" : "Close");
    setAttribute(byId("log"), "aria-label", `Messages in ${titleOf(conversation)}`);
    this.#drawComposer(conversation);
    this.#log.draw(conversation);
  }

  #drawComposer(conversation) {
    const { barred } = conversation;
    setShown(byId(barred ? "barred" : "composer"), true);
    if (barred) {
      setText(byId("barred-text"), barredText(conversation));
      setShown(byId("barred-create"), conversation.refusal.code === "noRoom");
      hideInFavourOf(byId("barred-again"), byId("composer"));
    } else {
      hideInFavourOf(this.#text, byId("barred"));
    }
    if (this.#shown !== conversation) {
      this.#shown = conversation;
      setText(byId("composer-name"), this.chat.me);
      setAttribute(byId("composer-name"), "data-tint", tintOf(this.chat.me));
      setText(byId("text-label"), `Message to ${titleOf(conversation)}`);
      this.#text.placeholder = `Message to ${titleOf(conversation)}`;
      this.#text.value = conversation.draft;
      this.#grow();
      setText(byId("text-problem"), "");
      if (!TOUCH.matches && !barred) {
        this.#text.focus();
      }
    }
  }

  #drawLink() {
    const { state, reason } = this.chat.connection;
    const text = {
      connecting: "Connecting…",
      offline: "No connection. What you send waits here until it is back.",
      ended: reason,
    };
    setAttribute(byId("link-status"), "data-state", state);
    setText(byId("link-text"), text[state] ?? "");
    setText(byId("retry"), state === "ended" ? "Connect again" : "Try now");
    if (state === "offline" || state === "ended") {
      setShown(byId("retry"), true);
    } else if (state === "online") {
      hideInFavourOf(this.#text, byId("retry"));
    }
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#send();
    }
  }

  #typed() {
    this.chat.current.draft = this.#text.value;
    this.#grow();
    setText(byId("text-problem"), "");
  }

  #send() {
    const text = this.#text.value;
    if (text.trim() === "") {
      return;
    }
    const problem = this.chat.send(this.chat.current, text);
    setText(byId("text-problem"), problem ?? "");
    if (problem === null) {
      this.chat.current.draft = "";
      this.#text.value = "";
      this.#grow();
    }
    this.#text.focus();
  }

  #grow() {
    this.#text.rows = Math.min(8, this.#text.value.split("\n").length);
  }
}

/** Nothing to show but a sentence. */
function isBare(conversation) {
  return conversation === null || (conversation.barred && conversation.log.messages.length === 0);
}

function about({ kind, state, whitelistOnly }, online) {
  if (kind === "direct") {
    return "Direct messages";
  }
  switch (state) {
    case "waiting":
      return online ? "" : "Waiting for the connection";
    case "entering":
      return "Entering…";
    case "open":
      return whitelistOnly ? "Open to people on its whitelist" : "Open to everybody";
    default:
      return "Not in this room";
  }
}

function barredText({ name, refusal }) {
  if (refusal.code === "noRoom") {
    return `There is no room “${isolate(name)}” on this server.`;
  }
  if (refusal.code === "notAllowed") {
    return `You are not allowed to enter “${isolate(name)}”.`;
  }
  return refusal.message;
}
