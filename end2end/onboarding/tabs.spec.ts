// Two tabs, the back button, a reload, a double click, a wrong clock: nothing is created twice, nothing is lost.
import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { mailedLink } from "../clients/helper/mail.ts";
import type { Market } from "../helper/market.js";
import { age, backdate } from "./form-key.js";
import { READERS, elsewhere, expect, keep, makeAgent, noted, test, twice } from "./reader.js";
import { Visitor, agentForm, fieldsOf, made, shows } from "./visitor.js";

const secret = (page: Page) => page.getByText(/^sagent_/);
const fresh = () => `Agent ${randomUUID().slice(0, 8)}`;

/** Fills the first form immediately. */
async function fill(page: Page, name: string, organization = "") {
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Capabilities").fill("invoices:read");
  if (organization) {
    await page.getByText("Add your email (optional)").click();
    await page.getByLabel("Organization name").fill(organization);
  }
}

/** Waits for the minimum time to fill the first form: for tests that need the portal's own key. */
const ripen = async (page: Page) => {
  const key = await page.locator("[name=key]").inputValue();
  await expect.poll(() => age(key), { intervals: [100] }).toBeGreaterThan(1_600);
};

/** The link in an email to the address that a visitor enters, or has confirmed before. */
async function mailed({ registry }: Market, visitor: Visitor, email = `${randomUUID()}@example.com`, path = "verify"): Promise<string> {
  const sent = path === "verify" ? "/get-started/keep" : "/recover";
  expect((await visitor.post(sent, { email })).status).toBeLessThan(400);
  return (await mailedLink(registry.api.folders.mail, email, path)).pathname;
}

const make = (page: Page) => page.getByRole("button", { name: "Create agent" });

for (const { how, use } of READERS) {
  test.describe(how, () => {
    test.use(use);

    test("submitting the first form in two tabs creates one organization with two agents", async ({ context, market, page }) => {
      const there = await context.newPage();
      const [first, second] = [fresh(), fresh()];
      const organization = `Organization ${randomUUID()}`;
      for (const tab of [page, there]) await tab.goto(`${market.origin}/get-started`);
      await fill(page, first, organization);
      await fill(there, second, organization);
      for (const tab of [page, there]) await backdate(tab);
      await make(page).click();
      await expect(page.locator("h1")).toHaveText(first);
      await make(there).click();
      await expect(there.locator("h1")).toHaveText(second);
      await expect(secret(there)).toBeVisible();
      expect([made(market, organization).organizations, made(market, first).agents, made(market, second).agents]).toEqual([1, 1, 1]);
      await there.goto(`${market.origin}/account`);
      await expect(there.getByRole("main")).toContainText("2 of 3 agents");
    });

    test("a double click on 'Create agent' and a form submitted again after going back create one agent", async ({ market, page, quiet }) => {
      const [name, organization] = [fresh(), `Organization ${randomUUID()}`];
      await page.goto(`${market.origin}/get-started`);
      await fill(page, name, organization);
      await ripen(page);
      await twice(page, "Create agent");
      await expect(page.locator("h1")).toHaveText(name);
      await expect(secret(page)).toBeVisible();
      expect([made(market, organization).organizations, made(market, name).agents]).toEqual([1, 1]);
      await page.goBack();
      // Either page may be shown: the form, or its result.
      if (await make(page).isVisible()) {
        await fill(page, name);
        await ripen(page);
        await make(page).click();
      }
      await expect(page.locator("h1")).toHaveText(name);
      expect([made(market, organization).organizations, made(market, name).agents]).toEqual([1, 1]);
    });

    test("a double click on 'Publish' publishes the agent once", async ({ market, page, quiet }) => {
      test.slow();
      await page.goto(`${market.origin}/get-started`);
      await makeAgent(page, fresh());
      await keep(page, market);
      await twice(page, "Publish");
      await expect(page.getByRole("link", { name: "View in the marketplace" })).toBeVisible();
    });

    test("reloading the page after each step shows the current state and repeats no action", async ({ market, page }) => {
      test.slow();
      const name = fresh();
      await page.goto(`${market.origin}/get-started`);
      await makeAgent(page, name);
      // A secret is part of the response to its form. Reloading that response submits the form again, which creates nothing.
      const start = `${market.origin}/get-started`;
      const again = async (path: string) => {
        // The fragment brings the secret into view.
        await expect(page).toHaveURL(`${start}${path}#started--credential`);
        const shown = (await secret(page).textContent())!;
        await page.reload();
        await expect(page.locator("h1")).toHaveText(name);
        await expect(secret(page)).toHaveText(shown);
        for (const _ of ["the page itself", "a reload of the page itself"]) {
          await page.goto(start);
          await expect(page.locator("h1")).toHaveText(name);
          await expect(secret(page)).toHaveCount(0);
        }
      };
      await again("");
      await page.getByRole("button", { name: "Create credential" }).click();
      await again("/credential");
      const email = await keep(page, market);
      await page.reload();
      await expect(page.getByText("Owner:")).toContainText(email);
      await page.getByRole("button", { name: "Publish", exact: true }).click();
      await expect(page.getByRole("link", { name: "View in the marketplace" })).toBeVisible();
      await page.reload();
      await expect(page.getByRole("link", { name: "View in the marketplace" })).toBeVisible();
      expect(made(market, name).agents).toBe(1);
      await page.goto(`${market.origin}/account`);
      await page.getByRole("link", { name }).click();
      await expect(page.getByRole("button", { name: /^Revoke/ })).toHaveCount(1);
    });

    test("creating a credential in one tab revokes the credential created in the other tab", async ({ context, market, page }) => {
      const name = fresh();
      await page.goto(`${market.origin}/get-started`);
      await makeAgent(page, name);
      await page.goto(`${market.origin}/get-started`);
      const there = await context.newPage();
      await there.goto(`${market.origin}/get-started`);
      await page.getByRole("button", { name: "Create credential" }).click();
      const one = await secret(page).textContent();
      // The other tab still shows the previous state.
      await there.getByRole("button", { name: "Create credential" }).click();
      const other = await secret(there).textContent();
      expect(other).not.toBe(one);
      await page.goto(`${market.origin}/account`);
      await page.getByRole("link", { name }).click();
      await expect(page.getByRole("button", { name: /^Revoke/ })).toHaveCount(1);
      const client_id = (await page.locator("dl.secret code").first().textContent())!;
      const token = async (client_secret: string) =>
        (await market.registry.call("POST", "/token", new URLSearchParams({ grant_type: "client_credentials", client_id, client_secret }))).status;
      expect([await token(one!), await token(other!)]).toEqual([401, 200]);
    });

    test("after claiming and publishing in one tab, outdated buttons in other tabs lead to the current state", async ({ context, market, page, quiet }) => {
      test.slow();
      await page.goto(`${market.origin}/get-started`);
      await makeAgent(page, fresh());
      const [before, there] = [await context.newPage(), await context.newPage()];
      await before.goto(`${market.origin}/get-started`);
      const email = await keep(page, market);
      await there.goto(`${market.origin}/get-started`);
      await page.getByRole("button", { name: "Publish", exact: true }).click();
      await expect(page.getByRole("link", { name: "View in the marketplace" })).toBeVisible();
      await there.getByRole("button", { name: "Publish", exact: true }).click();
      await expect(there.getByRole("link", { name: "View in the marketplace" })).toBeVisible();
      await before.getByLabel("Email address").fill(email);
      await before.getByRole("button", { name: "Claim organization" }).click();
      await expect(before.getByText("Owner:")).toContainText(email);
      expect(quiet.splice(0).filter((line) => !noted(422).test(line))).toEqual([]);
    });

    test("after sign-out in one tab, a button in the other tab leads to the sign-up form", async ({ context, market, page }) => {
      await page.goto(`${market.origin}/get-started`);
      await makeAgent(page, fresh());
      const there = await context.newPage();
      await there.goto(`${market.origin}/get-started`);
      await page.getByRole("button", { name: "Sign out" }).click();
      await there.getByRole("button", { name: "Create credential" }).click();
      await expect(there.locator("h1")).toHaveText("Get started");
      await expect(make(there)).toBeVisible();
    });
  });
}

test("five simultaneous submissions of the same form create one agent, and each response shows its only secret", async ({ market }) => {
  const [name, organization] = [fresh(), `Organization ${randomUUID()}`];
  const form = agentForm({ name, organization });
  const here = elsewhere();
  const tabs = Array.from({ length: 5 }, () => new Visitor(market.origin, here));
  const answers = await Promise.all(tabs.map((tab) => tab.post("/get-started", form)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect([made(market, organization).organizations, made(market, name).agents]).toEqual([1, 1]);
  expect(new Set(answers.map(shows)).size).toBe(1);
});

for (const { path, title } of [{ path: "verify", title: "confirms an email address" }, { path: "recover", title: "creates a new secret" }]) {
  test(`the form of the link that ${title}, submitted twice simultaneously, succeeds in both responses`, async ({ market }) => {
    const [visitor, email] = [await Visitor.withAgent(market), `${randomUUID()}@example.com`];
    let link = await mailed(market, visitor, email);
    if (path === "recover") {
      await visitor.submit(link);
      link = await mailed(market, visitor, email, path);
    }
    const fields = fieldsOf(await visitor.get(link));
    const answers = await Promise.all([1, 2].map(() => visitor.post(link, fields)));
    expect(answers.map(({ status }) => status)).toEqual(path === "verify" ? [303, 303] : [200, 200]);
  });
}

test("two simultaneous requests for a new credential leave one credential, whose secret was shown", async ({ market }) => {
  const visitor = await Visitor.withAgent(market);
  const [one, other] = [1, 2].map(() => Object.assign(new Visitor(market.origin), { cookie: visitor.cookie }));
  const pages = await Promise.all([one, other].map((tab) => tab.post("/get-started/credential")));
  const client_id = /Agent ID: <code>([0-9a-f-]{36})/.exec(pages[0].html)![1];
  const works = await Promise.all(pages.map(shows).map(async (client_secret) =>
    (await market.registry.call("POST", "/token", new URLSearchParams({ grant_type: "client_credentials", client_id, client_secret }))).status));
  expect(works.filter((status) => status === 200)).toHaveLength(1);
  const account = await one.get(`/account/agents/${client_id}`);
  expect(account.html.match(/>Revoke</g)).toHaveLength(1);
});

for (const days of [-1, 1]) {
  test(`sign-up works up to the first call and the claim in a browser whose clock is ${days < 0 ? "slow" : "fast"} by a day`, async ({ market, page }) => {
    await page.clock.install({ time: Date.now() + days * 86_400_000 });
    await page.clock.resume();
    await page.goto(`${market.origin}/get-started`);
    await makeAgent(page, fresh());
    const [client_id, client_secret] = await page.locator("dl.secret code").allTextContents();
    await expect(page.getByText("Claim within")).toContainText(/7[12] hours/);
    const token = await market.registry.sure("POST", "/token", new URLSearchParams({ grant_type: "client_credentials", client_id, client_secret }));
    await market.registry.sure("GET", `/agents/${client_id}`, undefined, token.access_token);
    await expect(page.getByText("First call received.")).toBeVisible({ timeout: 10_000 });
    await keep(page, market);
  });
}
