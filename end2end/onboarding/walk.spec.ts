// The whole sign-up, from the home page to the first call and the marketplace, on a phone without JavaScript and on a
// desktop with JavaScript.
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { mailedLink } from "../clients/helper/mail.ts";
import { READERS, audit, expect, overflow, test } from "./reader.js";

for (const { how, use } of READERS) {
  test.describe(how, () => {
    test.use(use);

    test("a new user creates an agent, makes the first call, sees it, claims the organization, publishes the agent, and replaces a lost secret", async ({ market, page }) => {
      test.slow();
      const folder = mkdtempSync(join(tmpdir(), "sentryagent-onboarding-"));
      const looks = async () => {
        expect(await overflow(page)).toBe(0);
        if (use.javaScriptEnabled !== false) expect(await audit(page)).toEqual([]);
      };
      try {
        await page.goto(market.origin);
        await page.getByRole("main").getByRole("link", { name: "Get started" }).first().click();
        await expect(page.locator("h1")).toHaveText("Get started");
        await looks();
        await page.getByLabel("Name", { exact: true }).pressSequentially("Invoice screener", { delay: 60 });
        await page.getByLabel("Type", { exact: true }).selectOption("screener");
        await page.getByLabel("Capabilities").pressSequentially("invoices:read, invoices:flag", { delay: 40 });
        await page.getByRole("button", { name: "Create agent" }).click();

        await expect(page.locator("h1")).toHaveText("Invoice screener");
        await expect(page.getByText("Claim within")).toContainText(/7[12] hours/);
        await looks();
        const secret = await page.getByText(/^sagent_/).textContent();
        const download = page.waitForEvent("download");
        await page.getByRole("link", { name: "Download sentryagent.env" }).click();
        await (await download).saveAs(join(folder, "sentryagent.env"));
        expect(readFileSync(join(folder, "sentryagent.env"), "utf8")).toContain(`CLIENT_SECRET=${secret}\n`);

        // The page itself never shows a secret: only the response to the form did.
        await page.goto(`${market.origin}/get-started`);
        await expect(page.getByText(/^sagent_/)).toHaveCount(0);
        expect(await page.content()).not.toContain(secret);
        await expect(page.getByText("Waiting for your first call")).toBeVisible();

        const sample = (await page.locator("figure code").first().textContent())!;
        // Not synchronously: the proxy of the API runs in this process.
        const { stdout } = await promisify(execFile)("bash", ["-eu", "-o", "pipefail", "-c", sample], { cwd: folder, timeout: 20_000 });
        const called = JSON.parse(stdout);
        expect(called.name).toBe("Invoice screener");
        if (use.javaScriptEnabled === false) await page.getByRole("button", { name: "Refresh" }).click();
        await expect(page.getByText("First call received.")).toBeVisible();
        await expect(page.locator(".arrived").first()).toContainText(`GET /api/v1/agents/${called.agentId}`);

        const email = `${randomUUID()}@example.com`;
        await page.getByLabel("Organization name").fill("Northquay Freight Works");
        await page.getByLabel("Email address").fill(email);
        await page.getByRole("button", { name: "Claim organization" }).click();
        // The result of a step is visible without scrolling.
        await expect(page.getByText("email is on its way")).toContainText(email);
        await expect(page.getByText("email is on its way")).toBeInViewport({ ratio: 1 });
        const { pathname } = await mailedLink(market.registry.api.folders.mail, email);
        await page.goto(market.origin + pathname);
        await expect(page.locator("h1")).toHaveText("Claim organization");
        await looks();
        await page.getByRole("button", { name: "Claim organization" }).click();
        await expect(page.getByText("Owner:")).toContainText(email);
        await expect(page.getByText("Owner:")).toBeInViewport({ ratio: 1 });
        await expect(page.getByText("First call received.")).toBeVisible();

        await page.getByRole("button", { name: "Publish", exact: true }).click();
        await expect(page.getByRole("link", { name: "View in the marketplace" })).toBeInViewport({ ratio: 1 });
        await page.getByRole("link", { name: "View in the marketplace" }).click();
        await expect(page.locator("h1")).toContainText("Invoice screener");
        await page.goto(`${market.origin}/get-started`);
        await page.getByRole("button", { name: "Create credential" }).click();
        await expect(page.getByText(/^sagent_/)).toBeInViewport({ ratio: 1 });
        const renewed = await page.getByText(/^sagent_/).textContent();
        expect(renewed).not.toBe(secret);
        await page.getByRole("button", { name: "Sign out" }).click();
        await expect(page.locator("h1")).toHaveText("Get started");
        expect(await page.context().cookies()).toEqual([]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
}
