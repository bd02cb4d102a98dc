// node onboarding.js ORIGIN RUNS AT_A_TIME: how long a stranger takes from the landing page to the first authenticated 2xx. The
// hands are a script's: they type, read and move as slowly as a person does; what is left of the time is the machine's.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { kept, table } from "./table.js";

// The end-to-end tests' own.
const { chromium } = createRequire(join(import.meta.dirname, "../../end2end/package.json"))("playwright-core");

/** Milliseconds a key: 40 words of five letters and a space a minute, the pace of an average typist. */
const KEY = 250;
/** Milliseconds to move to something and press it. */
const POINT = 1_200;
/** Milliseconds to read a page that one has not seen: some 15 words at 240 a minute. */
const READ = 4_000;
const WANTED = { all: 60, machine: 2 };

const [origin, runs, atATime] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_BIN, args: ["--no-sandbox", "--disable-gpu"] });

/** One stranger; seconds in all, and those of them in which nobody but the machine did anything. */
async function stranger(number) {
  const folder = mkdtempSync(join(tmpdir(), "sentryagent-timed-"));
  // Each has an address of its own: they are fifty people, not one with fifty agents.
  const context = await browser.newContext({ extraHTTPHeaders: { "x-forwarded-for": `10.9.0.${number + 1}` }, acceptDownloads: true });
  const page = await context.newPage();
  let hands = 0;
  const pause = async (time) => {
    const before = performance.now();
    await sleep(time);
    hands += performance.now() - before;
  };
  const press = async (what) => {
    await pause(POINT);
    await what.click();
  };
  const type = async (field, text) => {
    await press(field);
    for (const letter of text) {
      await pause(KEY);
      await page.keyboard.type(letter);
    }
  };
  try {
    const began = performance.now();
    await page.goto(origin);
    await pause(READ);
    await press(page.getByRole("main").getByRole("link", { name: "Get started" }).first());
    await pause(READ);
    await type(page.getByLabel("Name", { exact: true }), "Invoice screener");
    await type(page.getByLabel("Capabilities"), "invoices:read");
    await press(page.getByRole("button", { name: "Create agent" }));
    const keep = page.getByRole("link", { name: "Download sentryagent.env" });
    await keep.waitFor();
    await pause(READ);
    const download = page.waitForEvent("download");
    await press(keep);
    await (await download).saveAs(join(folder, "sentryagent.env"));
    const sample = await page.locator("figure code").first().textContent();
    // Copied, and put into a terminal that is open beside.
    await press(page.locator("figure .copy").first());
    await pause(POINT);
    const { stdout } = await promisify(execFile)("bash", ["-eu", "-o", "pipefail", "-c", sample], { cwd: folder });
    const all = performance.now() - began;
    if (JSON.parse(stdout).name !== "Invoice screener") throw new Error(`the call answered ${stdout}`);
    await page.getByText("First call received.").waitFor();
    return { all: all / 1000, machine: (all - hands) / 1000 };
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const waiting = Array.from({ length: runs }, (_, number) => number);
const times = [];
await Promise.all(Array.from({ length: atATime }, async () => {
  while (waiting.length) times.push(await stranger(waiting.shift()));
}));
await browser.close();
const of = (name, part) => times.map((time) => time[name]).sort((a, b) => a - b)[Math.ceil(times.length * part) - 1].toFixed(1);
console.log(`${runs} strangers, ${atATime} at a time, each in a browser of its own: landing page, form, credential kept as a file, the page's curl sample run. ${KEY} ms a key, ${POINT / 1000} s to point and press, ${READ / 1000} s to read each of three pages. Seconds to the first authenticated 2xx.\n`);
table(["", "median", "p95", "wanted, p95", "kept"], [
  ["in all", of("all", 0.5), of("all", 0.95), `< ${WANTED.all}`, kept(of("all", 0.95) < WANTED.all)],
  ["of which the machine's", of("machine", 0.5), of("machine", 0.95), `< ${WANTED.machine}`, kept(of("machine", 0.95) < WANTED.machine)],
]);
