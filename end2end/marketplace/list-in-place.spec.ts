// The list with JavaScript: it is updated in place, and focus, scroll position and typed text are kept.
import type { Page } from "@playwright/test";
import { ORIGIN } from "../helper/addresses.js";
import { search } from "../helper/demo.js";
import { expect, test } from "../helper/test.js";

test.use({ viewport: { width: 1440, height: 700 } });

const found = (page: Page) => page.getByRole("main").getByRole("status");
const box = (page: Page, name: string, value: string) => page.locator(`[name="${name}"][value="${value}"]`);
const names = (page: Page) => page.locator(".agents").getByRole("heading").locator("a:first-of-type");
const told = async (query: string) => {
  const { totalCount } = await search(`${query}&limit=1`);
  return totalCount === 0 ? "No agents" : totalCount === 1 ? "1 agent" : `${totalCount} agents`;
};

/** Opens the list, and sets a marker that a new document would not have. */
async function open(page: Page, address = "/marketplace") {
  await page.goto(address);
  await page.evaluate(() => { (window as any).isSame = true; });
}
const isSame = (page: Page) => page.evaluate(() => (window as any).isSame === true);

/** Delays the response to a query. The returned function releases it, and waits until the page's script has processed it. */
async function hold(page: Page, search: string): Promise<() => Promise<void>> {
  let release = () => {};
  const released = new Promise<void>((resolve) => { release = resolve; });
  const isHeld = (url: URL) => url.pathname === "/marketplace" && url.search === search;
  await page.route(isHeld, async (route) => {
    await released;
    await route.continue();
  });
  return async () => {
    const answered = page.waitForResponse((response) => isHeld(new URL(response.url())));
    release();
    await (await answered).finished();
    // Two turns of the event loop are enough for the script to react.
    await page.evaluate(() => new Promise((done) => setTimeout(() => setTimeout(done))));
  };
}

test("selecting a filter by keyboard updates the results in place and keeps the focus and the scroll position", async ({ page }) => {
  await open(page);
  for (const [name, value, query] of [["capability", "documents:read", "capability=documents:read"], ["agentType", "extractor", "capability=documents:read&agentType=extractor"]]) {
    const chosen = box(page, name, value);
    await chosen.scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    await chosen.focus();
    await page.keyboard.press("Space");
    await expect(found(page)).toHaveText(await told(query));
    await expect(box(page, name, value)).toBeChecked();
    await expect(box(page, name, value)).toBeFocused();
    expect(await page.evaluate(() => scrollY), `${name}=${value}`).toBe(before);
    expect(await isSame(page)).toBe(true);
    const { searchParams } = new URL(page.url());
    expect(searchParams.getAll(name)).toEqual([value]);
  }
});

test("clicking a filter far down the page keeps the scroll position and focuses the filter", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 360 });
  await open(page);
  const last = page.locator(".facets label:has([name=publisher])").nth(3);
  const value = (await last.locator("input").getAttribute("value"))!;
  await last.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  expect(before).toBeGreaterThan(200);
  await last.click();
  await expect(found(page)).toHaveText(await told(`publisher=${value}`));
  await expect(box(page, "publisher", value)).toBeFocused();
  expect(await page.evaluate(() => scrollY)).toBe(before);
});

test("Back and Forward restore the results, filters, query and title of each state", async ({ page }) => {
  await open(page);
  const seen: { url: string; said: string; title: string; checked: string[] }[] = [];
  const look = async () => ({
    url: page.url(),
    said: (await found(page).textContent())!,
    title: await page.title(),
    text: await page.getByRole("searchbox", { name: "Search agents" }).inputValue(),
    checked: await page.locator(".facets :checked:not([value=''])").evaluateAll((nodes) => nodes.map((node) => (node as HTMLInputElement).value)),
    names: await names(page).allTextContents(),
  });
  seen.push(await look());
  await box(page, "checked", "domain").check();
  await expect(found(page)).toHaveText(await told("checked=domain"));
  seen.push(await look());
  await page.getByRole("searchbox", { name: "Search agents" }).fill("extractor");
  await page.keyboard.press("Enter");
  await expect(found(page)).toHaveText(`${await told("checked=domain&q=extractor")} for “extractor”`);
  seen.push(await look());
  await page.getByRole("combobox", { name: "Sort by" }).selectOption("name");
  await expect(page).toHaveURL(/sort=name/);
  seen.push(await look());
  expect(new Set(seen.map(({ url }) => url)).size).toBe(4);
  for (const at of [2, 1, 0]) {
    await page.goBack();
    await expect.poll(look, `back to state ${at}`).toEqual(seen[at]);
  }
  for (const at of [1, 2, 3]) {
    await page.goForward();
    await expect.poll(look, `forward to state ${at}`).toEqual(seen[at]);
  }
  expect(await isSame(page)).toBe(true);
});

test("going back from an agent page restores the filtered list", async ({ page }) => {
  await open(page);
  await box(page, "checked", "repository").check();
  await expect(found(page)).toHaveText(await told("checked=repository"));
  const before = await names(page).allTextContents();
  await names(page).first().click();
  await expect(page.locator("h1")).toHaveText(before[0]);
  await page.goBack();
  await expect(found(page)).toHaveText(await told("checked=repository"));
  await expect(names(page)).toHaveText(before);
  await expect(box(page, "checked", "repository")).toBeChecked();
});

test("a delayed response replaces neither the results nor the URL of a later request", async ({ page }) => {
  await open(page);
  const release = await hold(page, "?checked=domain");
  await box(page, "checked", "domain").check();
  await box(page, "checked", "key").check();
  const both = await told("checked=domain&checked=key");
  await expect(found(page)).toHaveText(both);
  await release();
  await expect(found(page)).toHaveText(both);
  await expect(box(page, "checked", "domain")).toBeChecked();
  await expect(box(page, "checked", "key")).toBeChecked();
  expect(new URL(page.url()).searchParams.getAll("checked")).toEqual(["domain", "key"]);
  await page.goBack();
  await expect(page).toHaveURL(`${ORIGIN}/marketplace`);
});

test("text typed into the search field during a pending request is kept", async ({ page }) => {
  await open(page);
  const release = await hold(page, "?checked=key");
  await box(page, "checked", "key").check();
  const field = page.getByRole("searchbox", { name: "Search agents" });
  await field.pressSequentially("extr");
  await release();
  await expect(found(page)).toHaveText(await told("checked=key"));
  await expect(field).toHaveValue("extr");
  await expect(field).toBeFocused();
});

test("the number of results is updated in the existing status region, which is not replaced", async ({ page }) => {
  await open(page);
  const region = page.getByRole("main").getByRole("status");
  await region.evaluate((node) => { (node as HTMLElement).dataset.same = "yes"; });
  await box(page, "checked", "key").check();
  await expect(region).toHaveText(await told("checked=key"));
  await expect(region).toHaveAttribute("data-same", "yes");
});

test("when an in-place update fails, the browser loads the URL as a new document", async ({ page, quiet }) => {
  await open(page);
  let isFirst = true;
  await page.route((url) => url.search === "?checked=key", async (route) => {
    if (!isFirst) return route.continue();
    isFirst = false;
    await route.abort();
  });
  await box(page, "checked", "key").check();
  await expect(page).toHaveURL(`${ORIGIN}/marketplace?checked=key`);
  await expect(found(page)).toHaveText(await told("checked=key"));
  expect(await isSame(page)).toBe(false);
  expect(quiet.splice(0).filter((line) => !/ERR_FAILED/.test(line))).toEqual([]);
});

test("'Next' loads the next page in place and scrolls to its first agent", async ({ page }) => {
  await open(page, "/marketplace?sort=name");
  await page.getByRole("link", { name: "Next", exact: true }).click();
  await expect(page.getByRole("navigation", { name: "Results pages" })).toContainText("Page 2 of");
  await expect(page).toHaveURL(`${ORIGIN}/marketplace?sort=name&page=2`);
  expect(await isSame(page)).toBe(true);
  await expect(names(page).first()).toBeInViewport();
  const { data } = await search("sort=name&limit=20&page=2");
  await expect(names(page)).toHaveText(data.map(({ name }) => name));
});

test("the sort order is kept when a filter is selected or cleared", async ({ page }) => {
  const sort = page.getByRole("combobox", { name: "Sort by" });
  for (const [address, value] of [["/marketplace", ""], ["/marketplace?sort=name", "name"], ["/marketplace?q=invoice&sort=name", "name"]]) {
    await open(page, address);
    await box(page, "checked", "domain").check();
    await expect(page).toHaveURL(/checked=domain/);
    await expect(sort).toHaveValue(value);
    await box(page, "checked", "domain").uncheck();
    await expect(page).toHaveURL(ORIGIN + address);
    await expect(sort).toHaveValue(value);
    expect(await isSame(page)).toBe(true);
  }
});

test("a filter that is cleared before its response arrives stays cleared", async ({ page }) => {
  await open(page);
  const release = await hold(page, "?checked=domain");
  const all = (await found(page).textContent())!;
  await box(page, "checked", "domain").check();
  await box(page, "checked", "domain").uncheck();
  await release();
  await expect(box(page, "checked", "domain")).not.toBeChecked();
  await expect(found(page)).toHaveText(all);
  await expect(page).toHaveURL(`${ORIGIN}/marketplace`);
  await expect(page.locator("[aria-busy]")).toHaveCount(0);
});

test("following a fragment link and going back keeps typed text and sends no request", async ({ page }) => {
  await open(page, "/marketplace?sort=name");
  const asked: string[] = [];
  page.on("request", (request) => request.url().includes("/assets/") || asked.push(request.url()));
  const field = page.getByRole("searchbox", { name: "Search agents" });
  await field.fill("Invoice");
  await page.getByRole("link", { name: "Skip to content" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#page--main$/);
  await page.goBack();
  await expect(page).toHaveURL(`${ORIGIN}/marketplace?sort=name`);
  await expect(field).toHaveValue("Invoice");
  expect(asked).toEqual([]);
});

test("following a link of the list by keyboard moves the focus to the results, and the status names the page", async ({ page }) => {
  await open(page);
  const results = page.locator("#market--results");
  const next = page.getByRole("link", { name: "Next", exact: true });
  await next.focus();
  await page.keyboard.press("Enter");
  await expect(found(page)).toHaveText(/^\d+ agents, page 2 of \d+$/);
  await expect(results).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(names(page).first()).toBeFocused();
  await box(page, "checked", "domain").check();
  const chip = page.getByRole("link", { name: "Remove filter: Domain verified" });
  await chip.focus();
  await page.keyboard.press("Enter");
  await expect(chip).toHaveCount(0);
  await expect(results).toBeFocused();
});
