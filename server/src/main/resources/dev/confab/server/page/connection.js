import { NoAnswer, refusalFrom } from "./errors.js";
import { Signal } from "./signal.js";

const ANSWER_TIMEOUT_MS = 20_000;
/** The longest time that browsers can count to: the end of the connection comes first. */
const AS_LONG_AS_CONNECTED_MS = 2 ** 31 - 1;

/**
 * One login on the chat service, over a stock Socket.IO client that reconnects by itself.
 *
 * `state` is one of
 * - `idle`: nobody is signed in;
 * - `connecting`: a connection is being made, or the server has not confirmed the login yet;
 * - `online`: requests are answered;
 * - `offline`: the connection is gone, and will be tried again without being asked;
 * - `ended`: the server does not want this login; `reason` says why, and only a person can go on.
 */
export class Connection {
  state = "idle";
  /** @type {string | null} why the state is `ended` */
  reason = null;
  /** The name the server confirmed, which need not be the one that was asked for. */
  user = "";
  /** Whether the server has confirmed this login at least once. */
  admitted = false;
  /** This connection's id among all those of the same user. */
  id = "";

  changed = new Signal();
  /** Emits (name, arguments) of everything the server says without being asked. */
  told = new Signal();

  #makeSocket;
  #socket = null;
  #rejected = null;

  /** @param {(user: string) => object} makeSocket gives an unopened Socket.IO socket */
  constructor(makeSocket) {
    this.#makeSocket = makeSocket;
  }

  open(user) {
    this.close();
    this.user = user;
    this.admitted = false;
    this.#socket = this.#listen(this.#makeSocket(user));
    this.#become("connecting");
    this.#socket.connect();
  }

  close() {
    this.#socket?.off();
    this.#socket?.io.off();
    this.#socket?.disconnect();
    this.#socket = null;
    this.#become("idle");
  }

  /** Tries at once, instead of when the client's patience would have it. */
  retry() {
    this.#become("connecting");
    this.#socket.disconnect().connect();
  }

  /**
   * @returns {Promise<unknown>} the command's result; fails with a `Refusal` or with `NoAnswer`, after which the
   *     server may or may not have done what it was asked to do
   */
  request(command, ...args) {
    return this.#ask(ANSWER_TIMEOUT_MS, command, args, (result) => result);
  }

  /**
   * Like `request`, for an answer that may have to wait behind much else: it is waited for while the connection lives.
   *
   * @param {(...results: unknown[]) => unknown} answered makes a result of the whole answer; called as the answer comes,
   *     before anything that the server says behind it is told
   */
  patiently(command, args, answered = (result) => result) {
    return this.#ask(AS_LONG_AS_CONNECTED_MS, command, args, answered);
  }

  #ask(patience, command, args, answered) {
    if (this.state !== "online") {
      return Promise.reject(new NoAnswer("There is no connection."));
    }
    return new Promise((resolve, reject) => {
      this.#socket.timeout(patience).emit(command, ...args, (silence, error, ...results) => {
        if (silence) {
          reject(new NoAnswer("The server did not answer."));
        } else if (error !== null) {
          reject(refusalFrom(error));
        } else {
          resolve(answered(...results));
        }
      });
    });
  }

  #listen(socket) {
    socket.on("loginConfirmed", (user, { id }) => {
      this.user = user;
      this.id = id;
      this.admitted = true;
      this.#become("online");
    });
    socket.on("loginRejected", (error) => {
      this.#rejected = refusalFrom(error).message;
    });
    socket.onAny((name, ...args) => {
      if (!name.startsWith("login")) {
        this.told.emit(name, args);
      }
    });
    socket.on("disconnect", () => this.#lost(socket.active, this.#rejected ?? "The server ended this connection."));
    socket.on("connect_error", (error) => this.#lost(socket.active, refusalFrom(error.message).message));
    socket.io.on("reconnect_attempt", () => this.#become("connecting"));
    return socket;
  }

  #lost(comesBack, reason) {
    this.#rejected = null;
    this.#become(comesBack ? "offline" : "ended", comesBack ? null : reason);
  }

  #become(state, reason = null) {
    if (this.state !== state || this.reason !== reason) {
      this.state = state;
      this.reason = reason;
      this.changed.emit();
    }
  }
}
