// What an organization has, seen and changed by its owner: names, agents, credentials, claims, sessions, and its end.
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

    test("who has no session is told how to get one", async ({ market, page }) => {
      await page.goto(`${market.origin}/account`);
      await looks(page);
      await expect(page.getByRole("main")).toContainText("This browser has no session");
      await page.getByRole("link", { name: "Make an agent" }).click();
      await expect(page).toHaveURL(/\/get-started$/);
    });

    test("an owner names the organization, adds an agent, replaces and ends credentials, claims, and deletes everything", async ({ market, page, quiet }) => {
      test.slow();
      const display = ownName();
      await page.goto(`${market.origin}/get-started`);
      await makeAgent(page, "First of two");
      await page.goto(market.origin);
      await page.getByRole("contentinfo").getByRole("link", { name: "Your organization" }).click();
      const main = page.getByRole("main");
      await expect(main).toContainText("It is nobody’s yet");
      await expect(main.getByRole("link", { name: "Keep it" })).toHaveAttribute("href", "/get-started#started--keep");
      await expect(main).toContainText("1 of 3 agents");
      await looks(page);

      await page.getByLabel("Name", { exact: true }).fill("x".repeat(300));
      await page.getByLabel("Name in the marketplace").fill(display);
      await page.getByRole("button", { name: "Save the names" }).click();
      await expect(page.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByLabel("Name", { exact: true })).toHaveValue("x".repeat(300));
      await expect(page.getByLabel("Name in the marketplace")).toHaveValue(display);
      await looks(page);
      await page.getByLabel("Name", { exact: true }).fill("Northquay Freight");
      await page.getByRole("button", { name: "Save the names" }).click();
      await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Northquay Freight");
      await expect(page.locator("[aria-invalid=true]")).toHaveCount(0);
      await expect(page.getByLabel("Name in addresses")).toHaveCount(0);

      await page.getByRole("link", { name: "Make another agent" }).click();
      await makeAgent(page, "Second of two");
      await page.goto(`${market.origin}/account`);
      await expect(main).toContainText("2 of 3 agents");
      await page.getByRole("link", { name: "First of two" }).click();
      await expect(page.locator("h1")).toHaveText("First of two");
      await page.getByRole("button", { name: "Make a new credential" }).click();
      const made = await secret(page).textContent();
      await looks(page);
      await page.reload();
      await expect(secret(page)).toHaveCount(0);
      const token = async (client_secret: string) => {
        const client_id = await main.locator("dl code").first().textContent();
        const body = new URLSearchParams({ grant_type: "client_credentials", client_id: client_id!, client_secret });
        return (await fetch(`${market.registry.origin}/api/v1/token`, { method: "POST", body })).status;
      };
      expect(await token(made!)).toBe(200);
      await page.getByRole("button", { name: /^Replace/ }).first().click();
      const replaced = await secret(page).textContent();
      expect(replaced).not.toBe(made);
      expect([await token(made!), await token(replaced!)]).toEqual([401, 200]);
      await page.getByRole("button", { name: "Suspend it" }).click();
      await expect(main).toContainText("is suspended and gets no tokens");
      expect(await token(replaced!)).not.toBe(200);
      await page.getByRole("button", { name: "Let it work again" }).click();
      for (const left of [2, 1]) {
        await expect(page.getByRole("button", { name: /^End it/ })).toHaveCount(left);
        await page.getByRole("button", { name: /^End it/ }).first().click();
      }
      await expect(page.getByRole("button", { name: /^End it/ })).toHaveCount(0);
      expect(await token(replaced!)).toBe(401);
      await page.getByLabel("I want it to end for ever").check();
      await page.getByRole("button", { name: "End the agent" }).click();
      await expect(main).toContainText("It has ended");
      await looks(page);

      await keep(page, market);
      await page.goto(`${market.origin}/account`);
      await page.getByLabel("Name in addresses").fill("No Such Thing");
      await page.getByRole("button", { name: "Save the names" }).click();
      await expect(page.getByLabel("Name in addresses")).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByLabel("Name in addresses")).toHaveValue("No Such Thing");
      const slug = `northquay-${Date.now().toString(36)}-${use.viewport.width}`;
      await page.getByLabel("Name in addresses").fill(slug);
      await page.getByRole("button", { name: "Save the names" }).click();
      await expect(page.getByLabel("Name in addresses")).toHaveValue(slug);
      // There is such a page once something is published.
      const publisher = page.getByRole("link", { name: "your page in the marketplace" });
      await expect(publisher).toHaveCount(0);
      await page.getByRole("link", { name: "Second of two" }).click();
      await page.getByRole("button", { name: "Publish it" }).click();
      await page.getByRole("link", { name: "Your organization" }).first().click();
      await expect(publisher).toHaveAttribute("href", `/marketplace/publishers/${slug}`);

      await page.getByLabel("Domain, or address of a repository").fill("not a domain");
      await page.getByRole("button", { name: "Claim it" }).click();
      await expect(page.getByLabel("Domain, or address of a repository")).toHaveValue("not a domain");
      await expect(page.getByLabel("Domain, or address of a repository")).toHaveAttribute("aria-invalid", "true");
      await page.getByLabel("Domain, or address of a repository").fill("no-record-stands-here.example.com");
      await page.getByRole("button", { name: "Claim it" }).click();
      await expect(main).toContainText("It was not checked with success yet");
      await expect(main).toContainText("Name of the TXT record");
      await looks(page);
      await page.getByRole("button", { name: /^Check now/ }).click();
      await expect(main.locator(".problem")).toBeVisible();
      await page.getByRole("button", { name: /^Take back/ }).click();
      await expect(page.getByRole("button", { name: /^Take back/ })).toHaveCount(0);

      await page.getByLabel("The organization’s name").fill("Northquay");
      await page.getByRole("button", { name: "Delete everything" }).click();
      await expect(page.getByLabel("The organization’s name")).toHaveAttribute("aria-invalid", "true");
      await page.getByLabel("The organization’s name").fill("Northquay Freight");
      await page.getByRole("button", { name: "Delete everything" }).click();
      await expect(page.getByText("All of it is deleted at")).toBeInViewport({ ratio: 1 });
      await looks(page);
      await page.getByRole("button", { name: "Keep it after all" }).click();
      await expect(page.getByRole("button", { name: "Delete everything" })).toBeVisible();
      expect(quiet.splice(0).filter((line) => !noted(422).test(line))).toEqual([]);
    });

    test("a session that is ended in one browser is over in the other", async ({ browser, market, page }) => {
      test.slow();
      await page.goto(`${market.origin}/get-started`);
      await makeAgent(page, "Seen from two places");
      const other = await browser.newContext(use);
      await other.addCookies(await page.context().cookies());
      const there = await other.newPage();
      try {
        // The link opens a session of its own: the cookie that the other browser has is of the one before.
        await keep(page, market);
        await there.goto(`${market.origin}/account`);
        await expect(there.getByRole("main")).toContainText("It is yours");
        await page.goto(`${market.origin}/account`);
        await page.getByRole("button", { name: /^End it/ }).click();
        await expect(page.getByRole("button", { name: /^End it/ })).toHaveCount(0);
        await there.getByLabel("Name in the marketplace").fill("Typed before");
        await there.getByRole("button", { name: "Save the names" }).click();
        await expect(there.getByRole("main")).toContainText(/The session of this browser has ended.*Typed before/);
        expect(await other.cookies()).toEqual([]);
      } finally {
        await other.close();
      }
    });
  });
}
