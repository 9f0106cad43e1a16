/**
 * The server's errors, in either of the two forms it may be set to send: a string such as
 * `ChatServiceError: No such room default`, or an object `{name, code, args}`.
 */

const PREFIX = "ChatServiceError: ";

/** The beginnings of the texts in which the string form hides its code. */
const CODES = [
  ["No such room ", "noRoom"],
  ["No such user online ", "noUserOnline"],
  ["No such user ", "noUser"],
  ["Action is not allowed", "notAllowed"],
  ["Not joined to room ", "notJoined"],
  ["No login provided", "noLogin"],
  ["Server operation timeout", "timeout"],
  ["Bad argument at position ", "badArgument"],
  ["Room ", "roomExists"],
  ["String ", "invalidName"],
];

const SENTENCES = {
  noRoom: "There is no such room.",
  noUser: "The server does not know anybody of that name.",
  noUserOnline: "Nobody of that name is online right now.",
  notAllowed: "The server does not allow this.",
  notJoined: "You are not in this room.",
  noLogin: "The server asks for a name.",
  timeout: "The server took too long. Please try again.",
  badArgument: "The server does not accept this.",
  roomExists: "This room exists already.",
  invalidName: "This name cannot be used: control characters and : { } are not allowed in names.",
  internalError: "Something went wrong inside the server.",
};

/** The server answered a request, and its answer is no. */
export class Refusal extends Error {
  /**
   * @param {string} code the contract's word for it, or "other"
   * @param {string} text a sentence for people
   */
  constructor(code, text) {
    super(text);
    this.code = code;
  }
}

/** There was no answer: no connection, a connection that broke, or a server that stays silent. */
export class NoAnswer extends Error {}

/** @returns {Refusal} */
export function refusalFrom(raw) {
  if (raw !== null && typeof raw === "object" && typeof raw.code === "string") {
    return new Refusal(raw.code, SENTENCES[raw.code] ?? wordsOf(raw));
  }
  const text = typeof raw === "string" ? raw : (JSON.stringify(raw) ?? String(raw));
  if (!text.startsWith(PREFIX)) {
    return new Refusal("other", text);
  }
  const words = text.slice(PREFIX.length);
  const code = CODES.find(([beginning]) => words.startsWith(beginning))?.[1] ?? "other";
  return new Refusal(code, SENTENCES[code] ?? words);
}

function wordsOf({ code, args }) {
  const details = Array.isArray(args) ? args.map((value) => JSON.stringify(value)).join(", ") : "";
  return details === "" ? code : `${code} (${details})`;
}
