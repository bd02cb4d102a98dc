// Connections that send slowly or nothing: both servers close them. Takes 35 s, so only the whole suite does it.
import assert from "node:assert/strict";
import { type Socket, connect } from "node:net";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { attack, isWhole } from "./helper/attack.ts";
import { Pair } from "./helper/pair.ts";

/** Time limit of a connection that makes no progress, in s: the servers' limits, and some for a busy machine. */
const LIMIT = 35;

type Slow = { how: string; first: string; next?: string };
const head = (path: string, more = "") => `POST ${path} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n${more}`;

/** What a connection sends first, and then every second. */
const slow = (path: string): Slow[] => [
  { how: "nothing", first: "" },
  { how: "one byte", first: "P" },
  { how: "a head without its end", first: head(path) },
  { how: "a head, byte by byte", first: head(path), next: "X" },
  { how: "headers without an end", first: head(path), next: "X: y\r\n" },
  { how: "line breaks before a request", first: "\r\n", next: "\r\n" },
  { how: "a length, and no body", first: head(path, "Content-Length: 1000\r\n\r\n") },
  { how: "a body, byte by byte", first: head(path, "Content-Length: 1000\r\n\r\n"), next: "a" },
  { how: "chunks, byte by byte", first: head(path, "Transfer-Encoding: chunked\r\n\r\n"), next: "1\r\na\r\n" },
  { how: "a chunk without its end", first: head(path, "Transfer-Encoding: chunked\r\n\r\nffff\r\na") },
  { how: "a chunk's size, digit by digit", first: head(path, "Transfer-Encoding: chunked\r\n\r\n"), next: "0" },
  { how: "nothing after a request", first: "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n" },
  { how: "a head without its end after a request", first: `GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n${head(path)}`, next: "X: y\r\n" },
  { how: "a body after `Expect`", first: head(path, "Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n") },
];

/** Seconds until the server closes a connection; Infinity if it doesn't. */
async function lifetime(port: number, { first, next }: Slow): Promise<number> {
  const start = performance.now();
  const socket: Socket = connect(port, "127.0.0.1");
  let end: number | undefined;
  socket.on("error", () => {}).on("close", () => { end ??= performance.now(); }).resume();
  if (first) socket.write(first);
  const timer = setInterval(() => { if (next && !socket.destroyed) socket.write(next); }, 1000);
  while (end === undefined && performance.now() - start < (LIMIT + 2) * 1000) await setTimeout(100);
  clearInterval(timer);
  socket.destroy();
  return end === undefined ? Infinity : (end - start) / 1000;
}

if (isWhole) {
  attack("a connection that sends slowly or nothing is closed within 35 s", 28, async (tally, context) => {
    const pair = await Pair.start();
    try {
      const servers = { API: [Number(new URL(pair.registry.api.address).port), "/api/v1/token"], portal: [pair.portal.port, "/recover"] } as const;
      const all = Object.entries(servers).flatMap(([server, [port, path]]) => slow(path).map(async (one) => ({ server, how: one.how, seconds: await lifetime(port, one) })));
      const other = await fetch(`${pair.origin}/readyz`);
      assert.equal(other.status, 200, "others are served meanwhile");
      for (const { server, how, seconds } of await Promise.all(all)) {
        context.diagnostic(`${server}, ${how}: ${seconds.toFixed(1)} s`);
        tally.attempt(seconds > LIMIT && `${server}, ${how}: ${seconds} s`);
      }
    } finally {
      await pair.stop();
    }
  });
} else {
  test("slow connections: only in the whole suite (ATTACKS=whole)", { skip: true }, () => {});
}
