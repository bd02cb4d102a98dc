// Request smuggling: whatever an ambiguous request is, the one hidden behind it has no effect.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before } from "node:test";
import { setTimeout } from "node:timers/promises";
import { feedbackLog } from "../helper/programs.ts";
import { type Tally, attack } from "./helper/attack.ts";
import { Pair } from "./helper/pair.ts";
import { AMBIGUITIES, type Ambiguity, CLEAR } from "./helper/smuggling.ts";
import { exchange } from "./helper/socket.ts";

/** Connections at a time. Each waits until its server is silent. */
const PARALLEL = 12;
const FORM = "Content-Type: application/x-www-form-urlencoded\r\n";

type Target = {
  port: number;
  /** Heads of requests: one whose body the server reads, one whose body it has no use for. */
  requests: string[];
  /** A request with an effect under a name. */
  smuggled: (name: string) => string;
  /** Names with an effect. */
  effects: () => string;
};

let pair: Pair, api: Target, portal: Target;
before(async () => {
  pair = await Pair.start();
  const { folders, address } = pair.registry.api;
  const post = (path: string, headers: string, body: string) => `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;
  const heads = (...paths: string[]) => paths.map((path) => `${path} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n${FORM}`);
  api = {
    port: Number(new URL(address).port),
    requests: heads("POST /api/v1/token", "GET /health", "POST /api/v1/signup"),
    smuggled: (name) => post("/api/v1/signup", "Content-Type: application/json\r\n", JSON.stringify({ organizationName: name })),
    effects: () => {
      const database = new DatabaseSync(join(folders.data, "sentryagent.db"), { readOnly: true });
      try {
        return database.prepare("SELECT name FROM organizations").all().map(({ name }) => name).join("\n");
      } finally {
        database.close();
      }
    },
  };
  portal = {
    port: pair.portal.port,
    requests: heads("POST /recover", "GET /readyz", "POST /get-started"),
    smuggled: (name) => post("/feedback", `Sec-Fetch-Site: same-origin\r\nX-Forwarded-For: 10.${[1, 2, 3].map(() => Math.floor(Math.random() * 250) + 1).join(".")}\r\n${FORM}`, `page=%2Fdocs&useful=yes&word=${name}`),
    effects: () => (existsSync(feedbackLog(pair.portal.port)) ? readFileSync(feedbackLog(pair.portal.port), "utf8") : ""),
  };
});
after(() => pair?.stop());

/** Sends a request with another one behind it, to the server in each of its states. */
async function send(target: Target, ambiguities: Ambiguity[], judge: (what: string, name: string, exchange: Awaited<ReturnType<typeof exchange>>) => void) {
  const all = ambiguities.flatMap((ambiguity) => target.requests.map((request) => ({ ambiguity, request })));
  for (let at = 0; at < all.length; at += PARALLEL) {
    await Promise.all(all.slice(at, at + PARALLEL).map(async ({ ambiguity, request }, index) => {
      const name = `smuggled-${at + index}-${ambiguity.how.length}-end`;
      const what = `${request.split(" HTTP")[0]}, ${ambiguity.how}`;
      judge(what, name, await exchange(target.port, ambiguity.bytes(request, target.smuggled(name))));
    }));
  }
}

async function smuggle(target: Target, tally: Tally): Promise<void> {
  const sent: [string, string][] = [];
  await send(target, AMBIGUITIES, (what, name, { statuses, isClosed }) => {
    sent.push([what, name]);
    // One response, or none: the server rejected the request, waits for its end, or read all of it as one.
    tally.attempt(statuses.length > 1 && `${what}: responses ${statuses}, ${isClosed ? "closed" : "open"}`);
  });
  await setTimeout(100);
  const effects = target.effects();
  for (const [what, name] of sent) if (effects.includes(name)) tally.harm.push(`${what}: the smuggled request had an effect`);
}

/** The control: behind a request with one end, the same request has its effect. */
async function pipeline(target: Target): Promise<void> {
  const names: string[] = [];
  await send({ ...target, requests: target.requests.slice(0, 1) }, CLEAR, (what, name, { statuses }) => {
    names.push(name);
    assert.equal(statuses.length, 2, `${what}: responses ${statuses}`);
  });
  await setTimeout(100);
  const effects = target.effects();
  for (const name of names) assert.ok(effects.includes(name), `the effect of ${name}`);
}

attack("no ambiguous request smuggles another one into the API", 3 * 100, async (tally) => {
  await pipeline(api);
  await smuggle(api, tally);
});

attack("no ambiguous request smuggles another one into the portal", 3 * 100, async (tally) => {
  await pipeline(portal);
  await smuggle(portal, tally);
});
