// node market.js ORIGIN SECONDS RATE [AGENTS]: asks the marketplace RATE questions a second, whether or not the ones before
// are answered; each time runs from when its question was due to the last byte of its answer. Meanwhile it publishes AGENTS
// agents, one after another, with the TOKEN of the environment, and asks for each until it is found. Prints JSON.
import http from "node:http";
import { atRate, client, dice, pause, spread } from "./load.js";

const [origin, seconds, rate, agents] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const PATH = "/api/v1/marketplace/agents";
const FACETS = "capability,agentType,publisher,checked";
/** Up to how many agents found an answer is of the small class. */
const SMALL = 5000;
const ask = client(origin);
const search = (query, options) => ask(`${PATH}?${new URLSearchParams(query)}`, options);

const below = dice(20_251_125);
const of = (all) => all[below(all.length)];
/** A letter is left out, doubled, replaced, or changes places with the next. */
function mistyped(word) {
  const at = 1 + below(word.length - 2);
  const [before, letter, after] = [word.slice(0, at), word[at], word.slice(at + 1)];
  return of([before + after, before + letter + letter + after, `${before}x${after}`, before + after[0] + letter + after.slice(1)]);
}

const cards = [];
for (let page = 1; page <= 400; page += 10) cards.push(...JSON.parse((await search({ page, limit: 25 })).text).data);
const names = cards.map((card) => card.name);
const seldom = cards.flatMap((card) => [card.name.split(" ")[0], card.tags[2]]).filter((word) => word.length > 3);
const subjects = cards.map((card) => card.tags[0]);
const capabilities = cards.flatMap((card) => card.capabilities);
const publishers = cards.map((card) => card.publisher.slug);
const types = ["screener", "classifier", "orchestrator", "extractor", "summarizer", "router", "monitor", "custom"];
const letters = "abcdefghijklmnopqrstuvwxyz";

/** Kinds of questions, how many of a hundred are of each, and one of them. */
const KINDS = [
  ["everything, any of the first 500 pages", 10, () => ({ page: 1 + below(500) })],
  ["everything by name or change, any page", 6, () => ({ sort: of(["name", "updated"]), page: 1 + below(500) })],
  ["everything of a type or checked", 8, () => of([{ agentType: of(types) }, { checked: "domain", page: 1 + below(50) }])],
  ["a word that all have", 4, () => ({ q: "agent", page: 1 + below(500) })],
  ["a beginning of one letter", 6, () => ({ q: of(letters), page: 1 + below(3) })],
  ["a beginning of two letters", 6, () => ({ q: of(seldom).slice(0, 2), page: 1 + below(3) })],
  ["a beginning of three letters or more", 10, () => ({ q: of(seldom).slice(0, 3 + below(3)) })],
  ["a frequent word", 6, () => ({ q: of(subjects), page: 1 + below(20) })],
  ["a seldom word", 10, () => ({ q: of(seldom) })],
  ["a seldom word, mistyped", 8, () => ({ q: mistyped(of(seldom)) })],
  ["a name", 6, () => ({ q: of(names) })],
  ["a name, mistyped", 4, () => ({ q: mistyped(of(names)) })],
  ["a seldom word and a frequent one", 4, () => ({ q: `${of(seldom)} ${of(subjects)}` })],
  ["a word of a type, with a capability, or checked", 6, () => ({ q: of(subjects), ...of([{ agentType: of(types) }, { capability: of(capabilities) }, { checked: "domain" }]) })],
  ["a capability", 3, () => ({ capability: of(capabilities) })],
  ["a publisher", 3, () => ({ publisher: of(publishers) })],
];
const kinds = KINDS.flatMap(([name, share, make]) => Array(share).fill({ name, make }));

const answers = [];
const asking = ({ name, make }) => async (due) => {
  const answer = { name, total: 0, time: 0, isWrong: true };
  answers.push(answer);
  try {
    const { status, text } = await search({ ...make(), facets: FACETS });
    answer.total = Number(/"totalCount":(\d+)/.exec(text)?.[1]);
    answer.isWrong = status !== 200 || Number.isNaN(answer.total);
  } catch (error) {
    answer.error = error.code;
  }
  answer.time = performance.now() - due;
};

const load = (count) => atRate(rate, Array.from({ length: count }, () => asking(of(kinds))));

/** How long it takes from sending an agent until it is found, for each. */
async function publish() {
  const agent = new http.Agent({ keepAlive: true });
  const headers = { Authorization: `Bearer ${process.env.TOKEN}`, "Content-Type": "application/json" };
  const times = [];
  for (let number = 0; number < agents; number += 1) {
    await pause((seconds * 1000) / (agents + 2));
    const name = `Lately published ${Date.now().toString(36)} ${number}`;
    const body = JSON.stringify({ name, agentType: "custom", capabilities: ["bench:run"], isPublic: true });
    const start = performance.now();
    const { status, text } = await ask("/api/v1/agents", { agent, method: "POST", headers, body });
    if (status !== 201) throw new Error(`${status}: ${text}`);
    while (!(await search({ q: name, limit: 1 }, { agent })).text.includes(name)) await pause(5);
    times.push(performance.now() - start);
  }
  return times;
}

const summary = (some) =>
  ({ count: some.length, ...spread(some.map((answer) => answer.time)), errors: some.filter((answer) => answer.isWrong).length });

// A few seconds, that do not count: connections, and code that has never run.
await load(rate * 3);
answers.length = 0;
const [took, lags] = await Promise.all([load(rate * seconds), publish()]);
const totals = (name) => answers.filter((answer) => answer.name === name).map((answer) => answer.total);
console.log(
  JSON.stringify({
    took: Number(took.toFixed(1)),
    /** Seconds of a processor that this program used since its start. */
    own: Number((process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6).toFixed(2)),
    small: summary(answers.filter((answer) => answer.total <= SMALL)),
    large: summary(answers.filter((answer) => answer.total > SMALL)),
    kinds: KINDS.map(([name]) => ({ name, most: Math.max(0, ...totals(name)), ...summary(answers.filter((answer) => answer.name === name)) })),
    lag: { count: lags.length, median: Math.round([...lags].sort((a, b) => a - b)[lags.length >> 1] ?? 0), longest: Math.round(Math.max(0, ...lags)) },
  }),
);
process.exit(0);
