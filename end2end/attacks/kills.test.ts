// kill -9 while clients write: what was acknowledged is there after the restart, once, and the audit trail is whole.
import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { Api, Folders } from "../clients/helper/api.ts";
import { Organization, token } from "../clients/helper/organization.ts";
import { ask, sure } from "./helper/ask.ts";
import { type Tally, attack, isWhole, sized } from "./helper/attack.ts";
import { PRODUCTION } from "./helper/pair.ts";

const ROUNDS = sized(3, 25);
const WRITERS = 6;
/** The latest time of a kill after the start of the writers, in ms. */
const LATEST = 250;

const folders = new Folders();
/** A write, and its response if the client received one. */
type Write = { key: string; name: string; agentId?: string };

/** Kills the API without notice; its helper has no method for it. */
async function kill(api: Api): Promise<void> {
  const child = Reflect.get(api, "child") as ChildProcess;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

const register = (origin: string, bearer: string, { key, name }: Write) =>
  ask(origin, "POST", "/api/v1/agents", { token: bearer, headers: { "idempotency-key": key }, body: { name, agentType: "custom", capabilities: ["tests:run"] } });

/** Registers agents one after the other, until the API is gone. */
async function write(origin: string, bearer: string, round: number, writes: Write[]): Promise<void> {
  for (let at = 0; ; at++) {
    const made: Write = { key: randomUUID(), name: `Round ${round} ${randomUUID()}` };
    writes.push(made);
    const answer = await register(origin, bearer, made);
    if (answer.status === 0) return;
    assert.equal(answer.status, 201, answer.text);
    // A response that was cut off is no acknowledgement.
    try { made.agentId = answer.json.agentId; } catch { return; }
  }
}

/** All agents, by name. */
async function registered(api: Api, bearer: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (let page = 1; ; page++) {
    const { data } = await sure(api.address, "GET", `/api/v1/agents?limit=100&page=${page}`, { token: bearer });
    for (const { name, agentId } of data) found.set(name, [...(found.get(name) ?? []), agentId]);
    if (data.length === 0) return found;
  }
}

/** Compares the agents with the acknowledged writes, and repeats the others. */
async function judge(tally: Tally, api: Api, bearer: string, writes: Write[]): Promise<void> {
  const before = await registered(api, bearer);
  for (const { name, agentId } of writes) {
    const found = before.get(name) ?? [];
    if (agentId) tally.attempt((found.length !== 1 || found[0] !== agentId) && `acknowledged ${agentId}; found ${found}`);
    else tally.attempt(found.length > 1 && `not acknowledged, and found ${found.length} times`);
  }
  for (const made of writes.filter(({ agentId }) => !agentId).concat(writes.filter(({ agentId }) => agentId).slice(-WRITERS))) {
    const again = await register(api.address, bearer, made);
    const isRight = again.status === 201 && (!made.agentId || again.json.agentId === made.agentId);
    tally.attempt(!isRight && `the repeated call of ${made.agentId ?? "a lost response"} returns ${again}`);
    made.agentId ??= again.json.agentId;
  }
  const after = await registered(api, bearer);
  for (const { name } of writes) tally.attempt(after.get(name)?.length !== 1 && `${name}: found ${after.get(name)?.length} times after its repetition`);
  const { verified, reachesHead, ...rest } = await sure(api.address, "GET", "/api/v1/audit/verify", { token: bearer });
  tally.attempt(!(verified && reachesHead) && `the audit trail: ${JSON.stringify(rest)}`);
}

attack("no acknowledged write is lost or doubled by kill -9, and the audit trail verifies", sized(60, 600), async (tally, context) => {
  let api = await Api.start(PRODUCTION, folders);
  // The issuer contains the port, so that tokens stay valid.
  const settings = { ...PRODUCTION, API_ADDR: api.address.replace("http://", "") };
  try {
    const organization = await Organization.verified(api);
    let acknowledged = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const writes: Write[] = [];
      const credential = await organization.credentialOf(await organization.agent({ name: "With a credential" }));
      const writers = Array.from({ length: WRITERS }, () => write(api.address, organization.token, round, writes));
      await setTimeout(20 + Math.random() * LATEST);
      await kill(api);
      await Promise.all(writers);
      acknowledged += writes.filter(({ agentId }) => agentId).length;
      api = await Api.start(settings, folders);
      assert.ok(await token(api.origin, credential), "a credential that was acknowledged before the kill");
      await judge(tally, api, organization.token, writes);
    }
    assert.ok(acknowledged > ROUNDS, "writes were acknowledged");
    context.diagnostic(`${ROUNDS} kills, ${acknowledged} acknowledged writes${isWhole ? "" : " (quick)"}`);
  } finally {
    await api.stop();
    folders.remove();
  }
});
