const TINTS = 8;

/** One of a few colours, always the same for the same name. */
export function tintOf(name) {
  let hash = 0;
  for (const character of name) {
    hash = (hash * 31 + character.codePointAt(0)) % 65_521;
  }
  return String(hash % TINTS);
}
