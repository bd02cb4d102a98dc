// Fixtures and actions shared by the tests of sign-up.
import { randomBytes, randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { mailedLink } from "../clients/helper/mail.ts";
import { type Market, expect, test as base } from "../helper/market.js";
import { backdate } from "./form-key.js";

export { audit, expect, noted, overflow } from "../helper/market.js";
export { twice } from "../helper/test.js";

/** Headers of a separate client, as set by a proxy: forms are limited by IP address. */
export const elsewhere = () => ({ "x-forwarded-for": `10.${[...randomBytes(3)].join(".")}` });

/** Each test's browser has its own IP address. */
export const test = base.extend({
  page: async ({ page }, use) => {
    await page.setExtraHTTPHeaders(elsewhere());
    await use(page);
  },
});

/** Browser settings with which the tests of sign-up run. */
export const READERS = [
  { how: "on a phone, without JavaScript", use: { javaScriptEnabled: false, viewport: { width: 390, height: 844 } } },
  { how: "on a desktop, with JavaScript", use: { viewport: { width: 1440, height: 900 } } },
];

/** A name that no publisher of the same marketplace has: taken names are rejected, and tests share a marketplace. */
export const ownName = () => `Northquay ${randomUUID().slice(0, 8)}`;

/** Creates an agent with the form on the page. In walk.spec.ts, a test types at a person's pace. */
export async function makeAgent(page: Page, name: string): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Capabilities").fill("invoices:read, invoices:flag");
  await backdate(page);
  await page.getByRole("button", { name: "Create agent" }).click();
  await expect(page.locator("h1")).toHaveText(name);
}

/** Enters an email address at /get-started, and opens the link of the email; returns the address. */
export async function keep(page: Page, market: Market): Promise<string> {
  const email = `${randomUUID()}@example.com`;
  await page.goto(`${market.origin}/get-started`);
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: "Claim organization" }).click();
  await expect(page.getByText("email is on its way")).toContainText(email);
  await page.goto(market.origin + (await mailedLink(market.registry.api.folders.mail, email)).pathname);
  await page.getByRole("button", { name: "Claim organization" }).click();
  await expect(page.getByText("Owner:")).toContainText(email);
  return email;
}
