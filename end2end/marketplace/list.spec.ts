// The list of agents as a form: search, filters, order and pagination. The URL contains the whole state.
import type { APIRequestContext, Page } from "@playwright/test";
import { BROWSERS, ORIGIN } from "../helper/addresses.js";
import { search } from "../helper/demo.js";
import { expect, overflow, test } from "../helper/test.js";

const names = (page: Page) => page.locator(".agents").getByRole("heading").locator("a:first-of-type").allTextContents();
const found = (page: Page) => page.getByRole("main").getByRole("status");
const box = (page: Page, name: string, value: string) => page.locator(`[name="${name}"][value="${value}"]`);
const sorted = (page: Page) => page.getByRole("combobox", { name: "Sort by" }).locator("option:checked");
const submit = (page: Page) => page.getByRole("button", { name: "Search", exact: true }).last().click();

/** The state of a list: URL, count, agents, selected filters and order. */
const state = async (page: Page) => ({
  address: page.url(),
  count: await found(page).textContent(),
  names: await names(page),
  chosen: await page.locator(".chosen a").allTextContents(),
  checked: await page.locator("main :checked").evaluateAll((nodes) => nodes.map((node) => (node as HTMLInputElement).value)),
  text: await page.getByRole("searchbox", { name: "Search agents" }).inputValue(),
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 1440, height: 900 } });

  test("a search sorts the results by relevance, and reloading its URL shows the same state", async ({ page }) => {
    await page.goto("/marketplace");
    await page.getByRole("searchbox", { name: "Search agents" }).fill("documents read");
    await submit(page);
    const { data, totalCount } = await search("q=documents+read&limit=20");
    expect(totalCount).toBeGreaterThan(5);
    await expect(found(page)).toHaveText(`${totalCount} agents for “documents read”`);
    const before = await state(page);
    expect(new URL(before.address).searchParams.get("q")).toBe("documents read");
    await page.reload();
    expect(await state(page)).toEqual(before);
    // No order was selected.
    expect(before.names).toEqual(data.map(({ name }) => name));
    await expect(sorted(page)).toHaveText("Relevance");
  });

  test("filters are combined with AND, and the filtered URL shows the same state after a reload and in another browser", async ({ page, browser }) => {
    await page.goto("/marketplace");
    await box(page, "checked", "domain").check();
    await box(page, "capability", "documents:read").check();
    await box(page, "agentType", "extractor").check();
    await submit(page);
    const { data } = await search("checked=domain&capability=documents:read&agentType=extractor&limit=20");
    expect(data.length).toBeGreaterThan(1);
    expect((await names(page)).sort()).toEqual(data.map(({ name }) => name).sort());
    await expect(found(page)).toHaveText(`${data.length} agents`);
    expect((await state(page)).chosen).toEqual(["Domain verified", "documents:read", "extractor"]);
    for (const row of await page.locator(".agents > li").all()) {
      await expect(row.locator(".stamp:not(.expired) strong", { hasText: "Domain" })).toHaveCount(1);
    }
    const before = await state(page);
    await page.reload();
    expect(await state(page)).toEqual(before);
    // The phone of another user.
    const other = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    await other.goto(before.address);
    expect(await state(other)).toEqual(before);
    await other.close();
  });

  test("each 'Remove filter' link removes only its filter from the URL", async ({ page }) => {
    await page.goto("/marketplace?checked=domain&capability=documents%3Aread&q=the&sort=name");
    await page.getByRole("link", { name: "Remove filter: documents:read" }).click();
    await expect(page).toHaveURL(`${ORIGIN}/marketplace?q=the&checked=domain&sort=name`);
    await page.getByRole("link", { name: "Remove filter: Domain verified" }).click();
    await expect(page).toHaveURL(`${ORIGIN}/marketplace?q=the&sort=name`);
    await expect(page.locator(".chosen")).toHaveCount(0);
  });

  test("on a phone, the Filters button shows the hidden filters without JavaScript", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/marketplace");
    await expect(box(page, "checked", "key")).toBeHidden();
    await page.getByRole("button", { name: "Filters" }).click();
    await box(page, "checked", "key").check();
    await page.getByRole("button", { name: "Show agents" }).click();
    const { totalCount } = await search("checked=key&limit=1");
    await expect(found(page)).toHaveText(`${totalCount} agents`);
    await expect(page.getByRole("button", { name: "Filters (1)" })).toBeVisible();
    expect(await overflow(page)).toBe(0);
  });

  for (const [sort, label] of [["recent", "Newest"], ["name", "Name"], ["updated", "Last updated"], ["relevance", "Relevance"]]) {
    test(`sorting by ${label} shows the agents in the API's order and is kept after a reload`, async ({ page }) => {
      const words = sort === "relevance" ? "q=documents&" : "";
      await page.goto(`/marketplace${words && "?q=documents"}`);
      await page.getByRole("combobox", { name: "Sort by" }).selectOption({ label });
      await submit(page);
      await expect(sorted(page)).toHaveText(label);
      const { data } = await search(`${words}sort=${sort}&limit=20`);
      expect(await names(page)).toEqual(data.map(({ name }) => name));
      const before = await state(page);
      await page.reload();
      expect(await state(page)).toEqual(before);
    });
  }

  test("'Next' reaches all agents without gaps, and 'Next' and 'Previous' keep the sort order", async ({ page }) => {
    await page.goto("/marketplace?sort=name");
    const { data, totalCount } = await search("sort=name&limit=100");
    const seen: string[] = [];
    for (let number = 1; number <= Math.ceil(totalCount / 20); number += 1) {
      if (number > 1) await page.getByRole("link", { name: "Next", exact: true }).click();
      await expect(page.getByRole("navigation", { name: "Results pages" })).toContainText(`Page ${number} of ${Math.ceil(totalCount / 20)}`);
      seen.push(...await names(page));
    }
    expect(seen).toEqual(data.map(({ name }) => name));
    await expect(page.getByRole("link", { name: "Next", exact: true })).toHaveCount(0);
    await page.getByRole("link", { name: "Previous", exact: true }).click();
    await expect(page).toHaveURL(`${ORIGIN}/marketplace?sort=name&page=2`);
  });

  test("a page number beyond the last page shows a notice with a link to the last page", async ({ page }) => {
    await page.goto("/marketplace?page=400");
    await expect(page.locator(".notice")).toHaveText("Page 400 doesn’t exist. The last page is 3.");
    await expect(page.getByRole("main")).not.toContainText(/No agent|Page 400 of/);
    await expect(page.locator("meta[name=robots]")).toHaveAttribute("content", /noindex/);
    await page.getByRole("link", { name: "Last page" }).click();
    await expect(page).toHaveURL(`${ORIGIN}/marketplace?page=3`);
    expect((await names(page)).length).toBeGreaterThan(0);
  });

  for (const [name, value] of [
    ["page", "0"], ["page", "-1"], ["page", "two"], ["page", "99999999999999999999"], ["agentType", "poet"], ["checked", "soul"], ["capability", "Read everything"],
    ["publisher", "A!"], ["sort", "luck"],
  ]) {
    test(`the invalid parameter ${name}=${value} is ignored with a notice, and all agents are shown`, async ({ page }) => {
      const response = (await page.goto(`/marketplace?${name}=${encodeURIComponent(value)}`))!;
      expect(response.status()).toBe(200);
      await expect(page.locator(".notice")).toHaveCount(1);
      await expect(page.locator(".notice")).toContainText(`Ignored ${name} “${value}”: `);
      expect((await names(page)).length).toBe(20);
    });
  }

  test("a search without matches says so and links to the publishing guide and to all agents", async ({ page }) => {
    await page.goto("/marketplace?q=qqqqxxxx");
    await expect(found(page)).toHaveText("No agents for “qqqqxxxx”");
    await expect(page.getByRole("main").getByRole("link", { name: "Publish an agent" })).toHaveAttribute("href", "/docs/guides/publish-an-agent");
    await page.getByRole("main").getByRole("link", { name: "All agents" }).click();
    await expect(page).toHaveURL(`${ORIGIN}/marketplace`);
  });

  test("a search whose words no agent contains shows a notice that the results contain similar words", async ({ page }) => {
    const notice = page.locator("main .notice");
    await page.goto("/marketplace?q=contract");
    expect((await names(page))[0]).toBe("Lease Contract Reader");
    await expect(notice).toHaveCount(0);
    await page.goto("/marketplace?q=contravt");
    expect(await names(page)).toContain("Lease Contract Reader");
    await expect(notice).toHaveText("No agent contains the word “contravt”. Showing agents with similar words.");
    await page.goto("/marketplace?q=lease+contravt");
    await expect(notice).toHaveText("No agent contains all the words “lease contravt”. Showing agents with similar words.");
    // An agent with the word may be excluded by another filter; beyond the last page, there are no results to describe.
    await page.goto("/marketplace?q=contract&publisher=ellmarrow-hospital");
    await expect(notice).toHaveText("No agent contains the word “contract”. Showing agents with similar words.");
    await page.goto("/marketplace?q=contravt&page=9");
    await expect(notice).toHaveText("Page 9 doesn’t exist. The last page is 1.");
    await page.goto("/search?q=vessel+delai");
    await expect(page.getByRole("heading", { level: 2, name: "Agents with similar words" })).toBeVisible();
  });

  test("a capability link in a row filters the list by that capability", async ({ page }) => {
    await page.goto("/marketplace");
    const tag = page.locator(".agents .tags a").first();
    const capability = (await tag.textContent())!;
    await tag.click();
    const { totalCount } = await search(`capability=${encodeURIComponent(capability)}&limit=1`);
    await expect(found(page)).toHaveText(`${totalCount} agent${totalCount === 1 ? "" : "s"}`);
    expect((await state(page)).chosen).toEqual([capability]);
  });
});

const html = async (request: APIRequestContext, address: string) => (await request.get(address, { headers: { accept: BROWSERS[0] } })).text();

/** The number of agents on a page, and the count beside each filter value. */
async function counts(page: Page, request: APIRequestContext, address: string) {
  return page.evaluate((html) => {
    const main = new DOMParser().parseFromString(html, "text/html").querySelector("main")!;
    const total = main.querySelector("[role=status]")!.textContent!;
    const values = [...main.querySelectorAll<HTMLInputElement>(".facets input")].filter((input) => input.value !== "").map((input) => ({
      name: input.name, value: input.value, isChosen: input.checked, count: Number(input.closest("label")!.querySelector(".count")!.textContent),
    }));
    return { total: total.startsWith("No agents") ? 0 : parseInt(total, 10), values };
  }, await html(request, address));
}

for (const asked of ["", "checked=domain", "capability=documents:read", "agentType=extractor", "publisher=northquay-freight", "q=documents&checked=key&agentType=screener"]) {
  test(`the count beside each filter value is the number of results after selecting it${asked && `, with ${asked}`}`, async ({ page, request }) => {
    const { total, values } = await counts(page, request, `/marketplace?${asked}`);
    expect(values.length).toBeGreaterThan(asked ? 3 : 15);
    for (const { name, value, isChosen, count } of values) {
      const query = new URLSearchParams(asked);
      // At most one of these can be selected: another one replaces it.
      if (["agentType", "publisher"].includes(name)) query.set(name, value);
      else if (!isChosen) query.append(name, value);
      const chosen = await counts(page, request, `/marketplace?${query}`);
      expect(chosen.total, `${name}=${value}`).toBe(count);
      if (isChosen) expect(count, `${name}=${value} is selected`).toBe(total);
    }
  });
}

test("filtered, sorted and searched lists are marked noindex, and the pages of the complete list are not", async ({ request }) => {
  for (const query of ["q=documents", "checked=domain", "capability=documents:read", "agentType=router", "publisher=northquay-freight", "sort=name", "page=2&sort=updated"]) {
    expect(await html(request, `/marketplace?${query}`), query).toContain('<meta name="robots" content="noindex">');
  }
  for (const query of ["", "?page=2", "?page=3", "?utm_source=x", "?q=", "?sort=recent"]) {
    expect(await html(request, `/marketplace${query}`), query).not.toContain('name="robots"');
  }
});

test("all links to lists except pagination links have rel=nofollow", async ({ request }) => {
  for (const address of ["/marketplace", "/marketplace?checked=domain&capability=documents:read"]) {
    const links = [...(await html(request, address)).matchAll(/<a [^>]*href="\/marketplace\?[^"]*"[^>]*>/g)].map(([link]) => link);
    const open = links.filter((link) => !/rel="nofollow"/.test(link) && !/href="\/marketplace\?(?:[^"]*&amp;)?page=\d+"/.test(link));
    expect(links.length).toBeGreaterThan(5);
    expect(open).toEqual([]);
  }
});
