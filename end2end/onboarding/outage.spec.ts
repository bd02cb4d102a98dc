// The API stops, hangs, or sends invalid responses at any step of sign-up: the page shows an error, and the step works
// afterwards.
import { randomUUID } from "node:crypto";
import { mailedLink } from "../clients/helper/mail.ts";
import type { Market } from "../helper/market.js";
import type { Behaviour } from "../helper/proxy.js";
import { age, backdate } from "./form-key.js";
import { READERS, audit, expect, makeAgent, noted, overflow, test } from "./reader.js";
import { type Seen, Visitor, agentForm, fieldsOf, keyOf, leads, made, says, shows, told } from "./visitor.js";

const AWAY = /[Tt]he registry is currently unavailable|The registry rejected the request without a reason|The request timed out/;
const address = () => `${randomUUID()}@example.com`;

test.afterEach(({ market }) => market.proxy.pass());

const ILL: (Behaviour | "stopped")[] = ["stopped", "garbage", "html", "status 500", "slow"];
const fallIll = async ({ proxy }: Market, how: Behaviour | "stopped") => {
  if (how === "stopped") return proxy.stop();
  proxy.behaviour = how;
};

/** A step: the request during and after the outage, the typed values, and the assertion of success. */
type Step = { send: () => Promise<Seen>; typed?: string[]; works: (seen: Seen) => void | Promise<void> };

/** All steps, each with a visitor at that stage. */
async function steps(market: Market): Promise<Record<string, Step>> {
  const { mail } = market.registry.api.folders;
  const mailed = async (email: string, path?: string) => (await mailedLink(mail, email, path)).pathname;
  const [guest, known] = [new Visitor(market.origin), await Visitor.withAgent(market)];
  const [renewing, keeping, verifying, owner] = await Promise.all([1, 2, 3, 4].map(() => Visitor.withAgent(market)));
  const [toVerify, owned] = [address(), address()];
  await verifying.post("/get-started/keep", { email: toVerify });
  await owner.post("/get-started/keep", { email: owned });
  leads(await owner.submit(await mailed(owned)));
  const { claimUrl } = await market.registry.sure("POST", "/signup", {});
  const lost = await market.registry.publisher();
  const { email: recovered } = (await lost.call("GET", "/organizations/me")).body;
  says("Check your email")(await guest.post("/recover", { email: recovered }));
  const [link, recovery] = [await mailed(toVerify), await mailed(recovered, "recover")];
  const [linked, recovering] = [fieldsOf(await verifying.get(link)), fieldsOf(await guest.get(recovery))];
  const form = agentForm({ name: `Agent ${randomUUID()}`, organization: `Organization ${randomUUID()}`, email: address() });
  const typed = address();
  return {
    "sign-up form": {
      send: () => guest.post("/get-started", form),
      typed: [form.name, form.capabilities, form.organization, form.email],
      works: (seen) => {
        shows(seen);
        expect([made(market, form.organization).organizations, made(market, form.name).agents]).toEqual([1, 1]);
      },
    },
    "progress page": { send: () => known.get("/get-started"), works: says("Waiting for your first call") },
    "new credential": {
      send: () => renewing.post("/get-started/credential"),
      works: (seen) => void shows(seen),
    },
    "first-call polling": {
      send: () => known.get("/get-started/first-call.json"),
      works: ({ status, html }) => expect([status, JSON.parse(html)]).toEqual([200, { call: null }]),
    },
    "email address": {
      send: () => keeping.post("/get-started/keep", { email: typed }),
      works: async (seen) => {
        leads(seen);
        says(`A confirmation email is on its way to ${typed}`)(await keeping.get("/get-started"));
      },
    },
    "confirmation link": {
      send: () => verifying.post(link, linked),
      works: async (seen) => {
        leads(seen);
        says(`Owner: ${toVerify}`)(await verifying.get("/get-started"));
      },
    },
    publishing: {
      send: () => owner.post("/get-started/publish"),
      works: async (seen) => {
        leads(seen);
        says("Published.")(await owner.get("/get-started"));
      },
    },
    "recovery form": { send: () => guest.post("/recover", { email: typed }), typed: [typed], works: says("Check your email") },
    "recovery link": { send: () => guest.post(recovery, recovering), works: says("Your new client secret") },
    "claim form": { send: () => guest.post(new URL(claimUrl).pathname, { email: typed }), typed: [typed], works: says("Check your email") },
    "organization page": { send: () => known.get("/account"), works: says("1 of 3 agents") },
    "organization names": {
      send: () => known.post("/account/names", { name: "Northquay", displayName: "" }),
      works: (seen) => expect([seen.status, seen.headers.get("location")]).toEqual([303, "/account#account--names"]),
    },
  };
}

for (const how of ILL) {
  test(`with the API failing as "${how}", each step shows an error in the site's layout, keeps the typed values, and works afterwards`, async ({ market }) => {
    test.slow();
    const all = Object.entries(await steps(market));
    await fallIll(market, how);
    const seen = await Promise.all(all.map(([, { send }]) => send()));
    for (const [index, [name, { typed = [] }]] of all.entries()) {
      const { status, html, headers } = seen[index];
      expect.soft([502, 503], name).toContain(status);
      expect.soft(told(seen[index]), name).toMatch(AWAY);
      // One response is JSON for a script, the others are pages.
      expect.soft(html, name).toContain(name === "first-call polling" ? '"status":503' : "site-header");
      expect.soft(headers.get("set-cookie"), name).toBeNull();
      for (const text of typed) expect.soft(html, name).toContain(`value="${text}"`);
    }
    await market.proxy.pass();
    for (const [, { send, works }] of all) await works(await send());
  });
}

for (const { path, fields } of [
  { path: "/get-started/keep", fields: { email: address(), name: "Typed before" } },
  { path: "/account/names", fields: { name: "Typed before", displayName: "Shown before" } },
]) {
  test(`a form submitted to ${path} while the API is stopped is returned with the typed values`, async ({ market }) => {
    const visitor = await Visitor.withAgent(market);
    await market.proxy.stop();
    const { status, html } = await visitor.post(path, fields);
    expect(status).toBe(503);
    for (const text of Object.values(fields)) expect(html).toContain(`value="${text}"`);
  });
}

test("a form returned because of an API outage can be resubmitted immediately, without the minimum time to fill it", async ({ market }) => {
  const visitor = new Visitor(market.origin);
  const form = agentForm();
  await market.proxy.stop();
  const key = keyOf(await visitor.post("/get-started", form));
  await market.proxy.pass();
  shows(await visitor.post("/get-started", { ...form, key }));
});

for (const { how, use } of READERS) {
  test.describe(how, () => {
    test.use(use);

    test("a user who encounters an API outage at each step completes all steps and creates one agent", async ({ market, page, quiet }) => {
      test.slow();
      const { proxy, registry: { api } } = market;
      const looks = async () => {
        await expect(page.getByRole("banner")).toBeVisible();
        await expect(page.getByRole("main")).toContainText(AWAY);
        expect(await overflow(page)).toBe(0);
        if (use.javaScriptEnabled !== false) expect(await audit(page)).toEqual([]);
      };
      /** Clicks a button during the outage, then goes back to the page and clicks it again. */
      const twice = async (name: string, at = "/get-started", fill = async () => {}) => {
        await proxy.stop();
        await page.getByRole("button", { name }).click();
        await looks();
        await proxy.pass();
        await page.goto(market.origin + at);
        await fill();
        await page.getByRole("button", { name }).click();
      };
      const name = `Agent ${randomUUID().slice(0, 8)}`;
      await page.goto(`${market.origin}/get-started`);
      await proxy.stop();
      await page.getByLabel("Name", { exact: true }).fill(name);
      await page.getByLabel("Capabilities").fill("a:b");
      await backdate(page);
      await page.getByRole("button", { name: "Create agent" }).click();
      await looks();
      await expect(page.getByLabel("Name", { exact: true })).toHaveValue(name);
      await proxy.pass();
      await expect.poll(async () => age(await page.locator("[name=key]").inputValue()), { intervals: [100] }).toBeGreaterThan(1_600);
      await page.getByRole("button", { name: "Create agent" }).click();
      await expect(page.locator("h1")).toHaveText(name);

      await page.goto(`${market.origin}/get-started`);
      await twice("Create credential");
      await expect(page.getByText(/^sagent_/)).toBeVisible();
      await proxy.stop();
      await page.goto(`${market.origin}/get-started`);
      await looks();
      await proxy.pass();
      await page.reload();
      await expect(page.getByText("Waiting for your first call")).toBeVisible();
      const email = address();
      const fill = () => page.getByLabel("Email address").fill(email);
      await fill();
      await twice("Claim organization", "/get-started", fill);
      await expect(page.getByText("email is on its way")).toContainText(email);
      const link = (await mailedLink(api.folders.mail, email)).pathname;
      await page.goto(market.origin + link);
      await twice("Claim organization", link);
      await expect(page.getByText("Owner:")).toContainText(email);
      await twice("Publish");
      await expect(page.getByRole("link", { name: "View in the marketplace" })).toBeVisible();
      await page.goto(`${market.origin}/account`);
      await twice("Save names", "/account");
      await expect(page.getByRole("main")).toContainText("1 of ");
      expect(made(market, name).agents).toBe(1);
      expect(quiet.splice(0).filter((line) => !noted(503).test(line))).toEqual([]);
    });
  });
}

test("a page that waits for the first call during an API outage shows the call afterwards", async ({ market, page, quiet }) => {
  await page.goto(`${market.origin}/get-started`);
  await makeAgent(page, "Waits meanwhile");
  const [client_id, client_secret] = await page.locator("dl.secret code").allTextContents();
  await market.proxy.stop();
  // The script polls, and the response is an error.
  await expect.poll(() => quiet.some((line) => noted(503).test(line)), { timeout: 10_000 }).toBe(true);
  await expect(page.getByText("Waiting for your first call")).toBeVisible();
  await market.proxy.pass();
  const token = await market.registry.sure("POST", "/token", new URLSearchParams({ grant_type: "client_credentials", client_id, client_secret }));
  await market.registry.sure("GET", `/agents/${client_id}`, undefined, token.access_token);
  await expect(page.getByText("First call received.")).toBeVisible({ timeout: 10_000 });
  expect(quiet.splice(0).filter((line) => !noted(503).test(line))).toEqual([]);
});
