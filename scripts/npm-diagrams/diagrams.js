// The two steps of scripts/diagrams.sh. `tidy` deletes leftover drawings and prints how many diagrams are to be drawn;
// `draw` draws them. Only `draw` needs packages and a browser. With ALL=1, everything is drawn anew.
import { readdirSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { plan } from "./plan.js";

const ROOT = join(import.meta.dirname, "../..");
const content = join(ROOT, "content");
const { diagrams, leftover } = plan(content);
const wanted = diagrams.filter(({ isDrawn }) => process.env.ALL || !isDrawn);

function tidy() {
  for (const file of leftover) {
    rmSync(file);
    if (readdirSync(dirname(file)).length === 0) rmdirSync(dirname(file));
    console.error(`  ✓ deleted ${relative(ROOT, file)}: no page shows it`);
  }
  console.log(`${wanted.length} ${diagrams.length}`);
}

async function draw() {
  const { drawAll } = await import("./draw.js");
  const failed = await drawAll(wanted, join(ROOT, "style/tokens.css"), {
    drawn: ({ where, files }, seconds) =>
      console.error(`  ✓ ${where}: ${relative(ROOT, files.light)} and its dark one (${seconds.toFixed(1)} s)`),
    failed: ({ where }, reason) => console.error(`  ✗ ${where}: ${reason}`),
  });
  if (failed > 0) process.exitCode = 1;
}

const steps = { tidy, draw };
await steps[process.argv[2]]();
