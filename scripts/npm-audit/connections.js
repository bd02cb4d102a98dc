// node connections.js ADDRESS PATH LARGE SECONDS: hostile connections to a server, and what others notice.
// Keeps 5,000 connections from 100 addresses of the loopback network busy: idle ones, slow heads, slow bodies, and responses that
// nobody reads. When the server closes one, another takes its place. Meanwhile a client with an address of its own requests PATH 20
// times a second, each time on a new connection. Prints the times of its requests in ms as JSON.
import http from "node:http";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const [address, path, large, seconds] = process.argv.slice(2);
const [host, port] = [address.split(":")[0], Number(address.split(":")[1])];
const CONNECTIONS = 5000;
const ADDRESSES = 100;
const KINDS = [
  (socket) => socket,
  (socket) => drip(socket, "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", "a"),
  (socket) => drip(socket, "POST /api/v1/signup HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n", " "),
  (socket) => socket.pause().write(`GET ${large} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(50)),
];
let opened = 0;
let stopped = false;

/** Sends a start, then a byte every few seconds. */
function drip(socket, start, byte) {
  socket.write(start);
  const timer = setInterval(() => socket.write(byte), 3000 + Math.random() * 2000);
  socket.on("close", () => clearInterval(timer));
}

function attack(number) {
  if (stopped) return;
  opened += 1;
  const socket = net.connect({ host, port, localAddress: `127.0.1.${(number % ADDRESSES) + 1}` });
  socket.on("connect", () => KINDS[number % KINDS.length](socket));
  socket.on("error", () => {});
  // Not at once, so that the attack's own work leaves a processor to the server.
  socket.on("close", () => setTimeout(() => attack(number), 1000));
}

function measure() {
  const begin = process.hrtime.bigint();
  return new Promise((resolve) => {
    const request = http.get({ host, port, path, agent: false, localAddress: "127.0.0.1", timeout: 10_000 }, (response) => {
      response.resume();
      response.on("end", () => resolve({ status: response.statusCode, ms: Number(process.hrtime.bigint() - begin) / 1e6 }));
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve({ status: 0, ms: Number(process.hrtime.bigint() - begin) / 1e6 }));
  });
}

for (let number = 0; number < CONNECTIONS; number += 1) {
  attack(number);
  if (number % 250 === 0) await sleep(50);
}
await sleep(3000);
const results = [];
const end = Date.now() + Number(seconds) * 1000;
while (Date.now() < end) {
  results.push(await measure());
  await sleep(50);
}
stopped = true;
const times = results.map((result) => result.ms).sort((one, other) => one - other);
const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))];
const failed = results.filter((result) => result.status !== 200).length;
console.log(JSON.stringify({ requests: results.length, failed, median: at(0.5), p99: at(0.99), most: times.at(-1), opened }));
process.exit(0);
