// Attacks that ask which email addresses have an organization: all that a caller sees is the same for any address.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, after, before } from "node:test";
import { setTimeout } from "node:timers/promises";
import { Api } from "../clients/helper/api.ts";
import { mailedLink } from "../clients/helper/mail.ts";
import { token } from "../clients/helper/organization.ts";
import { formKey } from "../onboarding/form-key.ts";
import { elsewhere } from "../onboarding/reader.ts";
import { Visitor, agentForm } from "../onboarding/visitor.ts";
import { OWN } from "./helper/account.ts";
import { type Answer, ask, sure } from "./helper/ask.ts";
import { type Tally, attack, isWhole, sized } from "./helper/attack.ts";
import { Pair } from "./helper/pair.ts";
import { type Comparison, compare, differs } from "./helper/statistics.ts";

/** Requests of each kind for a comparison of times, after as many as warm up. */
const SAMPLES = sized(200, 400);
const KNOWN = 10;

let pair: Pair;
const known: string[] = [];
before(async () => {
  pair = await Pair.start();
  for (let at = 0; at < KNOWN; at++) known.push(await owner(pair.registry.api));
});
after(() => pair?.stop());

/** Creates a verified organization; returns its email address. All addresses have the same length. */
async function owner(api: Api): Promise<string> {
  const email = unknown();
  await sure(api.address, "POST", "/api/v1/signup", { body: { email } });
  const token = (await mailedLink(api.folders.mail, email)).pathname.split("/").at(-1);
  await sure(api.address, "POST", "/api/v1/signup/verify", { body: { token } });
  return email;
}
const unknown = () => `${randomUUID()}@example.com`;
const someone = () => known[Math.floor(Math.random() * known.length)];

type Ask = (email: string, headers?: object) => Promise<Answer>;
/** The operations that take an email address from anyone. */
async function operations(api: Api): Promise<Record<string, Ask>> {
  const { claimCode } = await sure(api.address, "POST", "/api/v1/signup", { body: {} });
  const post = (path: string, body: object, headers?: object) => ask(api.address, "POST", `/api/v1/signup${path}`, { body, headers: { ...headers } });
  return {
    "sign-up": (email, headers) => post("", { email }, headers),
    claim: (email, headers) => post("/claim", { claimCode, email }, headers),
    recovery: (email, headers) => post("/recover", { email }, headers),
  };
}

/** The form of a value: names, types, and lengths of texts. IDs and secrets differ, and have one length. */
const shape = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shape);
  if (value && typeof value === "object") return Object.entries(value).map(([name, one]) => [name, shape(one)]);
  return typeof value === "string" ? `text of ${value.length}` : value === null ? "null" : typeof value;
};
/** What a client sees of a response, apart from the values that differ between any two. */
const seen = ({ status, headers, json }: Answer) => JSON.stringify([status, Object.keys(headers).sort(), headers["content-length"], shape(json)]);

/** Emails to an address. */
function mailsTo(api: Api, email: string): number {
  const { mail } = api.folders;
  return readdirSync(mail).filter((name) => readFileSync(join(mail, name), "utf8").includes(`To: ${email}`)).length;
}
/** Waits for emails to an address, and for others behind them; returns their number. */
async function settled(api: Api, email: string, least: number): Promise<number> {
  for (let tries = 0; tries < 100 && mailsTo(api, email) < least; tries++) await setTimeout(20);
  await setTimeout(150);
  return mailsTo(api, email);
}

attack("a response doesn't show whether an email address has an organization", 18, async (tally) => {
  const { api } = pair.registry;
  for (const [what, send] of Object.entries(await operations(api))) {
    const spellings: ((email: string) => string)[] = [(email) => email, (email) => email.toUpperCase(), (email) => email.replace("@", "+tag@"), (email) => email.replace(".com", ".com."), (email) => ` ${email}`, (email) => email.replace("@", "@@")];
    for (const spell of spellings) {
      const [a, b] = [await send(spell(someone())), await send(spell(unknown()))];
      tally.attempt(seen(a) !== seen(b) && `${what}: ${seen(a)} ≠ ${seen(b)}`);
    }
  }
});

attack("the caller's audit trail and the number of emails don't show whether an email address has an organization", 4, async (tally) => {
  const { api } = pair.registry;
  const events = async (credential: { clientId: string; clientSecret: string }) => {
    const bearer = await token(api.address, credential as never);
    const read = (path: string) => sure(api.address, "GET", `/api/v1${path}`, { token: bearer });
    const { data } = await read("/audit?limit=100");
    const { headSeq } = await read("/audit/head");
    return JSON.stringify([headSeq, data.map(({ action, outcome, actor, agentId, metadata, seq }: any) => [seq, action, outcome, shape(actor), agentId, shape(metadata)])]);
  };
  const [ours, theirs] = [await owner(api), unknown()];
  const before = mailsTo(api, ours);
  const signups = [await sure(api.address, "POST", "/api/v1/signup", { body: { email: ours } }), await sure(api.address, "POST", "/api/v1/signup", { body: { email: theirs } })];
  const counts = [(await settled(api, ours, before + 1)) - before, await settled(api, theirs, 1)];
  tally.attempt(counts[0] !== counts[1] && `emails after a sign-up: ${counts}`);
  const [a, b] = [await events(signups[0].credential), await events(signups[1].credential)];
  tally.attempt(a !== b && `audit trail after a sign-up: ${a} ≠ ${b}`);
  const provisional = [await sure(api.address, "POST", "/api/v1/signup", { body: {} }), await sure(api.address, "POST", "/api/v1/signup", { body: {} })];
  const other = unknown();
  for (const [at, email] of [ours, other].entries()) await ask(api.address, "POST", "/api/v1/signup/claim", { body: { claimCode: provisional[at].claimCode, email } });
  const claims = [(await settled(api, ours, before + counts[0] + 1)) - before - counts[0], await settled(api, other, 1)];
  tally.attempt(claims[0] !== claims[1] && `emails after a claim: ${claims}`);
  const [c, d] = [await events(provisional[0].credential), await events(provisional[1].credential)];
  tally.attempt(c !== d && `audit trail after a claim: ${c} ≠ ${d}`);
});

attack("rate limits don't show whether an email address has an organization", 3, async (tally) => {
  const strict = await Api.start({ SENTRYAGENT_ENV: "production", TRUSTED_PROXIES: "127.0.0.1", LIMIT_SIGNUP_PER_HOUR: "5", LIMIT_MAILS_PER_HOUR: "2", LIMIT_ADDRESS_PER_MINUTE: "1000" });
  try {
    const ours = await owner(strict);
    for (const [what, send] of Object.entries(await operations(strict))) {
      const series = async (email: string) => {
        const headers = elsewhere();
        const answers: Answer[] = [];
        for (let at = 0; at < 8; at++) answers.push(await send(email, headers));
        return JSON.stringify(answers.map(({ status, headers, json }) => [status, headers.ratelimit?.toString().replace(/t=\d+/, ""), headers["ratelimit-policy"], "retry-after" in headers, json.code, json.details?.limit, json.details?.current]));
      };
      const theirs = unknown();
      const [a, b] = [await series(ours), await series(theirs)];
      assert.ok(a.includes("429"), "the limit is reached");
      tally.attempt(a !== b && `${what}: ${a} ≠ ${b}`);
      // Recovery sends an email to an owner only: the owner's mailbox shows it, and nothing else.
      if (what !== "recovery") tally.attempt((await settled(strict, theirs, 2)) !== 2 && `${what}: ${mailsTo(strict, theirs)} emails to an unknown address`);
    }
  } finally {
    await strict.stop();
  }
});

attack("the portal doesn't show whether an email address has an organization", 3, async (tally) => {
  // The drawing of an agent is made of its ID.
  const page = (text: string, email: string) => text.replaceAll("%2D", "-").replaceAll("%5F", "_").replaceAll(email, "ADDRESS").replace(/<svg[^>]*rosette[\s\S]*?<\/svg>/g, "DRAWING").replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID").replace(/s(agent|claim|admin)_[\w-]+/g, "SECRET").replace(/\d\d:\d\d(:\d\d(\.\d+)?Z?)?/g, "TIME");
  const { claimCode } = await sure(pair.registry.api.address, "POST", "/api/v1/signup", { body: {} });
  const [ours, theirs] = [someone(), unknown()];
  const send = async (path: string, email: string) => {
    const answer = await ask(pair.origin, "POST", path, { headers: { ...OWN, ...elsewhere() }, body: new URLSearchParams({ email, key: formKey() }) });
    return `${answer.status} ${Object.keys(answer.headers).sort()} ${page(answer.text, email)}`;
  };
  for (const path of ["/recover", `/claim/${claimCode}`]) {
    const [a, b] = [await send(path, ours), await send(path, theirs)];
    tally.attempt(difference(a, b));
  }
  const started = async (email: string) => {
    const visitor = new Visitor(pair.origin);
    const { status, html } = await visitor.post("/get-started", agentForm({ email }));
    return `${status} ${page(html, email)} ${page((await visitor.get("/get-started")).html, email)}`;
  };
  const [a, b] = [await started(ours), await started(theirs)];
  tally.attempt(difference(a, b));
});

/** The first place at which two pages differ. */
function difference(a: string, b: string): string | false {
  const at = [...a].findIndex((letter, at) => letter !== b[at]);
  return (a !== b) && `${a.slice(Math.max(0, at - 60), at + 60)} ≠ ${b.slice(Math.max(0, at - 60), at + 60)}`;
}

/** Sends one request for known and unknown addresses, in one random order; compares what a function measures behind it. */
async function measure(send: Ask, samples: number, time: (answer: Answer) => number | Promise<number>): Promise<Comparison> {
  const order = Array.from({ length: 2 * samples }, (_, at) => ({ isKnown: at % 2 === 0, by: Math.random() })).sort((a, b) => a.by - b.by);
  const times: [number[], number[]] = [[], []];
  for (const { isKnown } of order) {
    times[Number(!isKnown)].push(await time(await send(isKnown ? someone() : unknown())));
    // Work behind the response must not count for the next one.
    await setTimeout(2);
  }
  return compare(...times);
}

async function judge(tally: Tally, context: TestContext, time: (answer: Answer) => number | Promise<number>): Promise<void> {
  for (const [what, send] of Object.entries(await operations(pair.registry.api))) {
    await measure(send, SAMPLES / 10, time);
    let found = await measure(send, SAMPLES, time);
    // What chance did once in a thousand times, it doesn't do twice; a real difference stays.
    if (differs(found)) found = await measure(send, SAMPLES, time);
    const words = `${what}: medians ${found.medians.map((time) => time.toFixed(2)).join(" (known) and ")} ms (unknown), p ${found.p.toExponential(1)}, known slower with a probability of ${found.superiority.toFixed(2)}`;
    context.diagnostic(words);
    tally.attempts += 2 * SAMPLES;
    if (differs(found)) tally.harm.push(words);
  }
}

attack("response times don't show whether an email address has an organization", 3 * 2 * SAMPLES, (tally, context) => judge(tally, context, ({ millis }) => millis));

// Work behind the response takes the writer's time, which the caller's next write waits for.
if (isWhole) {
  attack("the time of the caller's next call doesn't show whether an email address has an organization", 3 * 2 * SAMPLES, (tally, context) =>
    judge(tally, context, async () => (await ask(pair.registry.api.address, "POST", "/api/v1/signup", { body: {} })).millis));
}
