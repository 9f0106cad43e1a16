/** Tells any number of listeners that something happened. */
export class Signal {
  #listeners = new Set();

  on(listener) {
    this.#listeners.add(listener);
  }

  emit(...details) {
    for (const listener of [...this.#listeners]) {
      listener(...details);
    }
  }
}
