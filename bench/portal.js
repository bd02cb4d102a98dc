// node portal.js ORIGIN PAGES RATE: asks the portal for so many pages of the marketplace, each of them another one: RATE a
// second, whether or not the ones before are answered, or, where RATE is 0, the next one as soon as one of 32 is answered.
// Each time runs from when its page was due to its last byte. Prints JSON.
import { atATime, atRate, client, dice, pause, spread } from "./load.js";

const [origin, pages, rate] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const AT_A_TIME = 32;
const WARM_UP = 400;
const TYPES = ["", "screener", "classifier", "orchestrator", "extractor", "summarizer", "router", "monitor", "custom"];
const ask = client(origin);

// Every page that holds twenty agents, in every order and of every type: none is asked for twice.
const paths = [];
for (const type of TYPES) {
  const narrow = type ? `&agentType=${type}` : "";
  const { total } = JSON.parse((await ask(`/marketplace.json?sort=name${narrow}`)).text);
  const last = Math.min(Math.floor(total / 20), 500);
  for (const sort of ["name", "updated", "recent"]) {
    for (let page = 2; page <= last; page += 1) paths.push(`/marketplace?sort=${sort}${narrow}&page=${page}`);
  }
}
const below = dice(20_261_127);
for (let at = paths.length - 1; at > 0; at -= 1) {
  const other = below(at + 1);
  [paths[at], paths[other]] = [paths[other], paths[at]];
}

const answers = [];
const reading = (path) => async (due) => {
  const answer = { time: 0, bytes: 0, isWrong: true };
  answers.push(answer);
  try {
    const { status, bytes } = await ask(path, { headers: { "Accept-Encoding": "br" } });
    answer.bytes = bytes;
    answer.isWrong = status !== 200;
  } catch {
    // It stays wrong.
  }
  answer.time = performance.now() - due;
};
function load(count) {
  if (paths.length < count) throw new Error("there are not so many pages: ask for fewer, or make more agents");
  const works = paths.splice(-count).map(reading);
  return rate === 0 ? atATime(AT_A_TIME, works) : atRate(rate, works);
}

// Some that do not count: connections, and code that has never run.
await load(WARM_UP);
answers.length = 0;
console.error("ready");
await pause(500);
const took = await load(pages);
console.log(JSON.stringify({
  count: answers.length,
  errors: answers.filter((answer) => answer.isWrong).length,
  perSecond: Number((answers.length / took).toFixed(1)),
  bytes: Math.round(answers.reduce((sum, answer) => sum + answer.bytes, 0) / answers.length),
  ...spread(answers.map((answer) => answer.time)),
}));
process.exit(0);
