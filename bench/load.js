// What the programs that ask have in common: a client that keeps its connections, load, times, and the same dice every time.
import http from "node:http";

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Asks an origin: status, bytes as they came, and their text. */
export function client(origin) {
  const keepAlive = new http.Agent({ keepAlive: true });
  return (path, { agent = keepAlive, method = "GET", headers = {}, body } = {}) =>
    new Promise((done, failed) => {
      const request = http.request(origin + path, { agent, method, headers }, (response) => {
        const parts = [];
        response.on("data", (part) => parts.push(part));
        response.on("end", () => {
          const bytes = Buffer.concat(parts);
          done({ status: response.statusCode, bytes: bytes.length, text: bytes.toString() });
        });
        response.on("error", failed);
      });
      request.on("error", failed);
      request.end(body);
    });
}

/** Numbers below a number, the same ones every time. */
export function dice(seed) {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

/** Does every one of `works` when it is due, `rate` a second, whether or not those before are done. Each is given the time at
    which it was due. Seconds that it took. */
export async function atRate(rate, works) {
  const start = performance.now();
  const begun = [];
  while (begun.length < works.length) {
    for (let due = start; begun.length < works.length && (due = start + (begun.length * 1000) / rate) <= performance.now();) {
      begun.push(works[begun.length](due));
    }
    await pause(1);
  }
  await Promise.all(begun);
  return (performance.now() - start) / 1000;
}

/** Does all of `works`, so many at a time. Seconds that it took. */
export async function atATime(most, works) {
  const start = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < works.length) await works[next++](performance.now());
  };
  await Promise.all(Array.from({ length: most }, worker));
  return (performance.now() - start) / 1000;
}

/** Median, 99th of a hundred and longest of some times, in milliseconds. */
export function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));
  return { p50: at(0.5), p99: at(0.99), longest: at(1) };
}
