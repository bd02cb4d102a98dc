// The message shown when a field loses focus doesn't move the element under the pointer.
import { expect, test } from "./reader.js";

test.beforeEach(async ({ market, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${market.origin}/get-started`);
  await page.locator("form[data-ready]").waitFor();
  await page.getByLabel("Name", { exact: true }).fill("Invoice screener");
  // The value is invalid, which is shown as soon as the pointer is pressed elsewhere.
  await page.getByLabel("Capabilities").fill("Invoices");
});

for (const held of [0, 800]) {
  test(`a click from an invalid field on 'Create agent', held for ${held} ms, activates the button`, async ({ page }) => {
    await page.getByRole("button", { name: "Create agent" }).click({ delay: held });
    await expect(page.locator("#start--problems")).toBeFocused();
    await expect(page.locator("#start--problems")).toBeInViewport();
  });
}

test("a click outside the fields and buttons shows the error message of the invalid field that loses focus", async ({ page }) => {
  await page.getByRole("heading", { level: 1 }).click({ delay: 100 });
  await expect(page.locator("#start--capabilities-problem")).toBeVisible();
  await expect(page.locator("#start--problems")).toBeHidden();
});

test("a click from an invalid field on the collapsed email section expands it", async ({ page }) => {
  await page.getByText("Add your email (optional)").click();
  await expect(page.getByLabel("Organization name")).toBeVisible();
});
