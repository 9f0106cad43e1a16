/**
 * What a window remembers when it is loaded again: who it was, and what it had open. Each window remembers for itself,
 * so that two windows of one browser can be two people.
 */

const KEY = "confab";

/**
 * @typedef {object} Memory
 * @property {string} user
 * @property {{kind: "room" | "direct", name: string, draft: string}[]} places
 */

/** @returns {Memory | null} */
export function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
}

/** @param {import("./chat.js").Chat} chat */
export function remember(chat) {
  const places = [...chat.conversations.values()].map(({ kind, name, draft }) => ({ kind, name, draft }));
  store(() => sessionStorage.setItem(KEY, JSON.stringify({ user: chat.me, places })));
}

export function forget() {
  store(() => sessionStorage.removeItem(KEY));
}

/** A browser may be set to keep nothing. Then the page is as good as new after each load. */
function store(act) {
  try {
    act();
  } catch {
    // Nothing is lost but a convenience.
  }
}
