/*
 * A chat client in plain modules. `connection` speaks to the server; `chat` is all that one person sees of it and can
 * do, `conversation` one room or one person, `log` a window on its messages, `reader` keeps that window where it should
 * be, `hearing` takes in what the server says unasked. None of these knows the screen. The views draw them, whole and
 * again whenever something has changed, and touch only what differs. This module puts both together, and keeps the
 * address and the screen in step.
 */

import { addressOf, addressOfRoom, placeIn } from "./address.js";
import { Chat } from "./chat.js";
import { Connection } from "./connection.js";
import { byId, setAttribute, setShown } from "./dom.js";
import { EntryView } from "./entry-view.js";
import { NoticesView } from "./notices-view.js";
import { PeopleView } from "./people-view.js";
import { PlacesView, windowTitle } from "./places-view.js";
import { forget, recall, remember } from "./remember.js";
import { TalkView } from "./talk-view.js";

const DEFAULT_ROOM = "default";

const connection = new Connection(makeSocket);
const chat = new Chat(connection, {
  remembered: Number(told("confab-message-key-time")),
  perUser: Number(told("confab-message-keys-per-user")),
});
const entry = new EntryView(enter);
const notices = new NoticesView();
const views = [new PlacesView(chat, signOut), new TalkView(chat, leave), new PeopleView(chat)];

/** Whether the chat is on the screen, rather than the door. */
let inside = false;
let drawing = false;

chat.changed.on(drawSoon);
chat.noticed.on((text) => notices.show(text));
connection.changed.on(() => {
  if (connection.state === "online") {
    goInside();
  }
});
addEventListener("hashchange", () => inside && follow());
document.addEventListener("visibilitychange", () => chat.attend(!document.hidden));
document.addEventListener("keydown", moveAlong);
addEventListener("pagehide", () => inside && remember(chat));
addEventListener("beforeunload", (event) => chat.unsent && event.preventDefault());

begin();

/** Someone may come with a name in the address, or back from a reload; everybody else is asked. */
function begin() {
  const asked = new URLSearchParams(location.search).get("user");
  const memory = recall();
  const user = asked ?? memory?.user ?? "";
  if (memory?.user === user) {
    memory.places.forEach(reopen);
  }
  if (typeof io === "undefined") {
    notices.show("The chat client could not be loaded from the server. Please load this page again.");
  } else if (user === "") {
    openDoor("");
  } else {
    connection.open(user);
    goInside();
  }
}

function enter(name, room) {
  if (placeIn(location.hash)?.name !== room) {
    location.hash = addressOfRoom(room);
  }
  connection.open(name);
}

function goInside() {
  if (!inside) {
    inside = true;
    entry.close();
    setShown(byId("inside"), true);
    if (placeIn(location.hash) === null && chat.conversations.size === 0) {
      location.replace(addressOfRoom(DEFAULT_ROOM));
    }
    follow();
  }
}

function openDoor(name) {
  inside = false;
  setShown(byId("inside"), false);
  const place = placeIn(location.hash);
  entry.open(name, place?.kind === "room" ? place.name : DEFAULT_ROOM);
  drawSoon();
}

function signOut() {
  chat.signOut();
  forget();
  history.replaceState(null, "", location.pathname);
  openDoor("");
}

/** Goes where the address points. */
function follow() {
  const place = placeIn(location.hash);
  chat.show(place === null ? null : conversationAt(place));
}

function conversationAt({ kind, name }) {
  return kind === "room" ? chat.room(name) : chat.direct(name);
}

function reopen({ kind, name, draft }) {
  conversationAt({ kind, name }).draft = draft;
}

function leave(conversation) {
  const all = chat.inOrder;
  const index = all.indexOf(conversation);
  const next = all[index + 1] ?? all[index - 1];
  chat.close(conversation);
  location.replace(next === undefined ? "#" : addressOf(next));
}

/** Alt with an arrow key goes to the conversation above or below. */
function moveAlong(event) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (inside && event.altKey && step !== undefined) {
    const all = chat.inOrder;
    const next = all.at((all.indexOf(chat.current) + step) % all.length);
    if (next !== undefined) {
      event.preventDefault();
      location.hash = addressOf(next);
    }
  }
}

/** Draws once for all that changes at a time. A hidden window gets no animation frames, but its title matters. */
function drawSoon() {
  if (!drawing) {
    drawing = true;
    setTimeout(draw, document.hidden ? 200 : 10);
  }
}

function draw() {
  drawing = false;
  if (inside && connection.state === "ended" && !connection.admitted) {
    openDoor(connection.user);
  }
  entry.draw(connection);
  document.title = inside ? windowTitle(chat) : "Confab";
  setAttribute(document.body, "data-pane", chat.current === null ? "list" : "talk");
  if (inside) {
    views.forEach((view) => view.draw());
    remember(chat);
  }
}

function makeSocket(user) {
  return io(told("confab-namespace"), {
    path: new URL("socket.io/", document.baseURI).pathname,
    auth: { user },
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    autoConnect: false,
    forceNew: true,
  });
}

/** What the server has written into the page. */
function told(name) {
  return document.querySelector(`meta[name="${name}"]`).content;
}
