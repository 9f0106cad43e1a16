import assert from "node:assert/strict";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { eventually } from "../eventually.mjs";

const PATIENCE_MS = 30_000;

const SWITCHES = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launch(executablePath) {
  return chromium.launch({ executablePath, args: SWITCHES });
}

/** The windows that one scenario opens, and everything these complain about. */
export class Browser {
  windows = [];
  problems = [];
  #chromium;
  #settings;
  #contexts = [];

  constructor(chromium, settings) {
    this.#chromium = chromium;
    this.#settings = settings;
  }

  /** A window that shares nothing with the others. */
  async window({ at = this.#settings.open, user, room = "default", address, lossExpected, ...look } = {}) {
    const context = await this.#chromium.newContext({ viewport: { width: 1280, height: 800 }, ...look });
    this.#contexts.push(context);
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
        console.error(`content security policy: ${violatedDirective} ${blockedURI}`),
      );
    });
    const place = address ?? `?user=${encodeURIComponent(user)}#room=${encodeURIComponent(room)}`;
    return this.#tab(context, at, place, lossExpected);
  }

  /** Another tab in the browser of a window. */
  async tab(window, user, room = "default") {
    return this.#tab(window.page.context(), window.at, `?user=${user}#room=${room}`);
  }

  async #tab(context, at, address, lossExpected = false) {
    const page = await context.newPage();
    const window = new Window(page, at, this.#settings.screenshots);
    window.lossExpected = lossExpected;
    this.windows.push(window);
    page.on("pageerror", (error) => this.problems.push(error.stack));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && !window.isExcused(message.text())) {
        this.problems.push(message.text());
      }
    });
    page.on("dialog", (dialog) => dialog.accept());
    await page.goto(at + address);
    return window;
  }

  async expectNoProblems() {
    assert.deepEqual(this.problems, [], "errors in the console");
  }

  async shootAll(name) {
    for (const [index, window] of this.windows.entries()) {
      await window.shoot(`${name} ${index + 1}`).catch(() => {});
    }
  }

  async close() {
    await Promise.all(this.#contexts.map((context) => context.close()));
  }
}

/** One window of the page, seen the way a person sees it. */
export class Window {
  /** While true, the browser may complain that it cannot reach the server. */
  lossExpected = false;

  constructor(page, at, screenshots) {
    this.page = page;
    this.at = at;
    this.screenshots = screenshots;
  }

  isExcused(complaint) {
    return this.lossExpected && /WebSocket connection|Failed to load resource/.test(complaint);
  }

  find(selector, text) {
    return this.page.locator(selector, text === undefined ? {} : { hasText: text });
  }

  async say(text) {
    await this.find("#text").fill(text);
    await this.find("#text").press("Enter");
  }

  /** Waits until these texts, and no others, are the last that are shown, in this order. */
  async reads(...texts) {
    await eventually(async () => assert.deepEqual((await this.texts()).slice(-texts.length), texts), "messages shown");
  }

  /** Waits until these texts, and no others, are all that is shown. */
  async readsOnly(...texts) {
    await eventually(async () => assert.deepEqual(await this.texts(), texts), "messages shown");
  }

  /** The messages of the log; what was sent and is not in the log yet is not among them. */
  texts() {
    return this.find(".message:not(.outgoing) .text").allTextContents();
  }

  notes() {
    return this.find(".row.note p").allTextContents();
  }

  async shows(selector, text) {
    await this.find(selector, text).first().waitFor();
  }

  async hides(selector, text) {
    await this.find(selector, text).first().waitFor({ state: "hidden" });
  }

  /** Goes to a place by its address. */
  async go(hash) {
    await this.page.evaluate((target) => (location.hash = target), hash);
    await this.arrives(hash);
  }

  /** Goes to a place that is in the list. */
  async choose(hash) {
    await this.find(`#places a[href="${hash}"]`).click();
    await this.arrives(hash);
  }

  async arrives(hash) {
    await this.find(`#places a[href="${hash}"][aria-current]`).waitFor({ state: "attached" });
  }

  async online() {
    await this.find('#me-state[data-state="online"]').waitFor({ state: "attached" });
  }

  /** Waits until the window is in its room, and has read what was said there. */
  async entered() {
    await this.online();
    await this.shows("#talk-about", "Open to");
    await this.find("#log-start :is(#older, #beginning):not([hidden])").first().waitFor();
    return this;
  }

  async leave() {
    await this.find("#leave").click();
  }

  async shoot(name) {
    await this.page.screenshot({ path: join(this.screenshots, `${name.replace(/\W+/g, "-")}.png`) });
  }

  async shootLightAndDark(name) {
    for (const colorScheme of ["light", "dark"]) {
      await this.page.emulateMedia({ colorScheme });
      await this.shoot(`${name} ${colorScheme}`);
    }
  }

  /**
   * Sends one command over a Socket.IO connection of its own, as the page itself never would.
   *
   * @returns {Promise<[unknown, unknown]>} error and result
   */
  async command(user, command, ...args) {
    return (await this.commands(user, [[command, ...args]]))[0];
  }

  /** Sends several, each when the one before was answered. */
  commands(user, list) {
    return this.#overSocket(user, list);
  }

  /** Says all this in a room, as fast as it will go. */
  async flood(user, room, texts) {
    const messages = texts.map((textMessage) => ["roomMessage", room, { textMessage }]);
    await this.#overSocket(user, [["roomJoin", room]], messages);
  }

  #overSocket(user, oneByOne, atOnce = []) {
    return this.page.evaluate(
      async ({ name, oneByOne, atOnce }) => {
        const socket = io("/chat-service", { auth: { user: name }, transports: ["websocket"], forceNew: true });
        await new Promise((resolve) => socket.once("loginConfirmed", resolve));
        const request = (command) => new Promise((resolve) => socket.emit(...command, (...answer) => resolve(answer)));
        const answers = [];
        for (const command of oneByOne) {
          answers.push(await request(command));
        }
        answers.push(...(await Promise.all(atOnce.map(request))));
        socket.disconnect();
        return answers;
      },
      { name: user, oneByOne, atOnce },
    );
  }
}
