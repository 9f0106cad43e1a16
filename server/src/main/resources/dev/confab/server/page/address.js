/**
 * Where in the chat the page's address points: `#room=default` is a room, `#user=ann` a conversation with a person.
 * Everything that leads somewhere in this page is a link to such an address, so the browser's own history works.
 */

const KINDS = { room: "room", user: "direct" };

/** @returns {{kind: "room" | "direct", name: string} | null} */
export function placeIn(hash) {
  const [, word, encoded] = /^#(room|user)=(.+)$/s.exec(hash) ?? [];
  return word === undefined ? null : { kind: KINDS[word], name: decoded(encoded) };
}

export function addressOfRoom(name) {
  return `#room=${encodeURIComponent(name)}`;
}

export function addressOfUser(name) {
  return `#user=${encodeURIComponent(name)}`;
}

/** @param {{kind: "room" | "direct", name: string}} place */
export function addressOf({ kind, name }) {
  return kind === "room" ? addressOfRoom(name) : addressOfUser(name);
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
