// Emails as displayed in a browser by an API in development.
import { randomUUID } from "node:crypto";
import { mailedLink } from "../clients/helper/mail.ts";
import { expect, overflow, test } from "./reader.js";
import { Visitor } from "./visitor.js";

for (const colorScheme of ["light", "dark"] as const) {
  test(`the confirmation email is displayed with its styles, fits a phone, and contains its link (${colorScheme})`, async ({ market, page }) => {
    const [visitor, email] = [await Visitor.withAgent(market), `${randomUUID()}@example.com`];
    await visitor.post("/get-started/keep", { email });
    const link = await mailedLink(market.registry.api.folders.mail, email);
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 390, height: 844 });
    // Uses the API's own address: the proxy of the tests is for the API's callers.
    await page.goto(`${market.registry.api.address}/dev/mail`);
    const mail = page.getByRole("article").filter({ hasText: email });
    await expect(mail.getByRole("heading")).toHaveText("Claim your organization at SentryAgent.ai");
    // Its styles are applied: anything that the browser blocks would be recorded.
    await expect(mail.getByRole("link")).toHaveCSS("background-color", "rgb(11, 110, 105)");
    expect(await overflow(page)).toBe(0);
    await expect(mail.getByRole("link")).toHaveAttribute("href", link.href);
  });
}
