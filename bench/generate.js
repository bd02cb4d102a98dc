// node bench/generate.js COUNT FOLDER: a content folder of COUNT pages (a multiple of ten, at most 10,000) that read like
// our own docs: their paragraphs, lists, tables and code in other orders, with words and numbers exchanged, so that no
// page is another's copy. Page k is the same in a site of any size: its text comes from k alone, its folder is its ten,
// and it links within them.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const DOCS = join(import.meta.dirname, "../content/docs");
/** Pages of a folder, and of a chapter, which holds folders. */
const FOLDER = 10;
const CHAPTER = 250;

const VERBS = [
  "Rotate", "Revoke", "Publish", "Resolve", "Verify", "Delegate", "Audit", "Export", "Import", "Trace", "Renew", "Bind",
  "Limit", "Sign", "Mirror", "Archive", "Observe", "Restore", "Compare", "Enrol", "Suspend", "Migrate", "Label", "Share",
];
const NOUNS = [
  "keys", "claims", "tokens", "agents", "tenants", "scopes", "credentials", "issuers", "audiences", "documents", "events",
  "policies", "sessions", "receipts", "webhooks", "quotas", "regions", "invoices", "listings", "ratings", "proofs", "hashes",
  "schemas", "queues", "backups", "domains", "proxies", "secrets", "domains of trust", "signatures", "attestations", "logs",
  "metrics", "alerts", "roles", "members", "plans", "contracts", "disputes", "transfers",
];

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function dice(seed) {
  let state = (seed + 1) * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pick = (roll, list) => list[Math.floor(roll() * list.length)];
const slug = (text) => text.toLowerCase().replaceAll(" ", "-");

/** The parts of our docs that can stand anywhere: nothing that links, nests or names what another page has. */
function stock() {
  const parts = { prose: [], list: [], table: [], code: [] };
  const files = readdirSync(DOCS, { recursive: true }).filter((name) => name.endsWith(".md")).sort();
  for (const file of files) {
    const body = readFileSync(join(DOCS, file), "utf8").replace(/^---\n[\s\S]*?\n---\n/, "");
    for (const [, language, code] of body.matchAll(/^```([a-z]+)[^\n]*\n([\s\S]*?)^```$/gm)) {
      if (!["mermaid", "markdown"].includes(language)) parts.code.push("```" + `${language}\n${code}` + "```");
    }
    for (const part of body.replace(/^(`{3,})[\s\S]*?^\1$/gm, "").split(/\n{2,}/).map((part) => part.trimEnd())) {
      if (!part || /^[\s#>:]|^\[|:::|\]\(|\]\[|\[\^|[<{]|^\d+\./m.test(part)) continue;
      parts[part.startsWith("|") ? "table" : part.startsWith("- ") ? "list" : "prose"].push(part);
    }
  }
  const words = new Set(parts.prose.join(" ").match(/\b[a-z]{5,}\b/g));
  return { parts, words: [...words].sort() };
}

const { parts, words } = stock();

/** The same part with one word in six, and every longer number, exchanged. Code spans stay: they are names. */
function varied(roll, part) {
  const word = (word) => (roll() < 1 / 6 ? pick(roll, words) : word);
  const number = (digits) => digits.replace(/\d/g, () => Math.floor(roll() * 10));
  const text = (text) => text.replace(/\b[a-z]{5,}\b/g, word).replace(/\b\d{2,}\b/g, number);
  if (!part.startsWith("```")) return part.split(/(`[^`]*`)/).map((run, index) => (index % 2 ? run : text(run))).join("");
  const [first, ...lines] = part.split("\n");
  return [first, ...lines.map(text)].join("\n");
}

/** A title that no other page has: steps through all combinations. */
function title(page) {
  const at = (page * 7919) % (VERBS.length * NOUNS.length * NOUNS.length);
  const [verb, first, second] = [at % VERBS.length, Math.floor(at / VERBS.length) % NOUNS.length, Math.floor(at / VERBS.length / NOUNS.length)];
  return `${VERBS[verb]} ${NOUNS[first]} of ${NOUNS[second]}`;
}

const chapter = (page) => NOUNS[Math.floor(page / CHAPTER) % NOUNS.length];
const folder = (page) => {
  const at = Math.floor(page / FOLDER);
  return `${VERBS[at % VERBS.length]} ${NOUNS[Math.floor(at / VERBS.length) % NOUNS.length]}`;
};
const file = (page) => (page % FOLDER === 0 ? "index.md" : `${slug(title(page))}.md`);
const path = (page) => join("docs", slug(chapter(page)), slug(folder(page)), file(page));

/** A page's Markdown. */
function write(page) {
  const roll = dice(page);
  const name = () => `${pick(roll, words)}_${pick(roll, words)}_${Math.floor(roll() * 1000)}`;
  const kinds = ["prose", "prose", "prose", "list", "table", "code", "code"];
  const blocks = [varied(roll, pick(roll, parts.prose))];
  const headings = new Set();
  for (let section = 4 + Math.floor(roll() * 6); section > 0; section -= 1) {
    const heading = `${pick(roll, VERBS)} ${pick(roll, words)} ${pick(roll, NOUNS)}`;
    if (headings.has(heading)) continue;
    headings.add(heading);
    const isBelow = headings.size > 1 && roll() < 0.3;
    blocks.push(`${isBelow ? "###" : "##"} ${heading}`, `${varied(roll, pick(roll, parts.prose))} Its name is \`${name()}\`.`);
    for (let more = 1 + Math.floor(roll() * 4); more > 0; more -= 1) blocks.push(varied(roll, pick(roll, parts[pick(roll, kinds)])));
  }
  const others = [1, 3, 7].map((step) => page - (page % FOLDER) + ((page + step) % FOLDER));
  blocks.push("## See also", others.map((other) => `- [${title(other)}](${file(other)})`).join("\n"));
  const front = `---\ntitle: ${page % FOLDER === 0 ? folder(page) : title(page)}\ndescription: How to ${title(page).toLowerCase()}, and ${pick(roll, words)} ${pick(roll, words)}.\n---\n`;
  return `${front}${blocks.join("\n\n")}\n`;
}

const [count, root] = [Number(process.argv[2]), process.argv[3]];
for (let page = 0; page < count; page += 1) {
  const at = join(root, path(page));
  mkdirSync(dirname(at), { recursive: true });
  writeFileSync(at, write(page));
}
