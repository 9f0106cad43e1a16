/**
 * The published socket.io clients, unmodified, against a running server.
 *
 *   node clients.test.mjs '{"text": URL, "object": URL}'
 *
 * Two servers are under test, both let people create rooms and have a room `default`. `object` takes any object as a
 * message, sends its errors as objects, and compresses messages on WebSockets.
 *
 * Prints one line per check. On the line `RESTART` the server `text` has to be restarted, on the same port and with
 * nothing kept, and on `DISCONNECT user` it has to disconnect that user; the answer on standard input is `RESTARTED`
 * or `DISCONNECTED`.
 */
import { createInterface } from "node:readline";
import { Client, VERSIONS, WAYS } from "./chat/client.mjs";
import { scenarios } from "./chat/scenarios.mjs";

const servers = JSON.parse(process.argv[2]);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const only = new RegExp(process.env.ONLY ?? "");
let names = 0;
let failures = 0;

async function ask(request, answer) {
  console.log(request);
  const { value } = await lines.next();
  if (value !== answer) {
    throw new Error(`expected ${answer}, heard ${value}`);
  }
}

/** What a scenario has at hand; what it opens is closed with it. */
function stage(version, way) {
  const clients = [];
  const come = ({ at = servers.text, ...options }) => {
    const client = new Client(at, { version, way, ...options });
    clients.push(client);
    return client;
  };
  const name = (word) => `${word} ${++names}`;
  const room = async (at = servers.text, word = "room") => {
    const owner = await come({ at, query: { user: name("owner") } }).confirmed();
    const made = name(word);
    await owner.does("roomCreate", made, false);
    owner.leave();
    return made;
  };
  return {
    come,
    name,
    room,
    version,
    way,
    object: servers.object,
    restart: () => ask("RESTART", "RESTARTED"),
    disconnect: (user) => ask(`DISCONNECT ${user}`, "DISCONNECTED"),
    close: () => clients.forEach((client) => client.leave()),
  };
}

for (const version of VERSIONS) {
  for (const way of Object.keys(WAYS)) {
    for (const [title, scenario] of Object.entries(scenarios)) {
      const name = `socket.io-client ${version} by ${way} ${title}`;
      if (!only.test(name)) {
        continue;
      }
      const tools = stage(version, way);
      try {
        await scenario(tools);
        console.log(`ok ${name}`);
      } catch (error) {
        failures++;
        console.log(`not ok ${name}: ${error.stack ?? JSON.stringify(error)}`);
      } finally {
        tools.close();
      }
    }
  }
}

console.log(failures === 0 ? "all ok" : `${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
