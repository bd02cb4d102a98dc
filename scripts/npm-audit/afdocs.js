// node afdocs.js ORIGIN: runs the checks of afdocs on every page, https://agentdocsspec.com/spec/web/
import { runChecks } from "afdocs";

import { met, table } from "./table.js";

/** Checks whose warnings are exempt, with the reason. Failures are never exempt. */
const EXEMPT = {
  "content-start-position":
    "header and navigation come before the text, in visual order and in tab order; agents receive the Markdown, which begins with the text",
  "markdown-content-parity":
    "afdocs compares lines and doesn't match code titles, which are in the first line of the fence, lines that end with a footnote number, and adjacent links, which it joins; end2end/pages/parity.spec.ts compares all text",
};

/** Paths that are in the sitemaps but not required in llms.txt, with the reason. */
const EXCLUDED = {
  "/marketplace/*":
    "agents of the marketplace are not docs, and their number is unlimited: llms.txt links to the list, which is available as Markdown and JSON and is searchable",
};

const { results } = await runChecks(process.argv[2], {
  requestDelay: 0,
  samplingStrategy: "deterministic",
  maxLinksToTest: 10_000,
  coverageExclusions: Object.keys(EXCLUDED),
});
const rows = results.map(({ id, status, message }) => {
  const isExempt = status === "warn" && id in EXEMPT;
  return [`\`${id}\``, status, message, isExempt ? "exempt" : met(["pass", "skip"].includes(status))];
});
table(["check", "result", "message", "met"], rows);
const exempt = rows.filter(([, , , state]) => state === "exempt");
const reasons = [
  ...exempt.map(([id]) => `- ${id} is exempt: ${EXEMPT[id.replaceAll("`", "")]}.`),
  ...Object.entries(EXCLUDED).map(([paths, why]) => `- \`${paths}\` is excluded from llms-txt-coverage: ${why}.`),
];
console.log(`${reasons.join("\n")}\n`);
