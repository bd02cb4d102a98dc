// node paint.js ORIGIN PATH…: the largest contentful paint of each page in Chromium on an emulated slow 4G (150 ms round
// trip, 1.6 Mbit/s down: Lighthouse's), nothing cached, the median of five visits. Prints a JSON line for each page.
import { createRequire } from "node:module";

const require = createRequire(new URL("../end2end/", import.meta.url));
const { chromium } = require("@playwright/test");
const [, , origin, ...paths] = process.argv;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_BIN || "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const path of paths) {
  const paints = [];
  for (let visit = 0; visit < 5; visit += 1) {
    const context = await browser.newContext({ viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75 });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 });
    await page.addInitScript(() => {
      window.paint = 0;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.paint = entry.startTime; }).observe({ type: "largest-contentful-paint", buffered: true });
    });
    await page.goto(origin + path, { waitUntil: "networkidle" });
    paints.push(await page.evaluate(() => window.paint));
    await context.close();
  }
  paints.sort((a, b) => a - b);
  console.log(JSON.stringify({ path, median: Math.round(paints[2]), longest: Math.round(paints[4]) }));
}
await browser.close();
