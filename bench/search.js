// node search.js ORIGIN: asks every question of crates/search/tests/search, whole and as it is typed, one after another, and
// prints how many there were and the median, the 99th percentile and the longest time in milliseconds.
import { readFileSync } from "node:fs";

const text = ["questions", "held-out"].map((name) => readFileSync(`crates/search/tests/search/${name}.toml`, "utf8")).join("\n");
const questions = [...text.matchAll(/^ask = (".*"|'.*')$/gm)].map(([, given]) => (given[0] === "'" ? given.slice(1, -1) : JSON.parse(given)));
// A reader who types sends its beginnings too: short ones stand for most words.
const asked = questions.flatMap((question) => [3, 8, 16, question.length].map((length) => question.slice(0, length)));

const times = [];
for (const question of asked) {
  const start = performance.now();
  const response = await fetch(`${process.argv[2]}/search.json?${new URLSearchParams({ q: question })}`);
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`${response.status} for ${question}`);
  times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(2);
console.log(times.length, at(0.5), at(0.99), at(1));
