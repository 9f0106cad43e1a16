import { dayName, isSameDay, listNames } from "./text.js";

/** Messages of one author that follow each other within this time stand under one name. */
const SAME_BREATH_MS = 5 * 60 * 1000;

/**
 * @typedef {object} Row one line of what a conversation shows; a row with the same key looks the same
 * @property {string} key
 * @property {"day" | "unread" | "gap" | "note" | "message" | "outgoing"} kind
 * @property {string} [text]
 * @property {import("./log.js").Message} [message]
 * @property {boolean} [named] whether the author's name is shown
 * @property {import("./outbox.js").Entry} [entry]
 */

/**
 * The rows of a conversation from top to bottom.
 *
 * @param {import("./conversation.js").Room | import("./conversation.js").Direct} conversation
 * @returns {Row[]}
 */
export function timeline({ log, notes, outbox, newSince }) {
  const rows = [];
  const remaining = notes.filter(({ after }) => log.complete || after >= log.first - 1);
  let before = null;
  for (const message of log.messages) {
    const between = [];
    while (remaining.length > 0 && remaining[0].after < message.id) {
      between.push(noteRow(remaining.shift()));
    }
    between.push(...separators(before, message, newSince));
    const named = between.length > 0 || !inOneBreath(before, message);
    rows.push(...between, { key: `message ${log.generation} ${message.id} ${named}`, kind: "message", message, named });
    before = message;
  }
  rows.push(...remaining.map(noteRow));
  rows.push(...outbox.missingFrom(log.last).map(outgoingRow));
  return rows;
}

function separators(before, message, newSince) {
  const rows = [];
  const missing = before === null ? 0 : message.id - before.id - 1;
  if (missing > 0) {
    rows.push({ key: `gap ${message.id}`, kind: "gap", text: gapText(missing) });
  }
  if (before === null || !isSameDay(before.timestamp, message.timestamp)) {
    const day = dayName(message.timestamp);
    rows.push({ key: `day ${message.id} ${day}`, kind: "day", text: day });
  }
  if (newSince !== null && message.id > newSince && (before === null || before.id <= newSince)) {
    rows.push({ key: `unread ${newSince}`, kind: "unread", text: "New" });
  }
  return rows;
}

function gapText(missing) {
  return missing === 1
    ? "A message that stood here is not kept any more"
    : `${missing.toLocaleString()} messages that stood here are not kept any more`;
}

function inOneBreath(previous, message) {
  return previous.author === message.author && message.timestamp - previous.timestamp < SAME_BREATH_MS;
}

/** @param {import("./conversation.js").Note} note */
function noteRow({ key, text, people }) {
  const words = people === undefined ? text : comingsAndGoings(people);
  return { key: `note ${key} ${words}`, kind: "note", text: words };
}

function comingsAndGoings(people) {
  const who = (what) => [...people].filter(([, did]) => did === what).map(([user]) => user);
  return ["joined", "left"]
    .filter((what) => who(what).length > 0)
    .map((what) => `${listNames(who(what))} ${what}`)
    .join("; ");
}

function outgoingRow(entry) {
  return { key: `outgoing ${entry.key} ${entry.state}`, kind: "outgoing", entry };
}
