/**
 * The chat page in a real Chromium.
 *
 *   node page.test.mjs '{"open": URL, "plain": URL, "short": URL, "chromium": PATH, "screenshots": FOLDER}'
 *
 * Three servers are under test. `open` lets people create rooms, takes any object as a message and keeps 1,000 messages
 * a room; `plain` allows no rooms to be created and sends its errors as objects; `short` lets people create rooms, and
 * keeps 20 messages a room. All have a room `default`, and tell rooms who comes and goes and how their lists change.
 *
 * Prints one line per check. On the line `RESTART` the server `open` has to be restarted, on the same port and with
 * nothing kept; on the line `DISCONNECT user` it has to end the connections of that user. On the line `RECORD` its
 * statistics are to be noted, and on `EXPECT fellBehind` or `EXPECT caughtUp` this count has to be larger than noted, or
 * to become so soon. The answers on standard input are the lines `RESTARTED`, `DISCONNECTED`, `RECORDED` and `EXPECTED`.
 */
import { createInterface } from "node:readline";
import { mkdirSync } from "node:fs";
import { inspect } from "node:util";
import { Browser, launch } from "./page/browser.mjs";
import { talking } from "./page/talking.mjs";
import { rooms } from "./page/rooms.mjs";
import { history } from "./page/history.mjs";
import { hostility } from "./page/hostility.mjs";
import { looks } from "./page/looks.mjs";
import { model } from "./page/model.mjs";
import { resuming } from "./page/resuming.mjs";
import { trouble } from "./page/trouble.mjs";

const settings = JSON.parse(process.argv[2]);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
mkdirSync(settings.screenshots, { recursive: true });

async function ask(what) {
  console.log(what);
  const { value } = await lines.next();
  if (value !== `${what.split(" ")[0]}ED`) {
    throw new Error(`asked ${what}, heard ${value}`);
  }
}

const chromium = await launch(settings.chromium);
const scenarios = { ...model, ...talking, ...rooms, ...history, ...hostility, ...looks, ...resuming, ...trouble };
const only = new RegExp(process.env.ONLY ?? "");
let failures = 0;

for (const [name, scenario] of Object.entries(scenarios).filter(([name]) => only.test(name))) {
  const browser = new Browser(chromium, settings);
  try {
    await scenario({ browser, ask, ...settings });
    await browser.expectNoProblems();
    console.log(`ok ${name}`);
  } catch (error) {
    failures++;
    await browser.shootAll(`failed ${name}`);
    console.log(`not ok ${name}: ${inspect(error)}`);
  } finally {
    await browser.close();
  }
}

await chromium.close();
process.exit(failures === 0 ? 0 : 1);
