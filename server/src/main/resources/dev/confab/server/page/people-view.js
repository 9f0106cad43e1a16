import { addressOfUser } from "./address.js";
import { byId, element, reconcile, setAttribute, setShown, setText } from "./dom.js";
import { count } from "./text.js";
import { tintOf } from "./tint.js";

/** More names than this are no use on a screen. */
const MOST = 300;
const WIDE = matchMedia("(min-width: 70rem)");

/** Who is in the room. Beside the messages where there is space, over them where there is not. */
export class PeopleView {
  #wanted = WIDE.matches;
  #panel = byId("people");
  #toggle = byId("people-toggle");

  /** @param {import("./chat.js").Chat} chat */
  constructor(chat) {
    this.chat = chat;
    this.#toggle.addEventListener("click", () => this.#open(!this.#wanted));
    byId("people-close").addEventListener("click", () => this.#open(false));
    this.#panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        this.#open(false);
      }
    });
    byId("people-list").addEventListener("click", () => {
      this.#wanted = WIDE.matches;
    });
    WIDE.addEventListener("change", () => {
      this.#wanted = WIDE.matches;
      this.draw();
    });
  }

  draw() {
    const room = withPeople(this.chat.current);
    const known = room !== null && room.peopleKnown;
    const shown = room !== null && this.#wanted;
    setShown(this.#toggle, room !== null);
    setShown(this.#panel, shown);
    setAttribute(this.#toggle, "aria-expanded", String(shown));
    setText(this.#toggle, known ? count(room.people.size, "person", "people") : "People");
    if (shown) {
      this.#drawList(room, known);
    }
  }

  #drawList(room, known) {
    setText(byId("people-title"), known ? count(room.people.size, "person here", "people here") : "People here");
    const names = [...room.people].sort((a, b) => a.localeCompare(b));
    reconcile(byId("people-list"), names.slice(0, MOST), {
      key: (name) => `${name} ${this.#role(room, name)}`,
      create: (name) => this.#person(room, name),
    });
    setText(byId("people-note"), note(room, names.length));
  }

  #person(room, name) {
    const label = element("bdi", { class: "name", text: name, "data-tint": tintOf(name) });
    const own = name === this.chat.me;
    const link = own ? label : element("a", { href: addressOfUser(name), title: "Write a direct message" }, label);
    return element("li", {}, link, element("span", { class: "role", text: this.#role(room, name) }));
  }

  #role({ owner, admins }, name) {
    const roles = [name === this.chat.me && "you", name === owner ? "owner" : admins.has(name) && "admin"];
    return roles.filter(Boolean).join(", ");
  }

  #open(open) {
    this.#wanted = open;
    if (open && !this.chat.current.announcesPeople) {
      this.chat.readPeople(this.chat.current);
    }
    this.draw();
    (open ? byId("people-title") : this.#toggle).focus();
  }
}

function note({ announcesPeople, peopleKnown }, size) {
  if (size > MOST) {
    return `and ${(size - MOST).toLocaleString()} more`;
  }
  return peopleKnown && !announcesPeople
    ? "This room does not tell who comes and goes. The list is as old as this panel."
    : "";
}

/** The room whose people there are to be shown, if any: not one that the user is kept out of. */
function withPeople(conversation) {
  return conversation?.kind === "room" && !conversation.barred ? conversation : null;
}
