// The search dialog, which requires JavaScript. Search without JavaScript: journeys/search-page.spec.ts.
import type { Page } from "@playwright/test";
import { ORIGIN } from "../helper/addresses.js";
import { audit, expect, test } from "../helper/test.js";

const parts = (page: Page) => {
  const dialog = page.getByRole("dialog", { name: "Search" });
  return {
    dialog,
    field: dialog.getByRole("combobox", { name: "Search" }),
    status: dialog.getByRole("status"),
    options: dialog.getByRole("option"),
    chosen: dialog.locator("[role=option][aria-selected=true]"),
  };
};

/** Opens the dialog on a page and types. */
async function ask(page: Page, words: string, path = "/docs") {
  const found = parts(page);
  if (!page.url().endsWith(path)) await page.goto(path);
  await page.keyboard.press("Control+k");
  await expect(found.field).toBeFocused();
  const answer = page.waitForResponse((response) => new URL(response.url()).searchParams.get("q") === words);
  await found.field.pressSequentially(words);
  const { count } = await (await answer).json();
  await expect(found.status).toHaveText(count === 0 ? "No results" : count === 1 ? "1 result" : `${count} results`);
  return { ...found, count };
}

for (const key of ["/", "Control+k", "Meta+k"]) {
  test(`${key} opens the search dialog with the focus in its field, and Escape returns the focus to the previous element`, async ({ page }) => {
    await page.goto("/docs");
    const { dialog, field } = parts(page);
    const link = page.getByRole("navigation", { name: "Documentation" }).getByRole("link", { name: "Audit trail", exact: true });
    await link.focus();
    for (const time of ["first", "second"]) {
      await page.keyboard.press(key);
      await expect(field, time).toBeFocused();
      await page.keyboard.press("Escape");
      await expect(dialog, time).toBeHidden();
      await expect(link, time).toBeFocused();
    }
  });
}

test("typing a query shows results with marked words, and a live region that already existed announces their number", async ({ page }) => {
  await page.goto("/docs");
  await page.keyboard.press("/");
  const { field, status, options, dialog } = parts(page);
  await expect(field).toBeFocused();
  await expect(status).toHaveText("");
  await status.evaluate((region) => { (region as HTMLElement).dataset.same = "yes"; });
  await expect(field).toHaveAttribute("aria-expanded", "false");
  await ask(page, "audit trail");
  await expect(status).toHaveText(/^\d+ results$/);
  await expect(status).toHaveAttribute("data-same", "yes");
  await expect(field).toHaveAttribute("aria-expanded", "true");
  await expect(dialog.locator(`#${await field.getAttribute("aria-controls")}`)).toHaveRole("listbox");
  await expect(options.first()).toContainText("Audit trail");
  const marked = await dialog.locator("mark").allTextContents();
  expect(marked.length).toBeGreaterThan(5);
  expect(marked.filter((word) => !/audit|trail/i.test(word))).toEqual([]);
  await field.fill("did:web");
  await expect(options.first()).not.toContainText("Audit trail");
  await field.fill("");
  await expect(options).toHaveCount(0);
  await expect(field).toHaveAttribute("aria-expanded", "false");
});

test("the arrow keys select the results in turn and wrap around, while the field keeps the focus and references the selected result", async ({ page }) => {
  const { field, options, chosen } = await ask(page, "token");
  const count = await options.count();
  expect(count).toBeGreaterThan(4);
  const expectChosen = async (index: number) => {
    await expect(options.nth(index)).toHaveAttribute("aria-selected", "true");
    await expect(chosen).toHaveCount(1);
    await expect(field).toHaveAttribute("aria-activedescendant", (await options.nth(index).getAttribute("id"))!);
    await expect(field).toBeFocused();
    await expect(options.nth(index)).toBeInViewport();
  };
  await expectChosen(0);
  for (let index = 1; index < count; index += 1) {
    await page.keyboard.press("ArrowDown");
    await expectChosen(index);
  }
  await page.keyboard.press("ArrowDown");
  await expectChosen(0);
  await page.keyboard.press("ArrowUp");
  await expectChosen(count - 1);
  await page.keyboard.press("ArrowUp");
  await expectChosen(count - 2);
});

test("Enter opens the selected result at its heading, and closes the dialog if the heading is on the current page", async ({ page }) => {
  const { options, dialog } = await ask(page, "audit trail");
  await page.keyboard.press("ArrowDown");
  const href = (await options.nth(1).getAttribute("href"))!;
  expect(href).toMatch(/^\/docs\/concepts\/audit-trail#/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(ORIGIN + href);
  await expect(page.locator(`[id="${href.split("#")[1]}"]`)).toBeInViewport();
  await ask(page, "audit trail", href);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const other = (await options.nth(2).getAttribute("href"))!;
  expect(other).toMatch(/^\/docs\/concepts\/audit-trail#/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(ORIGIN + other);
  await expect(dialog).toBeHidden();
  await expect(page.locator(`[id="${other.split("#")[1]}"]`)).toBeInViewport();
});

test("a result's accessible name separates its title, breadcrumbs and text", async ({ page }) => {
  const { options } = await ask(page, "audit trail");
  await expect(options.first()).toHaveAccessibleName(/^Audit trail\W+Docs\W+Concepts\W+An audit trail is/);
});

test("a result opens in the same tab on a click, and in a new tab on a click with Control or Command", async ({ page, context }) => {
  const { options } = await ask(page, "audit trail");
  const before = page.url();
  // Headless Chromium often does not finish a tab in the background, so the test waits for the tab's request, not for the tab.
  const [request] = await Promise.all([
    context.waitForEvent("request", (request) => request.isNavigationRequest()),
    options.first().click({ modifiers: ["ControlOrMeta"] }),
  ]);
  expect(request.url()).toBe(`${ORIGIN}/docs/concepts/audit-trail`);
  await expect(page).toHaveURL(before);
  await options.first().click();
  await expect(page).toHaveURL(/\/docs\/concepts\/audit-trail$/);
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1440]) {
    test(`axe-core finds no violation in the search dialog in the ${colorScheme} theme at ${width} px: with results, without results, with recent searches and empty`, async ({ page }) => {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      await page.addInitScript(() => localStorage.setItem("searches", JSON.stringify(["audit trail", "token"])));
      const { field, options, status, dialog } = await ask(page, "audit trail");
      expect(await audit(page)).toEqual([]);
      await field.fill("qqqqxxxx");
      await expect(status).toHaveText("No results");
      expect(await audit(page)).toEqual([]);
      await field.fill("");
      await expect(options).toHaveCount(2);
      expect(await audit(page)).toEqual([]);
      await dialog.getByRole("button", { name: "Clear" }).click();
      await expect(options).toHaveCount(0);
      expect(await audit(page)).toEqual([]);
    });
  }
}

test("a search whose result was opened is stored only in the browser, can be repeated and can be deleted", async ({ page, context }) => {
  await ask(page, "audit trail");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/docs\/concepts\/audit-trail$/);
  // From here on, no request may contain recent searches.
  const told: string[] = [];
  page.on("request", (request) => {
    const all = [request.url(), request.postData(), ...Object.values(request.headers())].join(" ");
    if (/audit( |\+|%20)trail|searches/i.test(all)) told.push(request.url());
  });
  await page.goto("/docs/writing/code", { waitUntil: "networkidle" });
  await page.keyboard.press("/");
  const { dialog, options, field } = parts(page);
  await expect(dialog.getByRole("group", { name: /^Recent searches/ }).getByRole("option")).toHaveText(["audit trail"]);
  await page.reload({ waitUntil: "networkidle" });
  expect(told).toEqual([]);
  expect(await context.cookies()).toEqual([]);
  const kept = await page.evaluate(() => ({ ...localStorage }));
  expect(kept).toEqual({ searches: '["audit trail"]' });
  await page.keyboard.press("/");
  await expect(field).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/search\?q=audit%20trail$/);
  await page.goto("/docs");
  await page.keyboard.press("/");
  await dialog.getByRole("button", { name: "Clear" }).click();
  await expect(options).toHaveCount(0);
  await expect(field).toBeFocused();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test("the / shortcut can be disabled, stays disabled after a reload and on other pages, and can be enabled again, while Control+K keeps working", async ({ page }) => {
  await page.goto("/docs");
  const { dialog, field } = parts(page);
  const asked = () => page.evaluate(() => document.querySelectorAll("script[data-answers], dialog[open]").length);
  await page.keyboard.press("/");
  await dialog.getByRole("checkbox", { name: "Open search with /" }).uncheck();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.keyboard.press("/");
  await expect(dialog).toBeHidden();
  for (const path of ["/docs", "/docs/writing/code"]) {
    await page.goto(path);
    await page.keyboard.press("/");
    expect(await asked(), path).toBe(0);
  }
  await page.reload();
  await page.keyboard.press("/");
  expect(await asked()).toBe(0);
  await page.keyboard.press("Control+k");
  await expect(field).toBeFocused();
  await expect(dialog.getByRole("checkbox", { name: "Open search with /" })).not.toBeChecked();
  await dialog.getByRole("checkbox", { name: "Open search with /" }).check();
  await page.reload();
  await page.keyboard.press("/");
  await expect(field).toBeFocused();
});

test("the / key types a slash in the fields of the did:web tool, the feedback form and the search dialog", async ({ page }) => {
  const { dialog, field } = parts(page);
  await page.goto("/tools/did-web");
  await expect(page.locator("form[data-ready]")).toBeVisible();
  await page.getByLabel("DID").pressSequentially("a/b");
  await expect(page.getByLabel("DID")).toHaveValue("a/b");
  await expect(dialog).toHaveCount(0);
  await page.goto("/docs");
  await page.getByText("Add a comment").click();
  const word = page.getByRole("group", { name: "Was this page useful?" }).getByRole("textbox");
  await word.pressSequentially("and/or");
  await expect(word).toHaveValue("and/or");
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await expect(field).toBeFocused();
  await field.pressSequentially("did/web");
  await expect(field).toHaveValue("did/web");
});

test("no letter, digit or other punctuation key without a modifier opens a dialog or leaves the page", async ({ page }) => {
  await page.goto("/docs/concepts/dids");
  for (const key of "abcdefghijklmnopqrstuvwxyz0123456789?.,;[]") await page.keyboard.press(key);
  await expect(page).toHaveURL(/\/docs\/concepts\/dids$/);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a search without results says so and offers an email link, and a search with a typo finds the intended word or a similar word", async ({ page }) => {
  const { status, options, dialog, field } = await ask(page, "qqqqxxxx");
  await expect(status).toHaveText("No results");
  await expect(field).toHaveAttribute("aria-expanded", "false");
  await expect(dialog.getByRole("link", { name: "email us" })).toHaveAttribute("href", /^mailto:/);
  for (const [slip, meant] of [["marketplcae", /marketplace/i], ["quickstrat", /quickstart/i]] as const) {
    await field.fill(slip);
    await expect(options.filter({ hasText: meant }).first()).toBeVisible();
  }
  await field.fill("credentails");
  await expect(options.first()).toBeVisible();
});

test("when the search request fails, the dialog shows an error message, and Enter opens the search page", async ({ page, quiet }) => {
  await page.route("**/search.json*", (route) => route.fulfill({ status: 503, body: "" }));
  await page.goto("/docs");
  await page.keyboard.press("/");
  const { field, status } = parts(page);
  await field.fill("audit trail");
  await expect(status).toHaveText("Search failed. Press Enter to open the search page.");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/search\?q=audit\+trail$/);
  await expect(page.getByRole("heading", { name: "Audit trail", exact: true })).toBeVisible();
  // Chromium logs the 503, whose body is never read.
  expect(quiet.splice(0).filter((line) => !/status of 503|search\.json\S* net::ERR_ABORTED/.test(line))).toEqual([]);
});
