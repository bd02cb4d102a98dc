// Search outside its dialog: the header's form with and without JavaScript, and the search page, which works without
// JavaScript.
import type { Page } from "@playwright/test";
import { ORIGIN } from "../helper/addresses.js";
import { expect, overflow, test } from "../helper/test.js";

test.describe("with JavaScript", () => {
  test("clicking the header's search field opens the search dialog, and Escape closes the dialog", async ({ page }) => {
    await page.goto("/docs");
    await page.getByRole("banner").getByRole("searchbox", { name: "Search" }).click();
    const dialog = page.getByRole("dialog", { name: "Search" });
    await expect(dialog.getByRole("combobox")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  });

  /** Delays the dialog's script, like a slow connection, until it is released. */
  const slowly = async (page: Page) => {
    let release = () => {};
    const released = new Promise<void>((resolve) => { release = resolve; });
    await page.route("**/search.*.js", async (route) => {
      await released;
      await route.continue();
    });
    return release;
  };

  test("text typed into the header's search field while the dialog's script loads appears in the dialog", async ({ page }) => {
    const release = await slowly(page);
    await page.goto("/docs");
    await page.getByRole("banner").getByRole("searchbox", { name: "Search" }).focus();
    await page.keyboard.type("audit trail");
    release();
    await expect(page.getByRole("dialog").getByRole("combobox")).toHaveValue("audit trail");
  });

  test("closing the dialog with the keyboard returns the focus to the header's search field", async ({ page }) => {
    await page.goto("/docs");
    const field = page.getByRole("banner").getByRole("searchbox", { name: "Search" });
    await field.focus();
    await page.keyboard.press("a");
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).press("Enter");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(field).toBeFocused();
  });

  test("Escape closes the dialog even if its field contains text", async ({ page }) => {
    await page.goto("/docs");
    await page.keyboard.press("Control+k");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox").fill("token");
    await expect(dialog.getByRole("option").first()).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
  });

  test("text typed after Control+K while the dialog's script loads appears in the dialog", async ({ page }) => {
    const release = await slowly(page);
    await page.goto("/docs");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("token");
    release();
    await expect(page.getByRole("combobox", { name: "Search" })).toHaveValue("token");
  });

  test("pressing Control+K twice while the dialog's script loads opens one dialog", async ({ page }) => {
    const release = await slowly(page);
    await page.goto("/docs");
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Control+k");
    release();
    await expect(page.locator("dialog[open]").last().getByRole("combobox")).toBeFocused();
    await page.waitForLoadState("networkidle");
    await expect(page.locator("dialog")).toHaveCount(1);
  });

  test("the / key opens the search page if the dialog's script fails to load", async ({ page, quiet }) => {
    await page.route("**/search.*.js", (route) => route.abort());
    await page.goto("/docs");
    await page.keyboard.press("/");
    await expect(page).toHaveURL(`${ORIGIN}/search`);
    expect(quiet.splice(0).filter((line) => !/ERR_FAILED/.test(line))).toEqual([]);
  });

  test("on a phone, one tap opens the search dialog in full screen, and its Close button closes the dialog", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/docs");
    const banner = page.getByRole("banner");
    await banner.getByRole("searchbox", { name: "Search" }).or(banner.getByRole("link", { name: "Search" })).filter({ visible: true }).click();
    const dialog = page.getByRole("dialog", { name: "Search" });
    await expect(dialog.getByRole("combobox")).toBeFocused();
    expect(await dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
    await dialog.getByRole("combobox").fill("audit trail");
    await expect(dialog.getByRole("option").first()).toBeVisible();
    expect(await dialog.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBe(0);
    await dialog.getByRole("button", { name: "Close" }).click();
    await expect(dialog).toBeHidden();
  });
});

for (const width of [390, 1440]) {
  test.describe(`at ${width} px, without JavaScript`, () => {
    test.use({ viewport: { width, height: 844 }, javaScriptEnabled: false });

    test("the header's search opens a results page with a count, groups and marked words", async ({ page }) => {
      await page.goto("/docs");
      const banner = page.getByRole("banner");
      const field = banner.getByRole("searchbox", { name: "Search" });
      // On a phone, there may be room for a link only; the field is on the linked page.
      if (await field.isVisible()) {
        await field.fill("audit trail");
      } else {
        await banner.getByRole("link", { name: "Search" }).click();
        await page.getByRole("searchbox", { name: "Search the docs" }).fill("audit trail");
      }
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(`${ORIGIN}/search?q=audit+trail`);
      await expect(page.getByRole("searchbox", { name: "Search the docs" })).toHaveValue("audit trail");
      await expect(page.getByRole("status")).toHaveText(/^(Top \d+ of )?\d+ results for “audit trail”/);
      await expect(page.getByRole("main").getByRole("heading", { level: 2 }).first()).toHaveText("Best matches");
      await expect(page.getByRole("main").getByRole("heading", { level: 3 }).first()).toHaveText("Audit trail");
      const marked = await page.getByRole("main").locator("mark").allTextContents();
      expect(marked.length).toBeGreaterThan(5);
      expect(marked.filter((word) => !/audit|trail/i.test(word))).toEqual([]);
      expect(await overflow(page)).toBe(0);
    });

    test("a passage on the results page links to its heading", async ({ page }) => {
      await page.goto("/search?q=audit+trail");
      const passage = page.getByRole("main").locator("li li a").first();
      const href = (await passage.getAttribute("href"))!;
      expect(href).toMatch(/^\/docs\/.*#./);
      const heading = await passage.textContent();
      await passage.click();
      await expect(page).toHaveURL(ORIGIN + href);
      const target = page.locator(`[id="${href.split("#")[1]}"]`);
      await expect(target).toHaveText(heading!);
      await expect(target).toBeInViewport();
    });

    test("a results page without results says so and links to all docs and to an email address", async ({ page }) => {
      await page.goto("/search?q=qqqqxxxx");
      await expect(page.getByRole("status")).toHaveText("No results for “qqqqxxxx”.");
      const main = page.getByRole("main");
      await expect(main.getByRole("link", { name: /^Email us/ })).toHaveAttribute("href", /^mailto:/);
      await main.getByRole("link", { name: "All docs" }).click();
      await expect(page.locator("h1")).toHaveText("Documentation");
    });

    test("a search with a typo finds the intended word or a similar word", async ({ page }) => {
      for (const [slip, meant] of [["marketplcae", /marketplace/i], ["quickstrat", /quickstart/i], ["credentails", /./]] as const) {
        await page.goto(`/search?q=${slip}`);
        await expect(page.getByRole("main").getByRole("link", { name: meant }).first(), slip).toBeVisible();
      }
    });
  });
}

test("the results page escapes the query, and unusual queries return 200 without caching", async ({ request }) => {
  const words = `"><script>alert(1)</script>'&\u0007`;
  const html = await (await request.get(`/search?q=${encodeURIComponent(words)}`)).text();
  expect(html).not.toContain("<script>alert");
  expect(html).toContain("&lt;script&gt;");
  for (const question of ["", " ", "%", "a".repeat(4000), "*", '"a', "a AND", "did:web", "\u0000", "😀"]) {
    for (const path of ["/search", "/search.json"]) {
      const response = await request.get(`${path}?q=${encodeURIComponent(question)}`);
      expect(response.status(), `${path} ${question.slice(0, 20)}`).toBe(200);
      expect(response.headers()["cache-control"], path).toBe("no-store");
    }
  }
  expect((await request.get(`/search?q=${"a".repeat(5000)}`)).status()).toBe(414);
});

test("the results page is excluded from indexing, and the search page without a query is not", async ({ request }) => {
  expect(await (await request.get("/search")).text()).not.toContain('name="robots"');
  expect(await (await request.get("/search?q=token")).text()).toContain('<meta name="robots" content="noindex">');
});
