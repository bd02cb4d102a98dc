// A proxy in front of a real API: forwards requests, or simulates a failing API.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { Agent, type IncomingMessage, type Server, type ServerResponse, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "@playwright/test";

/** Treatment of requests. A stopped proxy (`stop`) no longer listens. */
export type Behaviour = "pass" | "slow" | "garbage" | "html" | "status 500" | "huge" | "cut";

const SLOW_MS = 10_000;
const HUGE_BYTES = 50 << 20;

/** Modification of a response's text. */
type Change = (path: string, text: string) => string;

export class Proxy {
  behaviour: Behaviour = "pass";
  /** Requested URLs, in order. */
  readonly asked: string[] = [];
  change: Change | undefined;
  /** Origin of the API. */
  upstream = "";
  port = 0;
  private readonly server: Server;
  private readonly agent = new Agent({ keepAlive: true });

  private constructor() {
    this.server = createServer((incoming, outgoing) => void this.answer(incoming, outgoing));
  }

  static async start(): Promise<Proxy> {
    const proxy = new Proxy();
    await proxy.listen();
    proxy.port = (proxy.server.address() as AddressInfo).port;
    return proxy;
  }

  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  /** Refuses connections from now on. */
  async stop(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  /** Accepts and forwards connections again. */
  async pass(): Promise<void> {
    this.behaviour = "pass";
    this.change = undefined;
    if (!this.server.listening) await this.listen();
  }

  async end(): Promise<void> {
    await this.stop();
    this.agent.destroy();
  }

  /** Waits until a portal has received all changes: until its next poll after the one that returns them. */
  async heard(): Promise<void> {
    const from = this.asked.length;
    const questions = () => this.asked.slice(from).filter((path) => path.includes("/marketplace/changes")).length;
    await expect.poll(questions, { intervals: [100], timeout: 20_000, message: "the portal asks what changed" }).toBeGreaterThanOrEqual(2);
  }

  private async listen(): Promise<void> {
    this.server.listen(this.port, "127.0.0.1");
    await once(this.server, "listening");
  }

  private answer(incoming: IncomingMessage, outgoing: ServerResponse): void | Promise<void> {
    this.asked.push(incoming.url!);
    // The client may disconnect at any time.
    outgoing.on("error", () => {});
    switch (this.behaviour) {
      case "pass":
        return this.forward(incoming, outgoing, this.change);
      case "slow": {
        const turn = setTimeout(() => this.forward(incoming, outgoing), SLOW_MS);
        outgoing.on("close", () => clearTimeout(turn));
        return;
      }
      case "garbage":
        incoming.socket.end(randomBytes(600));
        return;
      case "html":
        outgoing.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Welcome</title><h1>It works!</h1>");
        return;
      case "status 500":
        outgoing.writeHead(500, { "content-type": "text/plain" }).end("Internal Server Error");
        return;
      case "huge":
        return flood(outgoing);
      case "cut":
        return this.forward(incoming, outgoing, (_, text) => text.slice(0, text.length / 2));
    }
  }

  private forward(incoming: IncomingMessage, outgoing: ServerResponse, change?: Change): void {
    const { method, url, headers } = incoming;
    const wanted = { ...headers };
    // The response must be complete and uncompressed, not a 304.
    if (change) for (const name of ["accept-encoding", "if-none-match"]) delete wanted[name];
    const passed = request(new URL(url!, this.upstream), { method, headers: wanted, agent: this.agent }, (answer) => {
      if (!change) {
        outgoing.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(outgoing);
        return;
      }
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => {
        const body = Buffer.from(change(url!, Buffer.concat(parts).toString()));
        outgoing.writeHead(answer.statusCode!, { ...answer.headers, "content-length": body.length }).end(body);
      });
    });
    passed.on("error", () => outgoing.destroy());
    outgoing.on("close", () => passed.destroy());
    incoming.pipe(passed);
  }
}

/** Sends endless JSON without its length: only counting detects its size. */
async function flood(outgoing: ServerResponse): Promise<void> {
  const part = Buffer.alloc(1 << 16, "a");
  outgoing.writeHead(200, { "content-type": "application/json" });
  outgoing.write('{"data":["');
  const gone = once(outgoing, "close");
  for (let sent = 0; sent < HUGE_BYTES && !outgoing.destroyed; sent += part.length) {
    if (!outgoing.write(part)) await Promise.race([once(outgoing, "drain").catch(() => {}), gone]);
  }
  outgoing.end('"]}');
}
