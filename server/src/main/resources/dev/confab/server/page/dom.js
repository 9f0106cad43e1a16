/** The few ways in which this page makes and changes elements. Text only ever enters it as text. */

/**
 * @param {string} tag
 * @param {Record<string, unknown>} [properties] `class`, `text`, `on` (listeners by event), anything else an attribute
 * @param {(Node | string)[]} children
 */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "text") {
      node.textContent = value;
    } else if (name === "on") {
      Object.entries(value).forEach(([event, listener]) => node.addEventListener(event, listener));
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children);
  return node;
}

export function button(label, act, properties = {}) {
  return element("button", { type: "button", text: label, on: { click: act }, ...properties });
}

/** @returns {HTMLElement} */
export function byId(id) {
  return document.getElementById(id);
}

export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

export function setShown(node, shown) {
  if (node.hidden === shown) {
    node.hidden = !shown;
  }
}

/** Hides a part of the page; whoever was using it goes on with another. */
export function hideInFavourOf(other, ...parts) {
  const used = parts.some((part) => !part.hidden && part.contains(document.activeElement));
  parts.forEach((part) => setShown(part, false));
  if (used) {
    other.focus();
  }
}

export function setAttribute(node, name, value) {
  if (value === null) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== value) {
    node.setAttribute(name, value);
  }
}

const keys = new WeakMap();

/**
 * Makes the children of `parent` show `items`, in order, and touches only what differs: an element stays the same as
 * long as its item's key does, and so keeps focus and selection.
 *
 * @template T
 * @param {Element} parent
 * @param {T[]} items
 * @param {{key: (item: T) => string, create: (item: T) => Element, update?: (node: Element, item: T) => void}} how
 */
export function reconcile(parent, items, { key, create, update = () => {} }) {
  const wanted = new Set(items.map(key));
  const present = new Map();
  for (const node of [...parent.children]) {
    if (wanted.has(keys.get(node))) {
      present.set(keys.get(node), node);
    } else {
      node.remove();
    }
  }
  let next = parent.firstElementChild;
  for (const item of items) {
    const node = present.get(key(item)) ?? create(item);
    keys.set(node, key(item));
    update(node, item);
    if (node === next) {
      next = next.nextElementSibling;
    } else {
      parent.insertBefore(node, next);
    }
  }
}
