import { byId, setShown, setText } from "./dom.js";

/** The door: a name, a room, and what stands in the way. */
export class EntryView {
  #name = byId("entry-name");
  #room = byId("entry-room");

  /** @param {(name: string, room: string) => void} enter */
  constructor(enter) {
    byId("entry-form").addEventListener("submit", (event) => {
      event.preventDefault();
      enter(this.#name.value.trim(), this.#room.value.trim());
    });
  }

  /** Opens the door with what is known already. */
  open(name, room) {
    this.#name.value = name;
    this.#room.value = room;
    setShown(byId("entry"), true);
    const first = name === "" || room !== "" ? this.#name : this.#room;
    first.focus();
    first.select();
  }

  close() {
    setShown(byId("entry"), false);
  }

  /** @param {import("./connection.js").Connection} connection */
  draw({ state, reason }) {
    const waiting = state === "connecting";
    byId("entry-go").disabled = waiting;
    setText(byId("entry-go"), waiting ? "Connecting…" : "Enter");
    setText(byId("entry-problem"), problem(state, reason));
  }
}

function problem(state, reason) {
  if (state === "offline") {
    return "The server cannot be reached. This page keeps trying.";
  }
  return state === "ended" ? reason : "";
}
