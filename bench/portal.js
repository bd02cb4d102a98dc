// node portal.js ORIGIN SECONDS RATE: asks the portal for RATE pages of the marketplace a second, each of them another one,
// whether or not the ones before are answered; each time runs from when its page was due to its last byte. Prints JSON.
import http from "node:http";

const [origin, seconds, rate] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const agent = new http.Agent({ keepAlive: true });
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

function ask(path) {
  return new Promise((done, failed) => {
    const request = http.request(origin + path, { agent, headers: { "Accept-Encoding": "br" } }, (response) => {
      let bytes = 0;
      const parts = [];
      response.on("data", (part) => { bytes += part.length; if (path.includes(".json")) parts.push(part); });
      response.on("end", () => done({ status: response.statusCode, bytes, text: Buffer.concat(parts).toString() }));
      response.on("error", failed);
    });
    request.on("error", failed);
    request.end();
  });
}

// Every page that holds twenty agents, in every order and of every type: none is asked for twice.
const types = ["", "screener", "classifier", "orchestrator", "extractor", "summarizer", "router", "monitor", "custom"];
const http11 = async (path) => JSON.parse((await new Promise((done, failed) => {
  http.get(origin + path, (response) => {
    const parts = [];
    response.on("data", (part) => parts.push(part));
    response.on("end", () => done(Buffer.concat(parts).toString()));
    response.on("error", failed);
  }).on("error", failed);
})));
const paths = [];
for (const type of types) {
  const narrow = type ? `&agentType=${type}` : "";
  const { total } = await http11(`/marketplace.json?sort=name${narrow}`);
  const pages = Math.min(Math.floor(total / 20), 500);
  for (const sort of ["name", "updated", "recent"]) {
    for (let page = 2; page <= pages; page += 1) paths.push(`/marketplace?sort=${sort}${narrow}&page=${page}`);
  }
}
// The same mixture every time.
let state = 20_261_127;
const below = (most) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * most);
};
for (let at = paths.length - 1; at > 0; at -= 1) {
  const other = below(at + 1);
  [paths[at], paths[other]] = [paths[other], paths[at]];
}

const answers = [];
async function one(due, path) {
  const answer = { time: 0, bytes: 0, isWrong: true };
  answers.push(answer);
  try {
    const { status, bytes } = await ask(path);
    answer.bytes = bytes;
    answer.isWrong = status !== 200;
  } catch (error) {
    answer.error = error.code;
  }
  answer.time = performance.now() - due;
}
async function load(count) {
  const start = performance.now();
  const asked = [];
  while (asked.length < count) {
    for (let due = start + (asked.length * 1000) / rate; asked.length < count && due <= performance.now(); due = start + (asked.length * 1000) / rate) {
      const path = paths.pop();
      if (!path) throw new Error("there are not so many pages: fewer seconds, or more agents");
      asked.push(one(due, path));
    }
    await pause(1);
  }
  await Promise.all(asked);
  return (performance.now() - start) / 1000;
}

// Two seconds, that do not count: connections, and code that has never run.
await load(rate * 2);
answers.length = 0;
console.error("ready");
await pause(500);
const took = await load(rate * seconds);
const times = answers.map((answer) => answer.time).sort((a, b) => a - b);
const at = (share) => Number((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1));
console.log(JSON.stringify({
  count: answers.length,
  errors: answers.filter((answer) => answer.isWrong).length,
  perSecond: Number((answers.length / took).toFixed(1)),
  bytes: Math.round(answers.reduce((sum, answer) => sum + answer.bytes, 0) / answers.length),
  p50: at(0.5), p99: at(0.99), longest: at(1),
}));
process.exit(0);
