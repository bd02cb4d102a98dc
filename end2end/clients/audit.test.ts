// The audit trail, verified independently: hashes by node:crypto over canonicalize's output, the head by jose.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import canonicalize from "canonicalize";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { Api } from "./helper/api.ts";
import { Organization } from "./helper/organization.ts";

type Event = { seq: number; action: string; previousHash: string; hash: string; metadata: object };
const GENESIS = "0".repeat(64);

let api: Api, organization: Organization;
before(async () => {
  api = await Api.start();
  organization = await Organization.verified(api);
  // Text that JSON can encode in several ways unless it is canonicalized.
  const agent = await organization.agent({ name: "Prüfer \"ß\" 日本 \u{1F600} \\/", owner: "é ≠ e\u0301", tags: ["\u{10FFFF}", "z", "ﬀ"] });
  await organization.credentialOf(agent);
  await organization.decommission(agent);
});
after(() => api.stop());

async function exported(): Promise<Event[]> {
  const response = await organization.get("/api/v1/audit/export");
  assert.equal(response.headers.get("content-type"), "application/jsonl");
  return (await response.text()).trim().split("\n").map((line) => JSON.parse(line));
}

/** Index of the first invalid event, if any. */
function firstFault(events: Event[]): number | undefined {
  let previous = GENESIS;
  for (const [index, { hash, ...rest }] of events.entries()) {
    const own = createHash("sha256").update(canonicalize(rest)!).digest("hex");
    if (rest.seq !== index + 1 || rest.previousHash !== previous || own !== hash) return rest.seq;
    previous = hash;
  }
}

test("every hash in the exported audit trail equals the hash that node:crypto computes", async () => {
  const events = await exported();
  assert.ok(events.some(({ action }) => action === "agent.decommissioned"), "the audit trail contains the decommissioning");
  assert.equal(firstFault(events), undefined);
});

test("verification of the exported audit trail detects a modified or deleted event at its position", async () => {
  const events = await exported();
  const changed = structuredClone(events);
  changed[2].action = changed[2].action.replace(/.$/, "_");
  assert.equal(firstFault(changed), 3);
  assert.equal(firstFault(events.toSpliced(2, 1)), 4);
});

test("jose verifies the signed head of the audit trail, and the head references the last event", async () => {
  const events = await exported();
  const head = await (await organization.get("/api/v1/audit/head")).json();
  const keys = createRemoteJWKSet(new URL("/.well-known/jwks.json", api.origin));
  const { payload } = await jwtVerify(head.signature, keys, { issuer: api.origin, subject: organization.id, typ: "audit-head+jwt" });
  const last = events.at(-1)!;
  assert.deepEqual([payload.headSeq, payload.headHash], [last.seq, last.hash]);
  assert.deepEqual([head.headSeq, head.headHash], [last.seq, last.hash]);
});

test("the API's own verification of the audit trail confirms every exported event up to the head", async () => {
  const { verified, checkedCount, reachesHead } = await (await organization.get("/api/v1/audit/verify")).json();
  assert.deepEqual([verified, checkedCount, reachesHead], [true, (await exported()).length, true]);
});
