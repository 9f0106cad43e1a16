import { listNames, spellOut } from "./text.js";

/**
 * What the server says without being asked.
 *
 * @typedef {import("./chat.js").Chat} Chat
 * @type {Record<string, (chat: Chat, ...args: any[]) => void>}
 */
const events = {
  roomMessage: (chat, name, message) => inRoom(chat, name, (room) => chat.receive(room, message)),

  roomUserJoined: (chat, name, user) => inRoom(chat, name, (room) => room.personJoined(user)),

  roomUserLeft: (chat, name, user) =>
    inRoom(chat, name, (room) => {
      if (user !== chat.me) {
        room.personLeft(user);
      }
    }),

  roomAccessListAdded: (chat, name, list, users) =>
    inRoom(chat, name, (room) => {
      if (list === "adminlist") {
        users.forEach((user) => room.admins.add(user));
      }
      room.note(`Put on the ${list}: ${listNames(users)}`);
    }),

  roomAccessListRemoved: (chat, name, list, users) =>
    inRoom(chat, name, (room) => {
      if (list === "adminlist") {
        users.forEach((user) => room.admins.delete(user));
      }
      room.note(`Taken off the ${list}: ${listNames(users)}`);
    }),

  roomModeChanged: (chat, name, whitelistOnly) =>
    inRoom(chat, name, (room) => {
      room.whitelistOnly = whitelistOnly;
      room.note(
        whitelistOnly
          ? "From now on, only people on the whitelist may enter this room."
          : "From now on, everybody who is not on the blacklist may enter this room.",
      );
    }),

  roomAccessRemoved(chat, name) {
    chat.elsewhere.forEach((rooms) => rooms.delete(name));
    inRoom(chat, name, (room) =>
      chat.expelled(room, "You are not in this room any more: it was deleted, or your access was taken away."),
    );
  },

  /** The echo names this very connection when the server itself made it join or leave. */
  roomJoinedEcho(chat, name, id) {
    if (id === chat.connection.id) {
      chat.room(name);
    } else {
      otherConnection(chat, id).add(name);
    }
  },

  roomLeftEcho(chat, name, id) {
    if (id === chat.connection.id) {
      inRoom(chat, name, (room) => chat.expelled(room, "The server took you out of this room."));
    } else {
      otherConnection(chat, id).delete(name);
    }
  },

  socketConnectEcho: (chat, id) => otherConnection(chat, id),

  socketDisconnectEcho: (chat, id) => chat.elsewhere.delete(id),

  directMessage(chat, message) {
    if (typeof message.author === "string") {
      chat.direct(message.author).log.add(message);
    } else {
      chat.noticed.emit(`A message from the server: ${wordsOf(message)}`);
    }
  },

  directMessageEcho: (chat, user, message) => chat.direct(user).log.add(message),

  systemMessage: (chat, data) =>
    chat.noticed.emit(`System message: ${typeof data === "string" ? data : spellOut(data)}`),
};

/** @param {Chat} chat */
export function hear(chat, name, args) {
  if (Object.hasOwn(events, name)) {
    events[name](chat, ...args);
  }
}

function inRoom(chat, name, then) {
  const room = chat.conversations.get(`room:${name}`);
  if (room !== undefined) {
    then(room);
  }
}

function otherConnection(chat, id) {
  if (!chat.elsewhere.has(id)) {
    chat.elsewhere.set(id, new Set());
  }
  return chat.elsewhere.get(id);
}

function wordsOf({ textMessage, ...rest }) {
  return typeof textMessage === "string" ? textMessage : spellOut(rest);
}
