// Forms after sign-up with invalid values: error messages are in view, and all typed values are kept.
import type { Page } from "@playwright/test";
import { READERS, audit, expect, makeAgent, noted, overflow, ownName, test } from "./reader.js";

/** The summary has the focus and links to the invalid fields, which show their errors. */
async function refuses(page: Page, runs: boolean, wrong: { label: string; reason: RegExp; typed: string }[]): Promise<void> {
  const summary = page.getByRole("alert").filter({ hasText: "We couldn’t save the form" });
  await expect(summary).toBeFocused();
  await expect(summary).toBeInViewport();
  await expect(summary.getByRole("link")).toHaveText(wrong.map(({ reason }) => new RegExp(`^${reason.source}`)));
  for (const { label, reason, typed } of wrong) {
    const field = page.getByLabel(label);
    await expect(field).toHaveValue(typed);
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(new RegExp(`^${reason.source}`));
    await summary.getByRole("link", { name: reason }).click();
    await expect(field).toBeInViewport();
  }
  expect(await overflow(page)).toBe(0);
  // axe-core itself requires JavaScript.
  if (runs) expect(await audit(page)).toEqual([]);
}

for (const { how, use } of READERS) {
  test.describe(how, () => {
    test.use(use);
    const runs = !("javaScriptEnabled" in use);

    test("an invalid email address or organization name is rejected with all typed values kept, and an accepted name remains in the form", async ({ market, page, quiet }) => {
      await page.goto(`${market.origin}/get-started`);
      await makeAgent(page, "Kept in the end");
      const [organization, email] = [page.getByLabel("Organization name"), page.getByLabel("Email address")];
      const name = ownName();
      await organization.fill(name);
      await email.fill("ana@example");
      await page.getByRole("button", { name: "Claim organization" }).click();
      await refuses(page, runs, [{ label: "Email address", reason: /Enter an email address/, typed: "ana@example" }]);
      await expect(organization).toHaveValue(name);

      const long = "x".repeat(101);
      await organization.fill(long);
      await email.fill("ana@example.com");
      await page.getByRole("button", { name: "Claim organization" }).click();
      await refuses(page, runs, [{ label: "Organization name", reason: /Organization name \S/, typed: long }]);
      await expect(email).toHaveValue("ana@example.com");

      await organization.fill(name);
      await page.getByRole("button", { name: "Claim organization" }).click();
      await expect(page.getByText("email is on its way")).toContainText("ana@example.com");
      await expect(organization).toHaveValue(name);
      expect(quiet.splice(0).filter((line) => !noted(422).test(line))).toEqual([]);
    });

    test("a wrong confirmation name and an invalid display name are reported in the focused error summary", async ({ market, page, quiet }) => {
      await page.goto(`${market.origin}/get-started`);
      await makeAgent(page, "Of somebody else");
      await page.goto(`${market.origin}/account`);
      await page.getByLabel("Organization name, to confirm").fill("Another");
      await page.getByRole("button", { name: "Delete organization" }).click();
      await refuses(page, runs, [{ label: "Organization name, to confirm", reason: /The name doesn’t match/, typed: "Another" }]);
      await page.getByLabel("Display name").fill("y".repeat(101));
      await page.getByRole("button", { name: "Save names" }).click();
      await refuses(page, runs, [{ label: "Display name", reason: /Display name \S/, typed: "y".repeat(101) }]);
      expect(quiet.splice(0).filter((line) => !noted(422).test(line))).toEqual([]);
    });

    test("an invalid email address in the recovery form is rejected with the typed value kept", async ({ market, page, quiet }) => {
      await page.goto(`${market.origin}/recover`);
      await page.getByLabel("Email address").fill("ana@example");
      await page.getByRole("button").filter({ hasText: "Email me a link" }).click();
      await refuses(page, runs, [{ label: "Email address", reason: /Enter an email address/, typed: "ana@example" }]);
      expect(quiet.splice(0).filter((line) => !noted(422).test(line))).toEqual([]);
    });
  });
}
