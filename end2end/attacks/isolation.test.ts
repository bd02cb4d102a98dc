// Attacks on the separation of tenants: with the IDs of another tenant, in every operation that takes an ID.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { Api } from "../clients/helper/api.ts";
import { type Asked, ask } from "./helper/ask.ts";
import { attack } from "./helper/attack.ts";
import { OPERATIONS, type Operation, fill } from "./helper/contract.ts";
import { PRODUCTION } from "./helper/pair.ts";
import { type Ids, Tenant } from "./helper/tenant.ts";

let api: Api, victim: Tenant, attacker: Tenant;
before(async () => {
  api = await Api.start(PRODUCTION);
  victim = await Tenant.create(api);
  attacker = await Tenant.create(api);
});
after(() => api?.stop());

const BODIES: Record<string, object> = {
  updateAgent: { description: "taken" },
  createCredential: { scopes: ["agents:read"] },
  rotateCredential: { overlapSeconds: 60 },
  checkClaim: { signature: "a.b.c" },
};
/** Operations with IDs in the path that belong to one tenant. */
const PRIVATE = OPERATIONS.filter(({ path, ids }) => ids.length > 0 && path.startsWith("/api/v1/") && !/marketplace|\/did/.test(path));

/** Spellings of an ID that a parser may accept. */
const SPELLINGS: ((id: string) => string)[] = [
  (id) => id, (id) => id.toUpperCase(), (id) => id.replaceAll("-", ""), (id) => `%7B${id}%7D`, (id) => `urn:uuid:${id}`, (id) => id.replace("-", "%2D"),
];

/** Callers of the other tenant, and of none; some name the victim's tenant where a server could believe it. */
const callers = (): Asked[] => [
  { token: attacker.token }, { token: attacker.agentToken }, { token: attacker.handle }, {},
  { token: attacker.token, headers: { "x-organization-id": victim.organization.id, "x-tenant-id": victim.organization.id, "x-client-id": victim.organization.id } },
  { headers: { authorization: `Basic ${Buffer.from(`${victim.organization.id}:`).toString("base64")}` } },
];

const send = ({ id, method, path }: Operation, ids: Ids, caller: Asked, query = "") =>
  ask(api.address, method, fill(path, ids) + query, { ...caller, ...(BODIES[id] && { body: BODIES[id] }) });

/** The IDs of a request: all of the victim, or one of the victim within the attacker's own. */
function mixtures({ ids }: Operation): Ids[] {
  if (ids.length === 1) return [victim.ids];
  return [victim.ids, ...ids.map((name) => ({ ...attacker.ids, [name]: victim.ids[name as keyof Ids] }))];
}

attack("a tenant can neither read nor change another tenant's data by its IDs", 400, async (tally) => {
  const before = await victim.state();
  for (const operation of PRIVATE) {
    for (const mixed of mixtures(operation)) {
      for (const caller of callers()) {
        for (const spell of SPELLINGS) {
          const ids = Object.fromEntries(Object.entries(mixed).map(([name, id]) => [name, spell(id)])) as Ids;
          const answer = await send(operation, ids, caller);
          tally.attempt((answer.isSuccess || answer.text.includes(victim.mark)) && `${operation.method} ${fill(operation.path, ids)}: ${answer}`);
        }
        const named = await send(operation, mixed, caller, `?organizationId=${victim.organization.id}`);
        tally.attempt((named.isSuccess || named.text.includes(victim.mark)) && `${operation.id} with organizationId: ${named}`);
      }
    }
  }
  assert.equal(await victim.state(), before, "the victim's state and audit trail");
});

attack("IDs and tokens of another tenant have no effect in queries, bodies and public documents", 60, async (tally) => {
  const before = await victim.state();
  const { agentId } = victim.ids;
  const body = { kind: "key", agentId };
  for (const caller of callers()) {
    const queries = [`/audit?agentId=${agentId}`, `/claims?agentId=${agentId}`, "/agents?limit=100", "/audit?limit=100", "/audit/export", "/sessions", "/organizations/me", `/agents?owner=${victim.mark}`];
    for (const path of queries) {
      const answer = await ask(api.address, "GET", `/api/v1${path}`, caller);
      tally.attempt((answer.text.includes(victim.mark) || (answer.isSuccess && answer.text.includes(agentId))) && `GET ${path}: ${answer}`);
    }
    const created = await ask(api.address, "POST", "/api/v1/claims", { ...caller, body });
    tally.attempt(created.isSuccess && `POST /claims: ${created}`);
    // The response is the same for unknown tokens (RFC 7009), so only the victim's next call shows an effect.
    const form = new URLSearchParams({ token: victim.agentToken });
    await ask(api.address, "POST", "/api/v1/token/revoke", { ...caller, body: form });
    const next = await ask(api.address, "GET", "/api/v1/agents", { token: victim.agentToken });
    tally.attempt(next.status !== 200 && `POST /token/revoke: the victim's token returns ${next}`);
  }
  const documents = ["/agents/ID/did.json", "/agents/ID/agent-card.json", "/api/v1/agents/ID/did", "/api/v1/agents/ID/did/card", "/api/v1/agents/ID/did/resolve", "/api/v1/marketplace/agents/ID"];
  for (const path of [...documents.map((path) => path.replace("ID", agentId)), `/api/v1/marketplace/agents?q=${victim.mark}`, "/api/v1/marketplace/changes"]) {
    const answer = await ask(api.address, "GET", path);
    tally.attempt(answer.text.includes(victim.mark) && `GET ${path}: ${answer}`);
  }
  const report = await ask(api.address, "POST", `/api/v1/marketplace/agents/${agentId}/reports`, { body: { reason: "spam" } });
  tally.attempt(report.isSuccess && `a report of a private agent: ${report}`);
  assert.equal(await victim.state(), before, "the victim's state and audit trail");
});

attack("an Idempotency-Key of another tenant doesn't return its response", 4, async (tally) => {
  const headers = { "idempotency-key": `of-the-victim-${victim.mark}` };
  const path = `/api/v1/agents/${victim.ids.agentId}/credentials`;
  const own = await ask(api.address, "POST", path, { headers, body: {}, token: victim.token });
  assert.equal(own.status, 201);
  const again = await ask(api.address, "POST", path, { headers, body: {}, token: victim.token });
  assert.equal(again.json.clientSecret, own.json.clientSecret, "the victim's own repeated call returns the secret");
  for (const caller of callers()) {
    const answer = await ask(api.address, "POST", path, { ...caller, headers: { ...caller.headers, ...headers }, body: {} });
    tally.attempt((answer.isSuccess || answer.text.includes(own.json.clientSecret)) && `${answer}`);
  }
});

attack("an agent can't leave its own records, also within its organization", 20, async (tally) => {
  const { organization } = attacker;
  const sibling = await organization.agent({ name: "Sibling" });
  const { credentialId } = await organization.credentialOf(sibling);
  const before = await attacker.state();
  const { data: [claim] } = (await attacker.ask("GET", "/claims")).json;
  for (const operation of PRIVATE.filter(({ ids }) => ids.includes("agentId") || ids.includes("sessionId"))) {
    const ids = { ...attacker.ids, agentId: sibling.agentId, credentialId, claimId: claim.claimId };
    for (const spell of SPELLINGS.slice(0, 3)) {
      const answer = await send(operation, { ...ids, agentId: spell(ids.agentId) }, { token: attacker.agentToken });
      // Reading agents of its own organization may be allowed; changing them is not.
      tally.attempt(operation.method !== "GET" && answer.isSuccess && `${operation.id}: ${answer}`);
    }
  }
  assert.equal(await attacker.state(), before, "the organization's state and audit trail");
});

// The control: with the victim's own token, each of the same requests succeeds. Runs last, since it deletes.
attack("each request of these attacks succeeds for its owner", PRIVATE.length, async (tally) => {
  const isLast = ({ id }: Operation) => Number(id === "decommissionAgent");
  const order = PRIVATE.toSorted((a, b) => isLast(a) - isLast(b) || Number(a.method === "DELETE") - Number(b.method === "DELETE"));
  for (const operation of order) {
    const answer = await send(operation, victim.ids, { token: victim.token });
    tally.attempt(!answer.isSuccess && `${operation.id}: ${answer}`);
  }
});
