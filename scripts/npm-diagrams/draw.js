// Draws diagrams by Mermaid in a browser that reaches nothing.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { renderMermaid } from "@mermaid-js/mermaid-cli";
import puppeteer from "puppeteer";

import { finish } from "./finish.js";
import { faint, inked } from "./inspect.js";
import { palette } from "./palette.js";
import { settings } from "./theme.js";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND",
];

/** Draws each in both themes and tells of each; one that fails does not hide the others. Returns how many failed. */
export async function drawAll(diagrams, tokens, tell) {
  const colors = palette(tokens);
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM_BIN,
    args: FLAGS,
    // Times in charts are the same everywhere.
    env: { ...process.env, TZ: "UTC" },
  });
  const pages = { newPage: () => steadyPage(browser) };
  let failed = 0;
  try {
    for (const diagram of diagrams) {
      const start = performance.now();
      try {
        const light = await draw(pages, diagram, colors.light, false);
        const dark = await draw(pages, diagram, colors.dark, true);
        mkdirSync(dirname(diagram.files.light), { recursive: true });
        writeFileSync(diagram.files.light, light);
        writeFileSync(diagram.files.dark, dark);
        tell.drawn(diagram, (performance.now() - start) / 1000);
      } catch (error) {
        failed += 1;
        tell.failed(diagram, inWords(error));
      }
    }
  } finally {
    await browser.close();
  }
  return failed;
}

/** A page where chance is the same each time: Mermaid names commits by it. */
async function steadyPage(browser) {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(() => {
    let state = 1;
    // The minimal standard generator of Park and Miller.
    Math.random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  });
  return page;
}

async function draw(browser, { text, fingerprint }, colors, isDark) {
  const { data } = await renderMermaid(browser, text, "svg", {
    mermaidConfig: settings(colors, isDark, fingerprint),
    backgroundColor: "transparent",
    fontEmbed: false,
    svgId: "d",
  });
  const drawing = new TextDecoder().decode(data);
  const svg = finish(drawing, await inked(browser, drawing, colors.paper));
  const [hard] = await faint(browser, svg, colors.paper);
  if (hard) {
    const theme = isDark ? "dark" : "light";
    throw new Error(`“${hard.text}” is hard to read in the ${theme} theme: contrast ${hard.ratio.toFixed(1)}, 4.5 is wanted`);
  }
  return svg;
}

/** An error's message without the browser's own lines below it. */
function inWords({ message }) {
  const lines = message.split("\n");
  const end = lines.findIndex((line) => /^\s*(?:at )?\S* ?\(?(?:https|file|pptr):/.test(line));
  return lines.slice(0, end < 1 ? undefined : end).join("\n    ");
}
