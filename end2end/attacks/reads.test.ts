// Reads write nothing: after every GET of API and portal, with and without a session, the database is the same, and the
// portal has sent nothing but GETs to the API.
import assert from "node:assert/strict";
import type { IncomingMessage, Server } from "node:http";
import { after, before } from "node:test";
import { setTimeout } from "node:timers/promises";
import { located } from "../helper/addresses.ts";
import { Visitor, agentForm } from "../onboarding/visitor.ts";
import { Account } from "./helper/account.ts";
import { ask } from "./helper/ask.ts";
import { type Tally, attack, sized } from "./helper/attack.ts";
import { OPERATIONS, fill } from "./helper/contract.ts";
import { Database, differences } from "./helper/database.ts";
import { Pair } from "./helper/pair.ts";
import { ROUTES } from "./helper/routes.ts";
import { Tenant } from "./helper/tenant.ts";

let pair: Pair, tenant: Tenant, account: Account, database: Database;
/** Requests of the portal to the API, as seen by the proxy between them. */
const passed: string[] = [];

before(async () => {
  pair = await Pair.start();
  const { api } = pair.registry;
  tenant = await Tenant.create(api);
  account = await Account.create(pair);
  database = new Database(api);
  const proxy = Reflect.get(pair.proxy, "server") as Server;
  proxy.prependListener("request", ({ method, url }: IncomingMessage) => passed.push(`${method} ${url}`));
});
after(async () => {
  database?.close();
  await pair?.stop();
});

/** Waits until the work behind earlier responses is done, such as sending emails. */
async function quiet(): Promise<void> {
  for (let [last, now] = ["", "-"]; last !== now; now = JSON.stringify(database.tables())) {
    last = now;
    await setTimeout(150);
  }
}

/** Sends reads, and compares the database before and after each group of them. */
async function read(tally: Tally, what: string, reads: (() => Promise<{ status: number }>)[]): Promise<void> {
  const before = database.tables();
  for (const one of reads) {
    const { status } = await one();
    tally.attempt((status === 0 || status === 500) && `${what}: ${status}`);
  }
  // What a request starts in the background is written soon.
  await setTimeout(30);
  const changed = differences(before, database.tables());
  if (changed.length > 0) tally.harm.push(`${what}: ${changed}`);
}

attack("no GET of the API writes to the database, whoever sends it", 150, async (tally) => {
  const { address } = pair.registry.api;
  await quiet();
  const aliases = ["/", "/openapi.json", "/dev/mail", `/api/v1/agents/${tenant.ids.agentId}/did`, `/api/v1/agents/${tenant.ids.agentId}/did/card`, "/api/v1/audit?limit=100&action=agent.registered", "/api/v1/marketplace/agents?q=a&facets=capability", "/missing"];
  const paths = OPERATIONS.filter(({ method }) => method === "GET").map(({ path }) => fill(path, { ...tenant.ids, slug: "missing" })).concat(aliases);
  for (const token of [undefined, tenant.token, tenant.agentToken, tenant.handle, "wrong"]) {
    const headers = { "if-none-match": "*", "idempotency-key": "0123456789abcdef0123456789" };
    for (const method of ["GET", "HEAD", "OPTIONS"]) {
      await read(tally, `${method} of the API with ${token?.slice(0, 8)}`, paths.flatMap((path) => [() => ask(address, method, path, { token }), ...(method === "GET" ? [() => ask(address, method, path, { token, headers })] : [])]));
    }
  }
});

attack("no GET of the portal writes to the database or sends anything but GETs to the API", 500, async (tally) => {
  // A reader whose new secret was not shown yet, and a reader who has signed out.
  const pending = new Visitor(pair.origin);
  await pending.post("/get-started", agentForm({ email: "pending@example.com" }));
  const gone = await Visitor.withAgent(pair);
  const revoked = gone.cookie;
  await gone.post("/get-started/leave");
  const cookies = { none: "", reader: account.cookie, "pending secret": pending.cookie, "signed out": revoked, unreadable: `${account.cookie.slice(0, -8)}AAAAAAA%3D` };
  const sitemap = located((await ask(pair.origin, "GET", "/sitemap.xml")).text).filter((_, at) => at % sized(10, 1) === 0);
  const paths = ROUTES.map(({ path }) => account.path(path)).concat("/get-started?another", "/account?x=1", `/marketplace/${account.ids.id}/report?taken=${account.ids.id}`, "/marketplace?q=a&page=2", "/search?q=token", "/feedback?page=/docs", "/verify/missing", "/claim/missing", "/recover/missing");
  await quiet();
  for (const [who, cookie] of Object.entries(cookies)) {
    for (const method of ["GET", "HEAD"]) {
      passed.length = 0;
      const headers = { accept: "text/html", cookie, "sec-fetch-site": "same-origin" };
      const markdown = { ...headers, accept: "text/markdown" };
      const all = [...paths.flatMap((path) => [() => ask(pair.origin, method, path, { headers }), () => ask(pair.origin, method, path, { headers: markdown })]), ...sitemap.map((path) => () => ask(pair.origin, method, path, { headers }))];
      await read(tally, `${method} of the portal, ${who}`, all);
      const others = passed.filter((line) => !line.startsWith("GET "));
      if (others.length > 0) tally.harm.push(`${method} of the portal, ${who}: sent ${[...new Set(others)]}`);
      // Without a session, the portal may have all in its cache.
      assert.ok(passed.length > 0 || who !== "reader", "the proxy sees requests of the portal");
    }
  }
});

// The control: the codes of links are unused after all these reads, and forms write.
attack("the links that were read still work, and forms write", 3, async (tally) => {
  const { address } = pair.registry.api;
  const before = database.tables();
  for (const [path, token] of [["verify", account.codes.verify], ["recover/confirm", account.codes.recover]]) {
    const answer = await ask(address, "POST", `/api/v1/signup/${path}`, { body: { token } });
    tally.attempt(!answer.isSuccess && `${path}: ${answer}`);
  }
  passed.length = 0;
  const { status } = await account.visitor.post("/account/claims", { target: "written.example" });
  const changed = differences(before, database.tables());
  tally.attempt((status !== 303 || changed.length === 0 || !passed.some((line) => line.startsWith("POST "))) && `a form: ${status}, ${changed.length} tables changed, sent ${passed}`);
});
