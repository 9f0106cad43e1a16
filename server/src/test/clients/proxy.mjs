import { connect, createServer } from "node:net";

/** How soon a slow wire that is mended is quick again. */
const BREATH_MS = 50;

/** A wire between client and server that can be cut, made to lose what the server says, or made slow. */
class Proxy {
  url;
  #links = new Set();
  #server;
  #cut = false;
  #deaf = false;
  #bytesPerSecond = Infinity;
  #plainOnly = false;

  static async before(target) {
    const { hostname, port } = new URL(target);
    const proxy = new Proxy();
    proxy.#server = createServer((client) => proxy.#join(client, connect(Number(port), hostname)));
    await new Promise((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    proxy.url = `http://127.0.0.1:${proxy.#server.address().port}/`;
    return proxy;
  }

  /** Ends all connections, and every new one at once. */
  cut() {
    this.#cut = true;
    this.#links.forEach((socket) => socket.destroy());
  }

  /** Lets nothing through but ordinary requests, as some networks do. */
  refuseWebSockets() {
    this.#plainOnly = true;
  }

  /** From now on nothing that the server says comes through, while it still hears everything. */
  deafen() {
    this.#deaf = true;
  }

  /** From now on what the server says comes through at this pace, on each connection; the rest waits at the server. */
  crawl(bytesPerSecond) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  mend() {
    this.#cut = false;
    this.#deaf = false;
    this.#bytesPerSecond = Infinity;
  }

  close() {
    this.cut();
    this.#server.close();
  }

  #join(client, server) {
    for (const socket of [client, server]) {
      this.#links.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        this.#links.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    if (this.#cut) {
      client.destroy();
      return;
    }
    client.on("data", (bytes) => {
      if (this.#plainOnly && bytes.includes("transport=websocket")) {
        client.destroy();
      } else {
        server.write(bytes);
      }
    });
    server.on("data", (bytes) => this.#deaf || this.#pass(bytes, server, client));
  }

  #pass(bytes, server, client) {
    client.write(bytes);
    const rest = (bytes.length / this.#bytesPerSecond) * 1_000;
    if (rest > 0) {
      server.pause();
      const wait = (remaining) => {
        if (this.#bytesPerSecond === Infinity || remaining <= 0) {
          server.resume();
        } else {
          setTimeout(wait, Math.min(remaining, BREATH_MS), remaining - BREATH_MS);
        }
      };
      wait(rest);
    }
  }
}

/** Does something with a proxy that is closed afterwards. */
export async function overProxy(target, work) {
  const proxy = await Proxy.before(target);
  try {
    await work(proxy);
  } finally {
    proxy.close();
  }
}
