// The first form: validated while typing where WASM runs, and by the same rules on the server without it.
import { expect, noted, overflow, test } from "./reader.js";

test("with JavaScript, an error message appears beside a field that loses focus and disappears when the value is corrected, and no invalid form is sent", async ({ market, page }) => {
  const sent: string[] = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  await page.goto(`${market.origin}/get-started`);
  const able = page.getByLabel("Capabilities");
  await able.fill("invoices:read, Bad");
  // Text typed before hydration is preserved.
  await page.locator("form[data-ready]").waitFor();
  await expect(able).toHaveValue("invoices:read, Bad");
  await expect(able).not.toHaveAttribute("aria-invalid");
  await able.focus();
  await page.getByLabel("Name", { exact: true }).focus();
  await expect(able).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#start--capabilities-problem", { hasText: "“Bad” is not a capability" })).toBeVisible();
  expect(await overflow(page)).toBe(0);
  await page.getByRole("button", { name: "Create agent" }).click();
  const summary = page.locator("#start--problems");
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link")).toHaveText([/^Enter a name/, /^“Bad” is not a capability/]);
  await summary.getByRole("link").first().click();
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await page.keyboard.type("Invoice screener", { delay: 100 });
  await able.fill("invoices:read");
  await expect(able).not.toHaveAttribute("aria-invalid");
  await expect(summary).toBeHidden();
  await page.getByRole("button", { name: "documents:read", exact: true }).click();
  await expect(able).toHaveValue("invoices:read, documents:read");
  expect(sent).toEqual([]);
  await page.getByRole("button", { name: "Create agent" }).click();
  await expect(page.locator("h1")).toHaveText("Invoice screener");
});

test("only the page with the form loads WASM", async ({ market, page }) => {
  const loaded: string[] = [];
  page.on("request", (request) => /\.wasm$/.test(request.url()) && loaded.push(new URL(page.url()).pathname));
  for (const path of ["/recover", "/account", "/status"]) await page.goto(market.origin + path, { waitUntil: "networkidle" });
  expect(loaded).toEqual([]);
  await page.goto(`${market.origin}/get-started`);
  await page.locator("form[data-ready]").waitFor();
  expect(loaded).toEqual(["/get-started"]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the error summary has the focus, and the form keeps all typed values", async ({ market, page, quiet }) => {
    await page.goto(`${market.origin}/get-started`);
    await page.getByLabel("Name", { exact: true }).fill("Screener <1>");
    await page.getByLabel("Capabilities").fill("Bad");
    await page.getByLabel("Type", { exact: true }).selectOption("screener");
    await page.getByText("Add your email (optional)").click();
    await page.getByLabel("Email address").fill("ana@example");
    await page.getByRole("button", { name: "Create agent" }).click();
    await expect(page.locator("#start--problems")).toBeFocused();
    await expect(page.locator("#start--problems").getByRole("link")).toHaveText([/^“Bad” is not a capability/, /^Enter an email address/]);
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Screener <1>");
    await expect(page.getByLabel("Type", { exact: true })).toHaveValue("screener");
    await expect(page.getByLabel("Capabilities")).toHaveValue("Bad");
    await expect(page.getByLabel("Email address")).toHaveValue("ana@example");
    expect(quiet.splice(0).filter((line) => !noted(422).test(line))).toEqual([]);
  });
});
