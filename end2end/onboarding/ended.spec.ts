// An organization that can't act: its deletion was requested, or an operator suspended it. Both take effect at once, and
// its page says what is left to do.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import type { Market } from "../helper/market.js";
import { READERS, audit, expect, overflow, test } from "./reader.js";
import { Visitor, agentForm, clientOf, deletion, enter, leads, mail, organizationOf, shows, tokenStatus } from "./visitor.js";

/** A claimed organization with a published agent. */
type Owner = { visitor: Visitor; id: string; agent: string; email: string; works: () => Promise<number> };

async function owner(market: Market): Promise<Owner> {
  const [visitor, email] = [new Visitor(market.origin), `${randomUUID()}@example.com`];
  const seen = await visitor.post("/get-started", agentForm({ name: "Published here", organization: `Northquay ${randomUUID().slice(0, 8)}` }));
  const [agent, secret] = [clientOf(seen), shows(seen)];
  leads(await visitor.submit(await mail(market, visitor, email)));
  leads(await visitor.post("/get-started/publish"));
  const id = organizationOf(await visitor.get("/account"));
  await expect.poll(() => listed(market, agent), { intervals: [100], timeout: 5_000 }).toBe(200);
  return { visitor, id, agent, email, works: () => tokenStatus(market, agent, secret) };
}

/** Status of an agent's page in the marketplace. */
const listed = async (market: Market, agent: string) => (await fetch(`${market.origin}/marketplace/${agent}`, { redirect: "manual" })).status;
const isDropped = (market: Market, agent: string) =>
  expect.poll(() => listed(market, agent), { intervals: [100], timeout: 5_000, message: "the marketplace's page of an agent" }).not.toBe(200);
const isBack = (market: Market, agent: string) =>
  expect.poll(() => listed(market, agent), { intervals: [100], timeout: 5_000, message: "the marketplace's page of an agent" }).toBe(200);

/** Text of all emails to an address. */
const mails = ({ registry }: Market, email: string): string[] => {
  const folder = registry.api.folders.mail;
  return readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8").replace(/=\r?\n/g, "")).filter((text) => text.includes(`To: ${email}`));
};

/** Names of the buttons of a page. */
const buttons = (page: Page) => page.getByRole("main").getByRole("button").filter({ hasNotText: /^Copy$/ });

/** All that the portal offers an organization leads to the page that says why it can't act. */
async function leadsToAccount({ visitor, agent }: Owner): Promise<void> {
  const seen = [];
  for (const path of ["/get-started", `/account/agents/${agent}`]) seen.push([`GET ${path}`, await visitor.get(path)] as const);
  for (const [path, fields] of [
    ["/account/names", { name: "Northquay", displayName: "Northquay" }], ["/account/claims", { target: "example.com" }],
    [`/account/agents/${agent}/credentials`, {}], [`/account/agents/${agent}/end`, { confirm: "yes" }],
    ["/get-started/credential", {}], ["/get-started/publish", {}],
  ] as const) seen.push([`POST ${path}`, await visitor.post(path, { ...fields })] as const);
  for (const [what, { status, headers }] of seen) expect.soft([what, status, headers.get("location")?.replace(/#.*/, "")]).toEqual([what, 303, "/account"]);
}

for (const { how, use } of READERS) {
  test.describe(how, () => {
    test.use(use);
    const looks = async (page: Page) => {
      expect(await overflow(page)).toBe(0);
      if (use.javaScriptEnabled !== false) expect(await audit(page)).toEqual([]);
    };

    test("a deletion takes effect at once on the account page, for credentials and in the marketplace, and 'Restore organization' undoes it", async ({ market, page }) => {
      test.slow();
      const own = await owner(market);
      await page.goto(market.origin + await enter(page, own.visitor, "/account"));
      const name = await page.getByLabel("Name", { exact: true }).inputValue();
      await page.getByLabel("Organization name, to confirm").fill(name);
      await page.getByRole("button", { name: "Delete organization" }).click();
      const main = page.getByRole("main");
      await expect(page).toHaveURL(/\/account(#.*)?$/);
      await expect(main).toContainText(`“${name}” is being deleted`);
      await expect(main).toContainText(own.id);
      await expect(buttons(page)).toHaveText(["Restore organization", "Sign out"]);
      await expect(page.getByText("is being deleted")).toBeInViewport({ ratio: 1 });
      await looks(page);
      expect(await own.works()).not.toBe(200);
      await isDropped(market, own.agent);
      await leadsToAccount(own);
      await page.reload();
      await page.getByRole("button", { name: "Restore organization" }).click();
      await expect(page.getByRole("button", { name: "Delete organization" })).toBeVisible();
      expect(await own.works()).toBe(200);
      await isBack(market, own.agent);
    });

    test("the owner of an organization that is being deleted can sign out", async ({ market, page }) => {
      const own = await owner(market);
      await page.goto(market.origin + await enter(page, own.visitor, "/account"));
      await page.getByLabel("Organization name, to confirm").fill(await page.getByLabel("Name", { exact: true }).inputValue());
      await page.getByRole("button", { name: "Delete organization" }).click();
      await page.getByRole("button", { name: "Sign out" }).click();
      await expect(page.locator("h1")).toHaveText("Get started");
      expect(await page.context().cookies()).toEqual([]);
    });

    test("the page of a suspended organization says the operator's reason and offers to sign out only, until the operator restores it", async ({ market, page }) => {
      test.slow();
      const own = await owner(market);
      const reason = "Reported: <b>spam</b> & “fraud”";
      await market.registry.suspend(own.id, reason);
      await page.goto(market.origin + await enter(page, own.visitor, "/account"));
      const main = page.getByRole("main");
      await expect(main).toContainText(`Reason: ${reason}`);
      await expect(buttons(page)).toHaveText(["Sign out"]);
      await looks(page);
      expect(await own.works()).not.toBe(200);
      await isDropped(market, own.agent);
      await leadsToAccount(own);
      // The running server sends the email, after the command.
      await expect.poll(() => mails(market, own.email).some((text) => text.includes("Subject: Your organization at SentryAgent.ai was suspended"))).toBe(true);
      const restored = await own.visitor.post("/account/restore");
      expect([restored.status, restored.headers.get("location")?.replace(/#.*/, "")]).toEqual([303, "/account"]);
      await page.reload();
      await expect(main).toContainText("The operator suspended");

      await market.registry.api.command("organizations", "restore", own.id, "--reason", "Appeal accepted");
      await page.reload();
      await expect(page.getByRole("button", { name: "Delete organization" })).toBeVisible();
      expect(await own.works()).toBe(200);
      await isBack(market, own.agent);
    });
  });
}

test("a progress page that is still open when its organization is deleted doesn't report an outage of the registry", async ({ market }) => {
  const { visitor } = await owner(market);
  await deletion(market, visitor);
  const { status, html } = await visitor.get("/get-started/first-call.json");
  expect([status, html]).toEqual([404, expect.not.stringContaining("unavailable")]);
});
