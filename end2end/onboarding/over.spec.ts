// The session has ended, or the object of a button no longer exists: the page explains it, no typed value is lost, and
// the user can continue.
import { randomUUID } from "node:crypto";
import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { mailedLink } from "../clients/helper/mail.ts";
import type { Market } from "../helper/market.js";
import { backdate, formKey } from "./form-key.js";
import { READERS, expect, keep, makeAgent, noted, overflow, ownName, test } from "./reader.js";
import { Visitor, agentForm, leads, made, told } from "./visitor.js";

/** Signs out of the same session in another browser. */
async function forgetElsewhere(page: Page, market: Market, browser: Browser, use: BrowserContextOptions): Promise<void> {
  const other = await browser.newContext(use);
  await other.addCookies(await page.context().cookies());
  const there = await other.newPage();
  await there.goto(`${market.origin}/get-started`);
  await there.getByRole("button", { name: "Sign out" }).click();
  await expect(there.locator("h1")).toHaveText("Get started");
  await other.close();
}

for (const { how, use } of READERS) {
  test.describe(how, () => {
    test.use(use);

    test("after sign-out in another browser, 'Claim organization' reports the ended session and keeps the typed values", async ({ browser, market, page, quiet }) => {
      await page.goto(`${market.origin}/get-started`);
      await makeAgent(page, "Ended elsewhere");
      const name = ownName();
      await page.getByLabel("Organization name").fill(name);
      await page.getByLabel("Email address").fill("ana@example.com");
      await forgetElsewhere(page, market, browser, use);
      await page.getByRole("button", { name: "Claim organization" }).click();
      await expect(page.getByRole("alert").filter({ hasText: "No changes were made. Your session has ended" })).toBeInViewport();
      await expect(page.getByLabel("Organization name")).toHaveValue(name);
      await expect(page.getByLabel("Email address")).toHaveValue("ana@example.com");
      expect(await overflow(page)).toBe(0);
      expect(await page.context().cookies()).toEqual([]);
      expect(quiet.splice(0).filter((line) => !noted(403, 404).test(line))).toEqual([]);
    });

    test("after sign-out in another browser, the form for another agent creates no agent before the page has reported the ended session", async ({ browser, market, page, quiet }) => {
      await page.goto(`${market.origin}/get-started`);
      await makeAgent(page, "First here");
      await page.goto(`${market.origin}/get-started?another`);
      const name = `Another ${randomUUID()}`;
      await page.getByLabel("Name", { exact: true }).fill(name);
      await page.getByLabel("Capabilities").fill("invoices:read");
      await backdate(page);
      await forgetElsewhere(page, market, browser, use);
      await page.getByRole("button", { name: "Create agent" }).click();
      await expect(page.getByText("Your session has ended")).toBeVisible();
      await expect(page.getByLabel("Name", { exact: true })).toHaveValue(name);
      expect(made(market, name).agents).toBe(0);
      await page.getByRole("button", { name: "Create agent" }).click();
      await expect(page.locator("h1")).toHaveText(name);
      expect(made(market, name).agents).toBe(1);
      expect(quiet.splice(0).filter((line) => !noted(403, 404).test(line))).toEqual([]);
    });

    test("a user who claims an organization without agents sees its owner and can create the first agent", async ({ market, page }) => {
      const { claimCode } = await market.registry.sure("POST", "/signup", {});
      const email = `${randomUUID()}@example.com`;
      await page.goto(`${market.origin}/claim/${claimCode}`);
      await page.getByLabel("Email address").fill(email);
      await page.getByRole("button", { name: "Claim organization" }).click();
      await expect(page.locator("h1")).toHaveText("Check your email");
      await page.goto(market.origin + (await mailedLink(market.registry.api.folders.mail, email)).pathname);
      await page.getByRole("button", { name: "Claim organization" }).click();
      await expect(page.getByText("Owner:")).toContainText(email);
      await expect(page.getByRole("main")).not.toContainText("within 72 hours");
      await makeAgent(page, "First of a claimed one");
      await expect(page.getByText("Owner:")).toContainText(email);
    });

    test("removing a claim that was removed in another tab, and clicking a button during an API outage, show an error message", async ({ market, page, quiet }) => {
      await page.goto(`${market.origin}/get-started`);
      await makeAgent(page, "In two tabs");
      await keep(page, market);
      await page.goto(`${market.origin}/account`);
      await page.getByLabel("Domain or repository URL").fill("no-record-stands-here.example.com");
      await page.getByRole("button", { name: "Add", exact: true }).click();
      const other = await page.context().newPage();
      await other.goto(`${market.origin}/account`);
      await other.getByRole("button", { name: /^Remove/ }).click();
      await expect(other.getByRole("button", { name: /^Remove/ })).toHaveCount(0);
      await page.getByRole("button", { name: /^Remove/ }).click();
      await expect(page.getByRole("alert")).toContainText("This item no longer exists");
      await expect(page.getByRole("button", { name: /^Remove/ })).toHaveCount(0);
      await page.getByRole("link", { name: "In two tabs" }).click();
      await market.proxy.stop();
      await page.getByRole("button", { name: "Create credential" }).click();
      await expect(page.locator("h1")).toHaveText("Request not completed");
      await expect(page.getByRole("main")).toContainText(/No changes were made\. Go back and try again\..*currently unavailable/);
      await market.proxy.pass();
      await page.goBack();
      await page.getByRole("button", { name: "Create credential" }).click();
      await expect(page.getByText(/^sagent_/)).toBeVisible();
      expect(quiet.splice(0).filter((line) => !noted(409, 503).test(line))).toEqual([]);
    });
  });
}

test("with JavaScript, the first-call status reports an API outage and the end of the session", async ({ browser, market, page, quiet }) => {
  await page.goto(`${market.origin}/get-started`);
  await makeAgent(page, "Waited for");
  // The button would reload the page, and the secret would be lost.
  await expect(page.getByRole("button", { name: "Refresh" })).toBeHidden();
  const line = page.locator("[data-first-call]");
  await market.proxy.stop();
  await expect(line).toContainText("The registry is currently unavailable");
  await market.proxy.pass();
  await expect(line).toHaveText(/^\s*Waiting for your first call…/);
  await forgetElsewhere(page, market, browser, {});
  await expect(line).toContainText("Your session has ended");
  expect(quiet.splice(0).filter((line) => !noted(404, 503).test(line))).toEqual([]);
});

test("a GET request to the action URL of a form redirects to the form's page", async ({ market }) => {
  const visitor = await Visitor.withAgent(market);
  for (const path of ["keep", "resend", "publish", "credential", "leave"]) leads(await visitor.get(`/get-started/${path}`));
  for (const path of ["names", "claims", `claims/${randomUUID()}/check`, `claims/${randomUUID()}/remove`, `sessions/${randomUUID()}/end`, "delete", "restore"]) {
    const { status, headers } = await visitor.get(`/account/${path}`);
    expect([path, status, headers.get("location")]).toEqual([path, 303, "/account"]);
  }
  const agent = `/account/agents/${formKey()}`;
  for (const path of ["end", "publish", "credentials", `credentials/${randomUUID()}/replace`, `credentials/${randomUUID()}/end`]) {
    const { status, headers } = await visitor.get(`${agent}/${path}`);
    expect([path, status, headers.get("location")]).toEqual([path, 303, agent]);
  }
  expect((await visitor.get("/account/agents/none/end")).status).toBe(404);
  const disown = await visitor.get("/verify/slink_x/disown");
  expect([disown.status, disown.headers.get("location")]).toEqual([303, "/verify/slink_x"]);
});

test("a form for an existing organization, submitted without its cookie, creates no organization and no agent", async ({ market }) => {
  const name = `Without a cookie ${randomUUID()}`;
  const form = agentForm({ name, another: "yes" });
  const seen = await new Visitor(market.origin).post("/get-started", form);
  expect([seen.status, told(seen)]).toEqual([403, expect.stringContaining("Your session has ended")]);
  expect(made(market, name)).toEqual({ organizations: 0, agents: 0 });
});

test("a program can submit the claim form as described in the form's Markdown", async ({ market }) => {
  const { claimCode } = await market.registry.sure("POST", "/signup", {});
  const text = await (await fetch(`${market.origin}/claim/${claimCode}`, { headers: { accept: "text/markdown" } })).text();
  const [, action, field, name, value] = /post a form to `([^`]+)` with `(\w+)` and with the header `([\w-]+): ([^`]+)`/.exec(text)!;
  const body = new URLSearchParams({ [field]: `${randomUUID()}@example.com` });
  const answer = await fetch(action, { method: "POST", headers: { [name]: value }, body });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("email with a link is on its way")]);
});
