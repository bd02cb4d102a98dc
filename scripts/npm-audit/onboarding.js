// node onboarding.js ORIGIN RUNS AT_A_TIME: time that a new user needs from the landing page to the first authenticated 2xx
// response. A script types, reads and clicks at the speed of a person; the remaining time is processing time.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { met, table } from "./table.js";

// From the packages of the end-to-end tests.
const { chromium } = createRequire(join(import.meta.dirname, "../../end2end/package.json"))("playwright-core");

/** Milliseconds per key: 40 words of five letters and a space per minute, the speed of an average typist. */
const KEY = 250;
/** Milliseconds to point at an element and click it. */
const POINT = 1_200;
/** Milliseconds to read a new page: about 15 words at 240 words per minute. */
const READ = 4_000;
const LIMITS = { all: 60, machine: 2 };

const [origin, runs, atATime] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_BIN, args: ["--no-sandbox", "--disable-gpu"] });

/** Simulates one new user. Returns the total time and the processing time, in seconds. */
async function stranger(number) {
  const folder = mkdtempSync(join(tmpdir(), "sentryagent-timed-"));
  // One IP address per user, because rate limits apply per IP address.
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
    // The sample is copied and pasted into a terminal that is already open.
    await press(page.locator("figure .copy").first());
    await pause(POINT);
    const { stdout } = await promisify(execFile)("bash", ["-eu", "-o", "pipefail", "-c", sample], { cwd: folder });
    const all = performance.now() - began;
    if (JSON.parse(stdout).name !== "Invoice screener") throw new Error(`the call returned ${stdout}`);
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
console.log(`${runs} simulated new users, ${atATime} at a time, each in a separate browser context. Each opens the landing page, completes the form, saves the credential as a file, and runs the curl sample of the page: ${KEY} ms per key, ${POINT / 1000} s per click, ${READ / 1000} s to read each of three pages. Seconds to the first authenticated 2xx response.\n`);
table(["", "median", "p95", "limit of p95", "met"], [
  ["total time", of("all", 0.5), of("all", 0.95), `< ${LIMITS.all}`, met(of("all", 0.95) < LIMITS.all)],
  ["of which processing time", of("machine", 0.5), of("machine", 0.95), `< ${LIMITS.machine}`, met(of("machine", 0.95) < LIMITS.machine)],
]);
