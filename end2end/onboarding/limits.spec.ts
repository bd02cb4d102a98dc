// Rate limits by IP address, and information that responses don't reveal.
import { randomUUID } from "node:crypto";
import { mailedLink } from "../clients/helper/mail.ts";
import { Market } from "../helper/market.js";
import { elsewhere, expect, test } from "./reader.js";
import { type Seen, Visitor, agentForm, shows, told } from "./visitor.js";

/** Maximum burst of forms, as documented in content/docs/operate/sign-up.md. */
const BURST = 10;

test("of a thousand forms from one IP address within a minute, ten are accepted, and other IP addresses can still sign up", async ({ market }) => {
  test.slow();
  const here = elsewhere();
  const began = performance.now();
  const seen: Seen[] = [];
  let left = 1_000;
  const flood = async () => {
    while (left-- > 0) seen.push(await new Visitor(market.origin, here).post("/get-started", agentForm()));
  };
  /** Other visitors, one after the other during the flood: milliseconds until each has an agent. */
  const others = async () => {
    const millis: number[] = [];
    while (left > 0) {
      const start = performance.now();
      await Visitor.withAgent(market);
      millis.push(performance.now() - start);
    }
    return millis;
  };
  const [millis] = await Promise.all([others(), ...Array.from({ length: 20 }, flood)]);
  const [seconds, most] = [(performance.now() - began) / 1000, Math.max(...millis)];
  console.log(`1000 forms in ${seconds.toFixed(1)} s; ${millis.length} others meanwhile, who waited ${most.toFixed(0)} ms at most`);
  expect(seconds).toBeLessThan(60);
  expect(most).toBeLessThan(10_000);
  const refused = seen.filter(({ status }) => status === 429);
  expect(seen.filter(({ status }) => status === 200)).toHaveLength(BURST);
  expect(refused).toHaveLength(1_000 - BURST);
  expect(refused.map(({ headers }) => Number(headers.get("retry-after"))).filter((wait) => !(wait >= 1 && wait <= 61))).toEqual([]);
  expect(told(refused[0])).toContain("Too many requests");
});

test("all forms of one IP address share a limit of ten, and another IP address has a separate limit", async ({ market }) => {
  const here = elsewhere();
  const one = new Visitor(market.origin, here);
  const sent = ["/recover", "/claim/sclaim_none", "/verify/slink_none", "/recover/slink_none", "/get-started"];
  for (let count = 0; count < BURST; count += 1) {
    const { status } = await one.post(sent[count % sent.length], { ...agentForm(), email: `${randomUUID()}@example.com` });
    expect(status).not.toBe(429);
  }
  for (const path of [...sent, "/get-started/keep", "/get-started/publish", "/get-started/credential", "/get-started/resend"]) {
    const { status, headers } = await one.post(path, { ...agentForm(), email: "ana@example.com" });
    expect([path, status]).toEqual([path, 429]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  }
  expect((await new Visitor(market.origin).post("/recover", { email: "ana@example.com" })).status).toBe(200);
});

test("forms with invalid values are rejected without counting toward the limit", async ({ market }) => {
  const one = new Visitor(market.origin);
  for (let count = 0; count < 2 * BURST; count += 1) {
    expect((await one.post("/get-started", { ...agentForm(), capabilities: "" })).status).toBe(422);
    expect((await one.post("/recover", { email: "ana" })).status).toBe(422);
  }
  shows(await one.post("/get-started", agentForm()));
});

test("the API's sign-up limit is shown with the time to wait, and the typed values are kept", async () => {
  const market = await Market.start({ LIMIT_SIGNUP_PER_HOUR: "2" });
  try {
    const here = elsewhere();
    const send = (name: string) => new Visitor(market.origin, here).post("/get-started", agentForm({ name }));
    expect([(await send("One")).status, (await send("Two")).status]).toEqual([200, 200]);
    const third = await send("Number three");
    expect(third.status).toBe(429);
    expect(told(third)).toMatch(/Too many requests from your IP address. Try again in (1 minute|\d+ minutes)/);
    expect(third.html).toContain('value="Number three"');
    await Visitor.withAgent(market);
  } finally {
    await market.stop();
  }
});

/** Parts of a response that must be identical for all senders: without submitted and generated values. */
const same = (answer: Seen, email: string) => ({
  status: answer.status,
  headers: Object.fromEntries([...answer.headers].filter(([name]) => !["date", "x-request-id", "content-length"].includes(name))),
  html: answer.html.replaceAll(email, "EMAIL"),
});

test("the recovery and claim forms return the same response for confirmed, unconfirmed and unknown email addresses", async ({ market }) => {
  const { mail } = market.registry.api.folders;
  // Texts of equal length, so that the responses have equal lengths.
  const [confirmed, given, unknown] = [1, 2, 3].map(() => `${randomUUID()}@example.com`);
  const owner = await Visitor.withAgent(market);
  await owner.post("/get-started/keep", { email: confirmed });
  await owner.submit((await mailedLink(mail, confirmed)).pathname);
  await market.registry.sure("POST", "/signup", { email: given });
  const answers = [];
  for (const email of [confirmed, given, unknown]) answers.push(same(await new Visitor(market.origin).post("/recover", { email }), email));
  expect(answers[0].status).toBe(200);
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  await mailedLink(mail, confirmed, "recover");
  const claims = [];
  for (const email of [confirmed, given, unknown]) {
    const { claimUrl } = await market.registry.sure("POST", "/signup", {});
    claims.push(same(await new Visitor(market.origin).post(new URL(claimUrl).pathname, { email }), email));
  }
  expect(claims[0].status).toBe(200);
  expect(claims[1]).toEqual(claims[0]);
  expect(claims[2]).toEqual(claims[0]);
});

test("sign-up shows the same text for an email address confirmed by another user as for a new one", async ({ market }) => {
  const { mail } = market.registry.api.folders;
  const [confirmed, unknown] = [1, 2].map(() => `${randomUUID()}@example.com`);
  const owner = await Visitor.withAgent(market);
  await owner.post("/get-started/keep", { email: confirmed });
  await owner.submit((await mailedLink(mail, confirmed)).pathname);
  const seen = [];
  for (const email of [confirmed, unknown]) {
    const other = await Visitor.withAgent(market, { email });
    const keeping = await Visitor.withAgent(market);
    const kept = await keeping.post("/get-started/keep", { email });
    const own = /[0-9a-f]{8}-[0-9a-f-]{27}(?!@)|\d{4}-\d\d-\d\d \d\d:\d\d UTC|\d\d:\d\d:\d\d UTC|7[12] hours/g;
    const plain = (text: string) => text.replace(own, "X").replaceAll(email, "EMAIL");
    seen.push([plain(told(await other.get("/get-started"))), kept.status, plain(told(await keeping.get("/get-started")))]);
  }
  expect(seen[1]).toEqual(seen[0]);
});

test("an invalid code in any kind of link returns 410 and doesn't reveal whether an organization exists", async ({ market }) => {
  const code = `slink_${"x".repeat(43)}`;
  const words = "This link is invalid or has expired";
  for (const path of [`/verify/${code}`, `/verify/${code}/disown`, `/recover/${code}`, `/restore/${code}`]) {
    const wrong = await new Visitor(market.origin).post(path);
    expect([path, wrong.status, told(wrong)]).toEqual([path, 410, expect.stringContaining(words)]);
  }
  for (const path of [`/verify/${code}`, `/recover/${code}`, `/restore/${code}`]) {
    const wrong = await new Visitor(market.origin).get(path);
    expect([path, wrong.status, told(wrong)]).toEqual([path, 410, expect.stringContaining(words)]);
    expect(wrong.html).not.toContain('type="submit">Claim');
  }
  const claim = await new Visitor(market.origin).post(`/claim/${code}`, { email: "ana@example.com" });
  expect([claim.status, told(claim)]).toEqual([410, expect.stringContaining("This claim link is invalid or has expired")]);
});
