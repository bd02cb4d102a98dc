// node afdocs.js ORIGIN: the checks of afdocs on every page, https://agentdocsspec.com/spec/web/
import { runChecks } from "afdocs";

import { kept, table } from "./table.js";

/** Warnings that we live with, and why. A failure is never excused. */
const EXCUSED = {
  "content-start-position":
    "header and navigation stand before the text, in the order in which the page is seen and tabbed through; agents get the Markdown, which begins with the text",
  "markdown-content-parity":
    "afdocs compares lines: it misses titles of code, which stand in the fence's first line, lines that end in a footnote's number, and neighbouring links, which it joins; end2end/pages/parity.spec.ts compares all text",
};

/** What the sitemaps name and llms.txt does not have to, and why. */
const LEFT_OUT = {
  "/marketplace/*":
    "agents of the marketplace are not docs, and there is no end to them: llms.txt names the list, which is Markdown and JSON and is searched",
};

const { results } = await runChecks(process.argv[2], {
  requestDelay: 0,
  samplingStrategy: "deterministic",
  maxLinksToTest: 10_000,
  coverageExclusions: Object.keys(LEFT_OUT),
});
const rows = results.map(({ id, status, message }) => {
  const isExcused = status === "warn" && id in EXCUSED;
  return [`\`${id}\``, status, message, isExcused ? "excused" : kept(["pass", "skip"].includes(status))];
});
table(["check", "result", "what it says", "kept"], rows);
const excused = rows.filter(([, , , isKept]) => isKept === "excused");
const reasons = [
  ...excused.map(([id]) => `- ${id} is excused: ${EXCUSED[id.replaceAll("`", "")]}.`),
  ...Object.entries(LEFT_OUT).map(([paths, why]) => `- \`${paths}\` is left out of llms-txt-coverage: ${why}.`),
];
console.log(`${reasons.join("\n")}\n`);
