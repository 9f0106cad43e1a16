/**
 * A chat client for the terminal that misses nothing and says nothing twice, however often its connection breaks.
 *
 *   npm install socket.io-client
 *   node resuming-client.mjs http://127.0.0.1:8000 ann default
 *
 * Says each line of its input in the room, prints what is said there, and leaves when all of its input is said.
 */
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

const [url = "http://127.0.0.1:8000", user = "ann", room = "default"] = process.argv.slice(2);

/** How much of what was said before is printed at first. */
const RECENT = 20;
/** The server knows the key of a message for five minutes. What is sent again has to arrive by then. */
const REPEATABLE_MS = 4 * 60_000;

/** How far we have read: the epoch of the room's log, and the last id that was printed. */
let position = null;
/** Messages behind a gap that the history has to fill first, by id. */
const ahead = new Map();
/** What we want to say, in order; the first of it may be on its way. */
const unsaid = [];
let joined = false;
let speaking = false;
let inputEnded = false;

const socket = io(`${url}/chat-service`, { auth: { user }, transports: ["websocket"] });
socket.on("loginConfirmed", join);
socket.on("loginRejected", (error) => giveUp("refused:", error));
socket.on("roomMessage", (name, message) => hear(message));
socket.on("roomAccessRemoved", () => giveUp("not in this room any more"));
socket.on("disconnect", (reason) => {
  joined = speaking = false;
  remark(socket.active ? "connection lost:" : "connection ended:", reason);
  if (!socket.active) {
    process.exit(inputEnded ? 0 : 1);
  }
});

const input = createInterface({ input: process.stdin });
input.on("line", (text) => {
  unsaid.push({ text, key: randomUUID(), tried: null });
  speak();
});
input.on("close", () => {
  inputEnded = true;
  speak();
});

/** Comes to the room for the first time, or back to it: what was missed then comes before the answer. */
function join() {
  socket.emit("roomJoin", room, { since: position }, (error, _, log) => {
    if (error !== null) {
      giveUp("cannot join:", error);
    }
    if (position?.epoch !== log.epoch) {
      remark(position === null ? "joined" : "this room was created anew");
      position = { epoch: log.epoch, id: Math.max(log.firstMessageId - 1, log.lastMessageId - RECENT) };
      ahead.clear();
    }
    joined = true;
    readOn(log.lastMessageId);
    speak();
  });
}

/** Reads the history where the join has not brought it: at first, in a new log, and where too much was missed. */
async function readOn(last) {
  while (socket.connected && position.id < last) {
    const page = await ask("roomHistoryGet", room, position.id, 100).catch(() => []);
    page.sort((a, b) => a.id - b.id);
    const next = page[0]?.id ?? last + 1;
    if (next > position.id + 1) {
      remark(`${next - position.id - 1} messages are missing here`);
      position.id = next - 1;
    }
    page.forEach(hear);
  }
}

/** Prints a message once all before it are printed. */
function hear(message) {
  if (message.id > position.id) {
    ahead.set(message.id, message);
  }
  for (let next; (next = ahead.get(position.id + 1)) !== undefined; position.id++) {
    console.log(`${next.id} ${next.author ?? "server"}: ${next.textMessage}`);
    ahead.delete(next.id);
  }
}

/** Says one thing after the other. What was not answered is said again under its key, and published once. */
async function speak() {
  while (joined && !speaking && unsaid.length > 0) {
    speaking = true;
    const message = unsaid[0];
    message.tried ??= Date.now();
    const { text, key, tried } = message;
    if (Date.now() - tried > REPEATABLE_MS) {
      remark(`this may not have been heard: ${text}`);
    } else {
      await ask("roomMessage", room, { textMessage: text }, { key }).catch((error) => remark("not said:", text, error));
    }
    unsaid.shift();
    speaking = false;
  }
  if (inputEnded && joined && unsaid.length === 0) {
    socket.disconnect();
  }
}

/** Asks for something. Where the connection breaks this is never answered, and `join` takes up the thread. */
function ask(command, ...args) {
  return new Promise((resolve, reject) => {
    socket.emit(command, ...args, (error, result) => (error === null ? resolve(result) : reject(error)));
  });
}

function remark(...words) {
  console.error("--", ...words);
}

function giveUp(...why) {
  remark(...why);
  process.exit(1);
}
