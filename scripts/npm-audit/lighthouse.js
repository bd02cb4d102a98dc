// node lighthouse.js ORIGIN RUNS: Lighthouse on a simulated phone with default settings; the median of the runs for each page.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

import { met, median, table } from "./table.js";

/** Path of an agent in the demo data that has all optional data. */
async function agent(origin) {
  const { agents } = await (await fetch(`${origin}/marketplace.json?checked=domain`)).json();
  return `/marketplace/${agents[0].agentId}`;
}
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
/** Audits that a page is exempt from, with the reason. All other audits of the category still need the full score. */
const EXEMPT = [
  {
    page: "/search?q=audit",
    audit: "is-crawlable",
    reason: "search result pages are intentionally excluded from search engines (`noindex` and robots.txt): their number is unlimited, and all their content is also on other pages",
  },
];
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** Score of a category from 0 to 100, computed as in Lighthouse: the weighted mean of its audits, without exempt audits. */
function score({ categories, audits }, category, exempt) {
  if (exempt.length === 0) return Math.round(categories[category].score * 100);
  const counted = categories[category].auditRefs.filter(({ id, weight }) => weight > 0 && !exempt.includes(id));
  const sum = (of) => counted.reduce((total, reference) => total + of(reference), 0);
  return Math.round((sum(({ id, weight }) => audits[id].score * weight) / sum(({ weight }) => weight)) * 100);
}

/** Audits that lower the score of a category. */
function costly({ categories, audits }, category) {
  const lost = categories[category].auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score < 1);
  return lost.map(({ id }) => `\`${id}\`${audits[id].displayValue ? ` (${audits[id].displayValue})` : ""}`);
}

/** Errors of Lighthouse for runs that recorded nothing. Such a run is logged and repeated; a run with a low score is never repeated. */
const NOT_RECORDED = ["NO_NAVSTART", "NO_FCP", "NO_TRACING_STARTED"];
const MOST_ATTEMPTS = 3;

async function measure(address, attempt = 1) {
  let browser;
  try {
    browser = await launch({ chromePath: process.env.CHROMIUM_BIN, chromeFlags: FLAGS });
  } catch (error) {
    if (attempt === MOST_ATTEMPTS) throw error;
    console.error(`  – the browser did not start (${error.code}): retrying`);
    return measure(address, attempt + 1);
  }
  try {
    const { lhr } = await lighthouse(address, { port: browser.port, logLevel: "error", onlyCategories: CATEGORIES });
    if (!lhr.runtimeError) return lhr;
    if (attempt === MOST_ATTEMPTS || !NOT_RECORDED.includes(lhr.runtimeError.code)) throw new Error(`${address}: ${lhr.runtimeError.message}`);
    console.error(`  – Lighthouse recorded nothing for ${address} (${lhr.runtimeError.code}): retrying`);
  } finally {
    browser.kill();
  }
  return measure(address, attempt + 1);
}

const [origin, runs] = [process.argv[2], Number(process.argv[3])];
const rows = [];
const notes = [];
for (const page of ["/", "/docs/concepts/dids", "/search?q=audit", "/marketplace", await agent(origin)]) {
  const reports = [];
  while (reports.length < runs) {
    reports.push(await measure(origin + page));
    console.error(`  ✓ Lighthouse ${page}, ${reports.length} of ${runs}`);
  }
  const excuses = EXEMPT.filter((excuse) => excuse.page === page);
  const exempt = excuses.map(({ audit }) => audit);
  const numbers = (of) => reports.map(of);
  const value = (id) => median(numbers(({ audits }) => audits[id].numericValue));
  const scores = CATEGORIES.map((category) => {
    const plain = median(numbers((report) => score(report, category, [])));
    const fair = median(numbers((report) => score(report, category, exempt)));
    const all = numbers((report) => score(report, category, exempt));
    if (Math.min(...all) < 100) {
      const reasons = new Set(reports.flatMap((report) => costly(report, category)));
      notes.push(`- \`${page}\`, ${category}: scores from ${Math.min(...all)} to ${Math.max(...all)}, lowered by ${[...reasons].join(", ")}.`);
    }
    return { fair, text: plain === fair ? `${fair}` : `${fair} (${plain} with \`${exempt.join("`, `")}\`)` };
  });
  for (const { audit, reason } of excuses) notes.push(`- \`${page}\` is exempt from \`${audit}\`: ${reason}.`);
  const blocked = numbers(({ audits }) => Math.round(audits["total-blocking-time"].numericValue));
  const state = scores.every(({ fair }) => fair === 100) && median(blocked) === 0;
  rows.push([
    `\`${page}\``, ...scores.map(({ text }) => text), `${median(blocked)} (${blocked.join(", ")})`,
    (value("largest-contentful-paint") / 1000).toFixed(1), value("cumulative-layout-shift").toFixed(3), met(state),
  ]);
}
table(["page", "performance", "accessibility", "best practices", "SEO", "total blocking time, ms (runs)", "largest contentful paint, s", "cumulative layout shift", "met"], rows);
console.log(`${notes.join("\n")}\n`);
