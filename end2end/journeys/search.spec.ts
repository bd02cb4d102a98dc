// The search dialog, with script. Without script: journeys/search-page.spec.ts.
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
  test(`${key} opens the search with the caret in its field, Escape gives the focus back to where it was`, async ({ page }) => {
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

test("what is typed is found while typing: the words marked, the pages counted, the count told in a region that was there before", async ({ page }) => {
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

test("arrows walk through what was found and round its ends; the field keeps the focus and names the chosen one", async ({ page }) => {
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

test("Enter follows the chosen answer to its heading; on the page itself the dialog gets out of the way", async ({ page }) => {
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

test("an answer's name says title, place and text apart from each other", async ({ page }) => {
  const { options } = await ask(page, "audit trail");
  await expect(options.first()).toHaveAccessibleName(/^Audit trail\W+Docs\W+Concepts\W+An audit trail is/);
});

test("an answer can be pressed, or opened as any link", async ({ page, context }) => {
  const { options } = await ask(page, "audit trail");
  const before = page.url();
  // The request and not the new tab's address: without windows, Chromium often leaves a tab in the background unfinished.
  const [, request] = await Promise.all([
    context.waitForEvent("page"),
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
    test(`axe-core finds nothing in the dialog in ${colorScheme} at ${width} px: empty, with answers, without, with recent searches`, async ({ page }) => {
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

test("a search that was followed is remembered in this browser alone, can be used again, and can be forgotten", async ({ page, context }) => {
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

test("/ can be switched off, stays off over a reload and on other pages, and can be switched on again; Control+K stays", async ({ page }) => {
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

test("in a field / is a slash: of a tool, of the feedback, of the search itself", async ({ page }) => {
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

test("no other bare key does anything", async ({ page }) => {
  await page.goto("/docs/concepts/dids");
  for (const key of "abcdefghijklmnopqrstuvwxyz0123456789?.,;[]") await page.keyboard.press(key);
  await expect(page).toHaveURL(/\/docs\/concepts\/dids$/);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("nothing found says so, and where to ask; a slip of the keyboard finds what was meant, or a near word", async ({ page }) => {
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

test("when no answer comes, the search says what to do, and Enter does it", async ({ page, quiet }) => {
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
