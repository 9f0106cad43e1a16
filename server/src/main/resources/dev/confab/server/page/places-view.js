import { addressOf, addressOfRoom, addressOfUser } from "./address.js";
import { byId, element, reconcile, setAttribute, setShown, setText } from "./dom.js";
import { count, isolate } from "./text.js";

const STATES = {
  idle: "Signed out",
  connecting: "Connecting…",
  online: "Online",
  offline: "Offline",
  ended: "Signed out by the server",
};

const TROUBLES = { refused: "not entered", closed: "no access" };

/** The list of conversations, and who the user is. */
export class PlacesView {
  /**
   * @param {import("./chat.js").Chat} chat
   * @param {() => void} signOut
   */
  constructor(chat, signOut) {
    this.chat = chat;
    byId("sign-out").addEventListener("click", signOut);
    listen("open-room", "open-room-name", addressOfRoom);
    listen("open-direct", "open-direct-name", addressOfUser);
  }

  draw() {
    const all = this.chat.inOrder;
    this.#list(
      "rooms",
      all.filter(({ kind }) => kind === "room"),
    );
    this.#list(
      "directs",
      all.filter(({ kind }) => kind === "direct"),
    );
    this.#drawElsewhere();
    this.#drawMe();
  }

  #list(id, conversations) {
    reconcile(byId(id), conversations, {
      key: ({ key }) => key,
      create: placeItem,
      update: (item, conversation) => this.#update(item, conversation),
    });
  }

  #update(item, conversation) {
    const { unread, state } = conversation;
    const link = item.querySelector("a");
    setAttribute(link, "aria-current", conversation === this.chat.current ? "page" : null);
    setAttribute(link, "data-unread", unread > 0 ? "" : null);
    const badge = item.querySelector(".badge");
    setText(badge, unread > 999 ? "999+" : unread > 0 ? String(unread) : "");
    setText(item.querySelector(".trouble"), TROUBLES[state] ?? "");
    setText(
      item.querySelector(".visually-hidden"),
      unread > 0 ? `, ${count(unread, "new message", "new messages")}` : "",
    );
  }

  #drawElsewhere() {
    const rooms = this.chat.roomsElsewhere;
    setShown(byId("elsewhere-section"), rooms.length > 0);
    reconcile(byId("elsewhere"), rooms, {
      key: (name) => name,
      create: (name) => placeItem({ kind: "room", name }),
    });
  }

  #drawMe() {
    const { me, connection, elsewhere } = this.chat;
    setText(byId("me-name"), me);
    setAttribute(byId("me-state"), "data-state", connection.state);
    const windows = elsewhere.size === 0 ? "" : ` · ${elsewhere.size + 1} windows`;
    setText(byId("me-state"), STATES[connection.state] + windows);
  }
}

function listen(form, input, address) {
  byId(form).addEventListener("submit", (event) => {
    event.preventDefault();
    const name = byId(input).value.trim();
    if (name !== "") {
      byId(input).value = "";
      location.hash = address(name);
    }
  });
}

function placeItem(place) {
  const sign = element("span", { class: "sign", "aria-hidden": "true", text: place.kind === "room" ? "#" : "@" });
  return element(
    "li",
    {},
    element(
      "a",
      { href: addressOf(place) },
      sign,
      element("bdi", { class: "name", text: place.name }),
      element("span", { class: "trouble" }),
      element("span", { class: "badge", "aria-hidden": "true" }),
      element("span", { class: "visually-hidden" }),
    ),
  );
}

/** What a conversation is called in the window's title. */
export function windowTitle(chat) {
  const place =
    chat.current === null ? "" : `${chat.current.kind === "room" ? "# " : ""}${isolate(chat.current.name)} – `;
  return `${chat.unread > 0 ? `(${chat.unread}) ` : ""}${place}Confab`;
}
