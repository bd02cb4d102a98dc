// The session cookie: keys that decrypt it, changes of keys, expired sessions, and its attributes.
import { randomBytes, randomUUID } from "node:crypto";
import { mailedLink } from "../clients/helper/mail.ts";
import type { Market } from "../helper/market.js";
import { Portal } from "../helper/portal.js";
import type { Settings } from "../helper/programs.js";
import { expect, test as base } from "./reader.js";
import { type Seen, Visitor, agentForm, secretOf, shows, told } from "./visitor.js";

type Start = (settings: Settings) => Promise<Portal>;

/** Starts portals for a test, all with the shared API. */
const test = base.extend<{ start: Start }>({
  start: async ({ market }, use) => {
    const portals: Portal[] = [];
    await use(async (settings) => {
      const portal = await Portal.start(market.proxy.origin, settings);
      portals.push(portal);
      return portal;
    });
    for (const portal of portals) await portal.stop();
  },
});

const key = () => randomBytes(32).toString("base64");
const cookieSet = ({ headers }: Seen): string => headers.get("set-cookie") ?? "";
/** The same browser, with its cookie, at another portal. */
const at = (portal: Portal, visitor: Visitor): Visitor => Object.assign(new Visitor(portal.origin), { cookie: visitor.cookie });
/** Expects an explanation and the first form, and that the cookie is kept: another portal may decrypt it. */
const beginsAnew = (seen: Seen) =>
  expect([seen.status, told(seen), cookieSet(seen)]).toEqual([200, expect.stringMatching(/Your session is no longer valid.* Create agent/), ""]);

test("a cookie encrypted with an older key is accepted while that key is configured, and is encrypted with the newest key at the next change", async ({ start }) => {
  const [old, young] = [key(), key()];
  const keys = [old, `${young},${old}`, young];
  const [before, between, after] = await Promise.all(keys.map((list) => start({ COOKIE_KEYS: list })));
  const visitor = await Visitor.withAgent(before, { name: "Sealed before" });
  const meanwhile = at(between, visitor);
  const seen = await meanwhile.get("/get-started");
  expect([told(seen), cookieSet(seen)]).toEqual([expect.stringContaining("Sealed before"), ""]);
  beginsAnew(await at(after, meanwhile).get("/get-started"));
  shows(await meanwhile.post("/get-started/credential"));
  const later = at(after, meanwhile);
  expect(told(await later.get("/get-started"))).toContain("Sealed before");
  // A portal with only the old key can't decrypt the new cookie.
  beginsAnew(await at(before, later).get("/get-started"));
});

test("a portal that can't decrypt the cookie reports an invalid session on every page and form, and a new sign-up works", async ({ market, start }) => {
  // Without configured keys, each portal generates a key at startup.
  const other = await start({});
  const visitor = at(other, await Visitor.withAgent(market));
  beginsAnew(await visitor.get("/get-started"));
  const account = await visitor.get("/account");
  expect([account.status, told(account)]).toEqual([200, expect.stringContaining("Your session is no longer valid")]);
  expect((await visitor.get("/get-started/first-call.json")).status).toBe(404);
  for (const part of ["credential", "keep", "resend", "publish"]) {
    const seen = await visitor.post(`/get-started/${part}`, { email: "ana@example.com" });
    expect([part, seen.status, told(seen)]).toEqual([part, 403, expect.stringMatching(/No changes were made. Your session is no longer valid.* Create agent/)]);
    expect(cookieSet(seen)).toBe("");
  }
  shows(await visitor.post("/get-started", agentForm({ name: "Begun anew" })));
  expect(told(await visitor.get("/get-started"))).toContain("Begun anew");
});

/** Creates a visitor with a confirmed email address; returns the visitor and the address. */
async function owner(market: Market): Promise<[Visitor, string]> {
  const [visitor, email] = [await Visitor.withAgent(market), `${randomUUID()}@example.com`];
  await visitor.post("/get-started/keep", { email });
  const link = await mailedLink(market.registry.api.folders.mail, email);
  expect((await visitor.submit(link.pathname)).status).toBe(303);
  return [visitor, email];
}

test("a session revoked through the API is reported as ended on every page, and the cookie is deleted", async ({ market }) => {
  const [before, email] = await owner(market);
  await before.post("/recover", { email });
  const recovering = new Visitor(market.origin);
  const recovered = await recovering.post((await mailedLink(market.registry.api.folders.mail, email, "recover")).pathname);
  const [client_id, client_secret] = [/<code>([0-9a-f-]{36})<\/code>/.exec(recovered.html)![1], secretOf(recovered)!];
  // The new secret revoked the previous session.
  expect(told(await before.get("/get-started"))).toContain("Your session has ended");
  expect(told(await recovering.get("/account"))).toContain("Owner:");
  const form = new URLSearchParams({ grant_type: "client_credentials", client_id, client_secret });
  const { access_token } = await market.registry.sure("POST", "/token", form);
  const sessions = (await market.registry.sure("GET", "/sessions", undefined, access_token)).data;
  expect(sessions).toHaveLength(1);
  await market.registry.sure("DELETE", `/sessions/${sessions[0].sessionId}`, undefined, access_token);
  const ended = recovering.cookie;
  for (const path of ["/get-started", "/account"]) {
    const seen = await Object.assign(recovering, { cookie: ended }).get(path);
    expect([seen.status, told(seen)]).toEqual([200, expect.stringMatching(/Your session has ended/)]);
    expect(cookieSet(seen)).toContain("Max-Age=0");
  }
  for (const path of ["/get-started/credential", "/get-started/publish"]) {
    const seen = await Object.assign(recovering, { cookie: ended }).post(path);
    expect([path, seen.status, seen.headers.get("location")]).toEqual([path, 303, expect.stringMatching(/^\/get-started(#|$)/)]);
  }
});

const CASES: { title: string; settings: Settings; name: string; attributes: string[] }[] = [
  { title: "over HTTP", settings: {}, name: "session", attributes: ["HttpOnly", "SameSite=Lax", "Path=/"] },
  {
    title: "over HTTPS", settings: { PUBLIC_SITE_URL: "https://portal.example.com" }, name: "__Host-session",
    attributes: ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"],
  },
  {
    title: "over HTTPS under a base path", settings: { PUBLIC_SITE_URL: "https://portal.example.com", BASE_PATH: "/developers" }, name: "session",
    attributes: ["HttpOnly", "SameSite=Lax", "Secure", "Path=/developers"],
  },
];

for (const { title, settings, name, attributes } of CASES) {
  test(`${title}, the cookie ${name} has ${attributes.join(", ")}, is encrypted, and is deleted with the same attributes`, async ({ start }) => {
    const portal = await start(settings);
    const base = settings.BASE_PATH ?? "";
    const visitor = new Visitor(portal.origin + base);
    const made = await visitor.post("/get-started", agentForm());
    const [pair, ...rest] = cookieSet(made).split("; ");
    expect(pair.split("=")[0]).toBe(name);
    expect(rest.sort()).toEqual([...attributes, "Max-Age=2592000"].sort());
    expect(Buffer.from(decodeURIComponent(pair.slice(name.length + 1)), "base64").toString("latin1")).not.toMatch(/ssession|handle|agent/);
    shows(made);
    // The longest possible email address (RFC 5321): browsers store cookies of up to 4096 bytes (RFC 6265, section 6.1).
    const email = `${"a".repeat(64)}@${"b".repeat(61)}.${"c".repeat(61)}.${"d".repeat(61)}.com`;
    const kept = await visitor.post("/get-started/keep", { email });
    expect([kept.status, kept.headers.get("location")]).toEqual([303, `${base}/get-started#started--keep`]);
    expect(cookieSet(kept).length).toBeLessThan(4_096);
    const [, ...gone] = cookieSet(await visitor.post("/get-started/leave")).split("; ");
    expect(gone.filter((attribute) => !attribute.startsWith("Expires=")).sort()).toEqual([...attributes, "Max-Age=0"].sort());
  });
}
