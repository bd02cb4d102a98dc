// Random mutations of valid requests to all operations of the API, and to all pages and forms of the portal: no internal
// error, and both servers are alive afterwards.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { elsewhere } from "../onboarding/reader.ts";
import { Account, OWN } from "./helper/account.ts";
import { type Answer, type Asked, ask } from "./helper/ask.ts";
import { type Tally, attack, sized } from "./helper/attack.ts";
import { OPERATIONS, type Operation, fill } from "./helper/contract.ts";
import { Random, TEXTS, garble, headers, inUrl, mutate, query } from "./helper/mutations.ts";
import { Pair } from "./helper/pair.ts";
import { ROUTES, type Route } from "./helper/routes.ts";
import { Tenant } from "./helper/tenant.ts";

/** The whole suite has a new seed each time; the quick one finds the same each time. */
const SEED = Number(process.env.ATTACKS_SEED ?? sized(1, Date.now() % 2 ** 32));
const MILLIS = sized(1_500, 45_000);
const PARALLEL = 4;
/** Other methods of the same paths. Not DELETE, which would end the organization: deletions are operations of their own. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "OPTIONS", "TRACE", "PURGE"];

let pair: Pair, tenant: Tenant, account: Account;
before(async () => {
  pair = await Pair.start();
  tenant = await Tenant.create(pair.registry.api);
  account = await Account.create(pair);
});
after(() => pair?.stop());

type Sent = [method: string, path: string, asked: Asked];

/** A request to an operation, with one or more of its parts changed. */
function toApi(random: Random, operation: Operation): Sent {
  const ids = { ...tenant.ids, slug: "missing" } as Record<string, string>;
  for (const name of operation.ids) if (random.chance(0.15)) ids[name] = inUrl(random, random.pick(TEXTS));
  const token = random.pick([tenant.token, tenant.token, tenant.token, tenant.agentToken, tenant.handle, undefined]);
  const path = fill(operation.path, ids) + (random.chance(0.6) ? query(random, operation.query) : "");
  const method = random.chance(0.95) ? operation.method : random.pick(METHODS);
  const asked: Asked = { token, headers: random.chance(0.4) ? headers(random) : {} };
  if (!operation.type) return [method, path, random.chance(0.05) ? { ...asked, body: { a: 1 } } : asked];
  let body: unknown = operation.example;
  for (let times = random.below(4); times > 0; times--) body = mutate(random, body);
  if (operation.type.includes("form")) {
    const fields = new URLSearchParams(Object.entries(body ?? {}).map(([name, value]) => [name, String(value)]));
    const text = random.chance(0.1) ? `${fields}&${fields}` : fields.toString();
    return [method, path, { ...asked, headers: { "content-type": operation.type, ...asked.headers }, body: random.chance(0.1) ? garble(random, text) : text }];
  }
  const text = JSON.stringify(body) ?? "";
  return [method, path, { ...asked, body: random.chance(0.15) ? garble(random, text) : text }];
}

/** A request to a page or a form. */
function toPortal(random: Random, route: Route): Sent {
  let path = account.path(route.path);
  if (random.chance(0.2)) {
    const parts = path.split("/");
    parts[1 + random.below(parts.length - 1)] = inUrl(random, random.pick(TEXTS));
    path = parts.join("/");
  }
  if (random.chance(0.4)) path += query(random, ["q", "page", "sort", "capability", "publisher", "another", "taken", "did", "facets", "cursor", "agentType", "checked", "updatedSince"]);
  const method = random.chance(0.9) ? (route.isForm && random.chance(0.7) ? "POST" : "GET") : random.pick(METHODS);
  const cookie = random.pick([account.cookie, account.cookie, "", "session=x", `session=${inUrl(random, random.pick(TEXTS))}`]);
  const asked: Asked = { headers: { ...OWN, ...elsewhere(), cookie, ...(random.chance(0.3) ? headers(random) : {}) } };
  if (method !== "POST") return [method, path, asked];
  // A deletion or a sign-out would end the session: all else would be attacked without one.
  const isEnd = /delete|leave|sessions|\/end|suspend/.test(route.path);
  const fields: Record<string, string> = isEnd ? {} : account.fields(route.path);
  if (isEnd) asked.headers!.cookie = "";
  for (const name of Object.keys(fields)) if (random.chance(0.4)) fields[name] = random.pick(TEXTS);
  const text = new URLSearchParams(fields).toString();
  const body = random.chance(0.15) ? garble(random, text) : text;
  return [method, path, { headers: { "content-type": "application/x-www-form-urlencoded", ...asked.headers }, body }];
}

/** Sends mutated requests for some time. Each has a seed of its own, so that a single one can be repeated. */
async function fuzz(tally: Tally, origin: string, make: (random: Random, at: number) => Sent): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  const end = performance.now() + MILLIS;
  let at = 0;
  const send = async () => {
    while (performance.now() < end) {
      const seed = SEED + at++;
      const [method, path, asked] = make(new Random(seed), seed);
      const answer: Answer = await ask(origin, method, path, asked);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      // 503 is for an unavailable dependency; none is unavailable here, except for what has yet to load.
      const isBroken = answer.status === 500 || answer.status === 502 || answer.status === 504 || (answer.status === 0 && !/ECONNRESET|EPIPE|hang up/.test(answer.text));
      tally.attempt(isBroken && `seed ${seed}: ${method} ${path.slice(0, 200)} ${String(asked.body).slice(0, 300)} ${JSON.stringify(asked.headers)}: ${answer}`);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, send));
  return statuses;
}

const told = (statuses: Map<number, number>) => [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`).join(", ");

attack("no mutation of a valid request causes an internal error of the API", sized(150, 10_000), async (tally, context) => {
  const { address } = pair.registry.api;
  const isEnd = ({ id }: Operation) => ["deleteOrganization", "decommissionAgent", "endSession"].includes(id);
  const operations = OPERATIONS.filter((operation) => !isEnd(operation));
  const statuses = await fuzz(tally, address, (random, at) => toApi(random, operations[at % operations.length]));
  context.diagnostic(`seed ${SEED}; ${told(statuses)}`);
  assert.ok([200, 201, 400, 401, 404].every((status) => statuses.has(status)), `requests are accepted and rejected: ${told(statuses)}`);
  const alive = await ask(address, "GET", "/api/v1/agents", { token: tenant.token });
  assert.equal(alive.status, 200, "the API after all requests");
});

attack("no mutation of a valid request causes an internal error of the portal", sized(60, 5_000), async (tally, context) => {
  const statuses = await fuzz(tally, pair.origin, (random, at) => toPortal(random, ROUTES[at % ROUTES.length]));
  context.diagnostic(`seed ${SEED}; ${told(statuses)}`);
  assert.ok([200, 303, 400, 404, 422].every((status) => statuses.has(status)), `requests are accepted and rejected: ${told(statuses)}`);
  const alive = await ask(pair.origin, "GET", "/readyz");
  assert.equal(alive.status, 200, "the portal after all requests");
});
