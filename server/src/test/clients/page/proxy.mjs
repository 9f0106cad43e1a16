import { connect, createServer } from "node:net";

/** A wire between browser and server that can be cut, or made to lose what the server says. */
export class Proxy {
  url;
  #links = new Set();
  #server;
  #cut = false;
  #deaf = false;
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

  mend() {
    this.#cut = false;
    this.#deaf = false;
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
    server.on("data", (bytes) => this.#deaf || client.write(bytes));
  }
}
