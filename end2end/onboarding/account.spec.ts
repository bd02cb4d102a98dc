// The organization page, used by its owner: names, agents, credentials, claims, sessions, and deletion.
import type { Page } from "@playwright/test";
import { READERS, audit, expect, keep, makeAgent, noted, overflow, ownName, test } from "./reader.js";

const secret = (page: Page) => page.getByText(/^sagent_/);

for (const { how, use } of READERS) {
  test.describe(how, () => {
    test.use(use);
    const looks = async (page: Page) => {
      expect(await overflow(page)).toBe(0);
      if (use.javaScriptEnabled !== false) expect(await audit(page)).toEqual([]);
    };

    test("without a session, the organization page says so and links to sign-up", async ({ market, page }) => {
      await page.goto(`${market.origin}/account`);
      await looks(page);
      await expect(page.getByRole("main")).toContainText("You’re not signed in");
      await page.getByRole("link", { name: "Create agent" }).click();
      await expect(page).toHaveURL(/\/get-started$/);
    });

    test("an owner can rename and claim the organization, add an agent, rotate and revoke credentials, add and remove a domain claim, and delete and restore the organization", async ({ market, page, quiet }) => {
      test.slow();
      const display = ownName();
      await page.goto(`${market.origin}/get-started`);
      await makeAgent(page, "First of two");
      await page.goto(market.origin);
      await page.getByRole("contentinfo").getByRole("link", { name: "Your organization" }).click();
      const main = page.getByRole("main");
      await expect(main).toContainText("Unclaimed.");
      await expect(main.getByRole("link", { name: "Claim organization" })).toHaveAttribute("href", "/get-started#started--keep");
      await expect(main).toContainText("1 of 3 agents");
      await looks(page);

      await page.getByLabel("Name", { exact: true }).fill("x".repeat(300));
      await page.getByLabel("Display name").fill(display);
      await page.getByRole("button", { name: "Save names" }).click();
      await expect(page.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByLabel("Name", { exact: true })).toHaveValue("x".repeat(300));
      await expect(page.getByLabel("Display name")).toHaveValue(display);
      await looks(page);
      await page.getByLabel("Name", { exact: true }).fill("Northquay Freight");
      await page.getByRole("button", { name: "Save names" }).click();
      await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Northquay Freight");
      await expect(page.locator("[aria-invalid=true]")).toHaveCount(0);
      await expect(page.getByLabel("URL slug")).toHaveCount(0);

      await page.getByRole("link", { name: "Create agent" }).click();
      await makeAgent(page, "Second of two");
      await page.goto(`${market.origin}/account`);
      await expect(main).toContainText("2 of 3 agents");
      await page.getByRole("link", { name: "First of two" }).click();
      await expect(page.locator("h1")).toHaveText("First of two");
      const agentPage = page.url();
      await page.getByRole("button", { name: "Create credential" }).click();
      const made = await secret(page).textContent();
      await looks(page);
      await page.goto(agentPage);
      await expect(secret(page)).toHaveCount(0);
      const token = async (client_secret: string) => {
        const client_id = await main.locator("dl code").first().textContent();
        const body = new URLSearchParams({ grant_type: "client_credentials", client_id: client_id!, client_secret });
        return (await fetch(`${market.registry.origin}/api/v1/token`, { method: "POST", body })).status;
      };
      expect(await token(made!)).toBe(200);
      await page.getByRole("button", { name: /^Rotate/ }).first().click();
      const replaced = await secret(page).textContent();
      expect(replaced).not.toBe(made);
      expect([await token(made!), await token(replaced!)]).toEqual([401, 200]);
      await page.getByRole("button", { name: "Suspend" }).click();
      await expect(main).toContainText("Suspended");
      expect(await token(replaced!)).not.toBe(200);
      await page.getByRole("button", { name: "Resume" }).click();
      for (const left of [2, 1]) {
        await expect(page.getByRole("button", { name: /^Revoke/ })).toHaveCount(left);
        await page.getByRole("button", { name: /^Revoke/ }).first().click();
      }
      await expect(page.getByRole("button", { name: /^Revoke/ })).toHaveCount(0);
      expect(await token(replaced!)).toBe(401);
      await page.getByLabel("I understand this can’t be undone").check();
      await page.getByRole("button", { name: "Decommission agent" }).click();
      await expect(main).toContainText("Decommissioned");
      await looks(page);

      await keep(page, market);
      await page.goto(`${market.origin}/account`);
      await page.getByLabel("URL slug").fill("No Such Thing");
      await page.getByRole("button", { name: "Save names" }).click();
      await expect(page.getByLabel("URL slug")).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByLabel("URL slug")).toHaveValue("No Such Thing");
      const slug = `northquay-${Date.now().toString(36)}-${use.viewport.width}`;
      await page.getByLabel("URL slug").fill(slug);
      await page.getByRole("button", { name: "Save names" }).click();
      await expect(page.getByLabel("URL slug")).toHaveValue(slug);
      // The publisher page exists once an agent is published.
      const publisher = page.getByRole("link", { name: "your publisher page" });
      await expect(publisher).toHaveCount(0);
      await page.getByRole("link", { name: "Second of two" }).click();
      await page.getByRole("button", { name: "Publish", exact: true }).click();
      await page.getByRole("link", { name: "Your organization" }).first().click();
      await expect(publisher).toHaveAttribute("href", `/marketplace/publishers/${slug}`);

      await page.getByLabel("Domain or repository URL").fill("not a domain");
      await page.getByRole("button", { name: "Add", exact: true }).click();
      await expect(page.getByLabel("Domain or repository URL")).toHaveValue("not a domain");
      await expect(page.getByLabel("Domain or repository URL")).toHaveAttribute("aria-invalid", "true");
      await page.getByLabel("Domain or repository URL").fill("no-record-stands-here.example.com");
      await page.getByRole("button", { name: "Add", exact: true }).click();
      await expect(main).toContainText("Pending verification");
      await expect(main).toContainText("TXT record name");
      await looks(page);
      await page.getByRole("button", { name: /^Verify/ }).click();
      await expect(main.locator(".problem")).toBeVisible();
      await page.getByRole("button", { name: /^Remove/ }).click();
      await expect(page.getByRole("button", { name: /^Remove/ })).toHaveCount(0);

      await page.getByLabel("Organization name, to confirm").fill("Northquay");
      await page.getByRole("button", { name: "Delete organization" }).click();
      await expect(page.getByLabel("Organization name, to confirm")).toHaveAttribute("aria-invalid", "true");
      await page.getByLabel("Organization name, to confirm").fill("Northquay Freight");
      await page.getByRole("button", { name: "Delete organization" }).click();
      await expect(page.getByText("is being deleted")).toBeInViewport({ ratio: 1 });
      await looks(page);
      await page.getByRole("button", { name: "Restore organization" }).click();
      await expect(page.getByRole("button", { name: "Delete organization" })).toBeVisible();
      expect(quiet.splice(0).filter((line) => !noted(422).test(line))).toEqual([]);
    });

    test("revoking a session in one browser ends it in the other browser, which keeps the typed text", async ({ browser, market, page }) => {
      test.slow();
      await page.goto(`${market.origin}/get-started`);
      await makeAgent(page, "Seen from two places");
      const other = await browser.newContext(use);
      await other.addCookies(await page.context().cookies());
      const there = await other.newPage();
      try {
        // The link opens a new session: the other browser's cookie contains the previous one.
        await keep(page, market);
        await there.goto(`${market.origin}/account`);
        await expect(there.getByRole("main")).toContainText("Owner:");
        await page.goto(`${market.origin}/account`);
        await page.getByRole("button", { name: /^Revoke/ }).click();
        await expect(page.getByRole("button", { name: /^Revoke/ })).toHaveCount(0);
        await there.getByLabel("Display name").fill("Typed before");
        await there.getByRole("button", { name: "Save names" }).click();
        await expect(there.getByRole("main")).toContainText(/Your session has ended.*Typed before/);
        expect(await other.cookies()).toEqual([]);
      } finally {
        await other.close();
      }
    });
  });
}
