/** How things read: names, times, and message bodies of any shape. */

const LONGEST_DUMP = 20_000;
const SHOWN_BYTES = 24;

const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const date = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** Keeps the writing direction of a name from spilling into the sentence around it. */
export function isolate(name) {
  return `\u2068${name}\u2069`;
}

export function count(number, one, many) {
  return `${number.toLocaleString()} ${number === 1 ? one : many}`;
}

/** "ann", "ann and ben", "ann, ben and 7 others" */
export function listNames(names, most = 5) {
  const shown = names.slice(0, names.length > most ? most - 1 : most).map(isolate);
  const others = names.length - shown.length;
  const parts = others > 0 ? [...shown, `${others} others`] : shown;
  return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

export function clockTime(timestamp) {
  return isTime(timestamp) ? clock.format(timestamp) : "";
}

export function fullTime(timestamp) {
  return isTime(timestamp) ? full.format(timestamp) : "";
}

export function isoTime(timestamp) {
  return isTime(timestamp) ? new Date(timestamp).toISOString() : "";
}

export function isSameDay(timestamp, other) {
  return new Date(timestamp).toDateString() === new Date(other).toDateString();
}

/** The day a message belongs to, as people call it. */
export function dayName(timestamp, now = new Date()) {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (!isTime(timestamp)) {
    return "";
  }
  if (isSameDay(timestamp, now)) {
    return "Today";
  }
  return isSameDay(timestamp, yesterday) ? "Yesterday" : date.format(timestamp);
}

function isTime(timestamp) {
  return Number.isFinite(timestamp) && Math.abs(timestamp) <= 8.64e15;
}

/**
 * What there is to read in a message: its text, and whatever else it holds, spelled out.
 *
 * @returns {{text: string | null, data: string | null}}
 */
export function readBody({ author, timestamp, id, textMessage, ...rest }) {
  const hasText = typeof textMessage === "string";
  const other = hasText || textMessage === undefined ? rest : { textMessage, ...rest };
  const empty = Object.keys(other).length === 0;
  return { text: hasText ? textMessage : null, data: hasText && empty ? null : spellOut(other) };
}

/** Any value the service can carry, as readable text. */
export function spellOut(value) {
  try {
    const text = JSON.stringify(value, (key, inner) => describeBytes(inner), 2) ?? String(value);
    return text.length > LONGEST_DUMP ? `${text.slice(0, LONGEST_DUMP)}\n…` : text;
  } catch {
    return "(nested too deeply to be shown)";
  }
}

function describeBytes(value) {
  if (value instanceof Blob) {
    return `<${count(value.size, "byte", "bytes")}>`;
  }
  if (!(value instanceof ArrayBuffer) && !ArrayBuffer.isView(value)) {
    return value;
  }
  const bytes = ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
  const shown = [...bytes.subarray(0, SHOWN_BYTES)].map((byte) => byte.toString(16).padStart(2, "0"));
  const more = bytes.length > SHOWN_BYTES ? " …" : "";
  return `<${count(bytes.length, "byte", "bytes")}: ${shown.join(" ")}${more}>`;
}
