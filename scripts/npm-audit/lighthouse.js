// node lighthouse.js ORIGIN RUNS: Lighthouse on a phone, as it comes, the median of the runs by page.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

import { kept, median, table } from "./table.js";

/** An agent of the demo data that has all that an agent can have. */
async function agent(origin) {
  const { agents } = await (await fetch(`${origin}/marketplace.json?checked=domain`)).json();
  return `/marketplace/${agents[0].agentId}`;
}
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
/** What a page is not asked for, and why. All else of its category still has to be perfect. */
const EXCUSED = [
  {
    page: "/search?q=audit",
    audit: "is-crawlable",
    reason: "answers to questions are kept from search engines on purpose (`noindex` and robots.txt): there is no end of them, and all that they show stands elsewhere",
  },
];
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** A category's score from 0 to 100, as Lighthouse counts it: the mean of its audits by weight, without those excused. */
function score({ categories, audits }, category, excused) {
  if (excused.length === 0) return Math.round(categories[category].score * 100);
  const counted = categories[category].auditRefs.filter(({ id, weight }) => weight > 0 && !excused.includes(id));
  const sum = (of) => counted.reduce((total, reference) => total + of(reference), 0);
  return Math.round((sum(({ id, weight }) => audits[id].score * weight) / sum(({ weight }) => weight)) * 100);
}

/** The audits that cost a category points. */
function costly({ categories, audits }, category) {
  const lost = categories[category].auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score < 1);
  return lost.map(({ id }) => `\`${id}\`${audits[id].displayValue ? ` (${audits[id].displayValue})` : ""}`);
}

/** A run that recorded nothing, by Lighthouse's own word, is made again, and said to be; a poor one never is. */
const NOT_RECORDED = ["NO_NAVSTART", "NO_FCP", "NO_TRACING_STARTED"];
const MOST_ATTEMPTS = 3;

async function measure(address, attempt = 1) {
  let browser;
  try {
    browser = await launch({ chromePath: process.env.CHROMIUM_BIN, chromeFlags: FLAGS });
  } catch (error) {
    if (attempt === MOST_ATTEMPTS) throw error;
    console.error(`  – the browser did not start (${error.code}): again`);
    return measure(address, attempt + 1);
  }
  try {
    const { lhr } = await lighthouse(address, { port: browser.port, logLevel: "error", onlyCategories: CATEGORIES });
    if (!lhr.runtimeError) return lhr;
    if (attempt === MOST_ATTEMPTS || !NOT_RECORDED.includes(lhr.runtimeError.code)) throw new Error(`${address}: ${lhr.runtimeError.message}`);
    console.error(`  – Lighthouse recorded nothing of ${address} (${lhr.runtimeError.code}): again`);
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
  const excuses = EXCUSED.filter((excuse) => excuse.page === page);
  const excused = excuses.map(({ audit }) => audit);
  const numbers = (of) => reports.map(of);
  const value = (id) => median(numbers(({ audits }) => audits[id].numericValue));
  const scores = CATEGORIES.map((category) => {
    const plain = median(numbers((report) => score(report, category, [])));
    const fair = median(numbers((report) => score(report, category, excused)));
    const all = numbers((report) => score(report, category, excused));
    if (Math.min(...all) < 100) {
      const reasons = new Set(reports.flatMap((report) => costly(report, category)));
      notes.push(`- \`${page}\`, ${category} from ${Math.min(...all)} to ${Math.max(...all)}: ${[...reasons].join(", ")}.`);
    }
    return { fair, text: plain === fair ? `${fair}` : `${fair} (${plain} with \`${excused.join("`, `")}\`)` };
  });
  for (const { audit, reason } of excuses) notes.push(`- \`${page}\` is excused from \`${audit}\`: ${reason}.`);
  const blocked = numbers(({ audits }) => Math.round(audits["total-blocking-time"].numericValue));
  const isKept = scores.every(({ fair }) => fair === 100) && median(blocked) === 0;
  rows.push([
    `\`${page}\``, ...scores.map(({ text }) => text), `${median(blocked)} (${blocked.join(", ")})`,
    (value("largest-contentful-paint") / 1000).toFixed(1), value("cumulative-layout-shift").toFixed(3), kept(isKept),
  ]);
}
table(["page", "performance", "accessibility", "best practices", "SEO", "blocking time, ms (runs)", "largest paint, s", "shift", "kept"], rows);
console.log(`${notes.join("\n")}\n`);
