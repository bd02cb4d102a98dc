// Races: parallel uses of what works once. Exactly one may win.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before } from "node:test";
import { Api } from "../clients/helper/api.ts";
import { mailedLink } from "../clients/helper/mail.ts";
import { Organization } from "../clients/helper/organization.ts";
import { type Answer, ask, sure } from "./helper/ask.ts";
import { type Tally, attack, sized } from "./helper/attack.ts";
import { PRODUCTION } from "./helper/pair.ts";

/** Parallel requests of a race. */
const RUNNERS = 8;
/** Races of each kind. */
const RACES = sized(8, 60);

let api: Api, organization: Organization;
before(async () => {
  api = await Api.start(PRODUCTION);
  organization = await Organization.verified(api);
});
after(() => api?.stop());

const post = (path: string, body: object, token?: string, headers = {}) => ask(api.address, "POST", `/api/v1${path}`, { body, token, headers });
const mailedCode = async (email: string, path?: string) => (await mailedLink(api.folders.mail, email, path)).pathname.split("/").at(-1)!;

/** Runs requests in parallel, counts the race, and returns the winners. */
async function race(tally: Tally, what: string, run: (runner: number) => Promise<Answer>): Promise<Answer[]> {
  const answers = await Promise.all(Array.from({ length: RUNNERS }, (_, runner) => run(runner)));
  const winners = answers.filter((answer) => answer.isSuccess);
  const isBroken = answers.some(({ status }) => status === 0 || status >= 500);
  tally.attempt((winners.length !== 1 || isBroken) && `${what}: ${winners.length} winners; ${answers.map(({ status }) => status)}`);
  return winners;
}

attack("a verification code verifies once, whoever comes at the same time", RACES, async (tally) => {
  for (let at = 0; at < RACES; at++) {
    const email = `${randomUUID()}@example.com`;
    await post("/signup", { email });
    const token = await mailedCode(email);
    const [winner] = await race(tally, "verify", () => post("/signup/verify", { token }));
    const { total: events } = await sure(api.address, "GET", "/api/v1/audit?action=organization.verified", { token: winner?.json.session.handle });
    assert.equal(events, 1, "verifications in the audit trail");
  }
});

attack("a provisional organization is claimed once, by one of many recipients", RACES, async (tally) => {
  for (let at = 0; at < RACES; at++) {
    const { claimCode } = (await post("/signup", {})).json;
    const emails = Array.from({ length: RUNNERS }, () => `${randomUUID()}@example.com`);
    await Promise.all(emails.map((email) => post("/signup/claim", { claimCode, email })));
    const codes = await Promise.all(emails.map((email) => mailedCode(email)));
    const [winner] = await race(tally, "claim", (runner) => post("/signup/verify", { token: codes[runner] }));
    assert.ok(emails.includes(winner?.json.organization.email), "the winner is one of the recipients");
    const late = await post("/signup/claim", { claimCode, email: "late@example.com" });
    assert.equal(late.status, 400, "the claim code afterwards");
  }
});

attack("a recovery link makes one credential", RACES, async (tally) => {
  for (let at = 0; at < RACES; at++) {
    const email = `${randomUUID()}@example.com`;
    await post("/signup", { email });
    await post("/signup/verify", { token: await mailedCode(email) });
    await post("/signup/recover", { email });
    const token = await mailedCode(email, "recover");
    await race(tally, "recover", () => post("/signup/recover/confirm", { token }));
  }
});

attack("calls with one Idempotency-Key create one agent, and all get its response", RACES, async (tally) => {
  for (let at = 0; at < RACES; at++) {
    const headers = { "idempotency-key": randomUUID() };
    const email = `${randomUUID()}@example.com`;
    const body = { name: "Racing", agentType: "custom", capabilities: ["tests:run"], email };
    const answers = await Promise.all(Array.from({ length: RUNNERS }, () => post("/agents", body, organization.token, headers)));
    const created = new Set(answers.map(({ status, text }) => `${status} ${text}`));
    const first = answers.filter((answer) => !answer.headers["idempotent-replayed"]);
    tally.attempt((created.size !== 1 || first.length !== 1 || answers[0].status !== 201) && `${created.size} responses, ${first.length} not replayed: ${answers[0]}`);
  }
  const { data, total } = await sure(api.address, "GET", "/api/v1/agents?limit=100", { token: organization.token });
  assert.deepEqual([data.length, total], [Math.min(RACES, 100), RACES], "agents of all races");
});

attack("a credential is rotated once", RACES, async (tally) => {
  for (let at = 0; at < RACES; at++) {
    const agent = await organization.agent({ name: "Rotating" });
    const path = `/agents/${agent.agentId}/credentials`;
    const { credentialId } = await organization.credentialOf(agent);
    const [{ json: successor }] = await race(tally, "rotate", () => post(`${path}/${credentialId}/rotate`, {}, organization.token));
    const { data } = await sure(api.address, "GET", `/api/v1${path}?limit=100`, { token: organization.token });
    const active = data.filter(({ status }: { status: string }) => status === "active").map((one: { credentialId: string }) => one.credentialId);
    assert.deepEqual(active, [successor.credentialId], "active credentials");
  }
});

// The control: without a key, the same parallel calls create an agent each. Otherwise the races above would prove nothing.
attack("without an Idempotency-Key, parallel calls don't wait for each other", RUNNERS, async (tally) => {
  const body = { name: "Independent", agentType: "custom", capabilities: ["tests:run"] };
  const answers = await Promise.all(Array.from({ length: RUNNERS }, () => post("/agents", body, organization.token)));
  for (const answer of answers) tally.attempt(answer.status !== 201 && `${answer}`);
  assert.equal(new Set(answers.map(({ json }) => json.agentId)).size, RUNNERS);
});
