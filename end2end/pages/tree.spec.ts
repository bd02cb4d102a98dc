// Accessibility trees: one file for each component of the site and one for the whole page of each kind, with empty
// components. `npx playwright test tree --update-snapshots=all` updates them; review the changes before you commit.
import type { Locator, Page } from "@playwright/test";
import { demo } from "../helper/demo.js";
import { htmlOf } from "../helper/site.js";
import { KINDS, expect, test } from "../helper/test.js";
import { cut, emptyComponents, tidy, unscroll } from "../helper/tree.js";

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1440, height: 844 };
const ARTICLE = KINDS.long;
const LIST = KINDS.marketplace;

const snapshot = (component: Locator, name: string) => expect.soft(component, name).toMatchAriaSnapshot({ name: `${name}.aria.yml` });

const nav = (page: Page, name: string) => page.getByRole("navigation", { name, exact: true });

/** Opens a page at a width and prepares it. */
async function open(page: Page, path: string, size = DESKTOP) {
  await page.setViewportSize(size);
  await page.goto(path);
  await cut(page);
}

test.describe("components", () => {
  for (const [name, size] of [["phone", PHONE], ["desktop", DESKTOP]] as const) {
    test(`on a ${name}, the header, the footer and the parts around an article match their accessibility tree snapshots`, async ({ page }) => {
      await open(page, ARTICLE, size);
      await snapshot(page.getByRole("banner"), `header-${name}`);
      const parts = { crumbs: ".crumbs", tools: ".tools", feedback: ".feedback", pager: ".pager", footer: ".site-footer" };
      for (const [part, selector] of Object.entries(parts)) await snapshot(page.locator(selector), part);
      await snapshot(page.locator(".toc"), `contents-${name}`);
    });

    test(`on a ${name}, the site's menu and the sidebar match their accessibility tree snapshots`, async ({ page }) => {
      await open(page, KINDS.code, size);
      for (const [button, name, file] of [["page--site", "Site", "menu"], ["page--nav", "Documentation", "sidebar"]]) {
        const opener = page.locator(`button[popovertarget="${button}"]`);
        if (await opener.isVisible()) await opener.click();
        await snapshot(nav(page, name), file);
      }
    });

    test(`on a ${name}, the search dialog matches its accessibility tree snapshot`, async ({ page }) => {
      await page.setViewportSize(size);
      await page.goto("/docs");
      await page.keyboard.press("Control+k");
      const dialog = page.getByRole("dialog", { name: "Search" });
      await dialog.getByRole("combobox").fill("audit trail");
      await expect(dialog.getByRole("option").first()).toBeVisible();
      await cut(page);
      await snapshot(dialog, "search-dialog");
    });

    test(`on a ${name}, the filters of the agent list match their accessibility tree snapshot`, async ({ page }) => {
      await open(page, LIST, size);
      const opener = page.locator('button[popovertarget="market--facets"]');
      if (await opener.isVisible()) await opener.click();
      // The popover has a separate button.
      await expect(page.locator(".facets .apply")).toBeVisible({ visible: size === PHONE });
      await page.locator(".facets .apply").evaluate((button) => button.remove());
      await snapshot(page.locator(".facets"), "facets");
    });
  }

  test("the quickstarts' sidebar and the search page's header match their accessibility tree snapshots", async ({ page }) => {
    await open(page, KINDS.quickstart);
    await snapshot(nav(page, "Documentation"), "sidebar-quickstarts");
    await open(page, KINDS.search);
    await snapshot(page.getByRole("banner"), "header-search");
    await page.setViewportSize(PHONE);
    await expect(page.getByRole("banner").getByRole("link")).toHaveCount(1);
    await expect(page.getByRole("banner").getByRole("search")).toHaveCount(0);
  });

  test("agent rows with valid and expired verifications and without verifications match their accessibility tree snapshots", async ({ page }) => {
    await open(page, LIST);
    await tidy(page, ".agents");
    await snapshot(page.locator(".agents > li").first(), "agent-row");
    await snapshot(page.locator(".agents > li").nth(1), "agent-row-unchecked");
  });

  for (const kind of ["markdown", "code"] as const) {
    test(`every element of text on the ${kind} page matches its accessibility tree snapshot`, async ({ page }) => {
      await open(page, KINDS[kind]);
      await snapshot(page.locator(".prose"), `prose-${kind}`);
    });
  }

  test("the server's and the browser's verification steps match the same accessibility tree snapshot", async ({ page }) => {
    await open(page, `/marketplace/${(await demo("Vessel Delay Monitor")).agentId}/check`);
    await check(page);
    await tidy(page, ".steps-done");
    for (const list of await page.locator(".steps-done").all()) await snapshot(list, "check-steps");
    await expect(page.locator(".steps-done")).toHaveCount(2);
  });
});

/** Runs the verification in the browser. */
async function check(page: Page) {
  await page.locator("#check--run button").click();
  await expect(page.locator("#check--run .steps-done > li")).toHaveCount(5);
  await expect(page.locator("#check--run button")).toBeEnabled();
}

/** A kind of page: its path, preparatory actions, and tree lines that differ on a phone. */
type Kind = { path: () => Promise<string>; ready?: (page: Page) => Promise<void>; phone?: (tree: string) => string };

/** On a phone, the sidebar is a popover with a button. */
const sheet = (tree: string) => tree.replace('- navigation "Documentation"\n', '- button "All pages"\n');
const at = (path: string, phone = sheet): Kind => ({ path: async () => path, phone });
const agent = (name: string, below = "") => async () => `/marketplace/${(await demo(name)).agentId}${below}`;

/** Text pages are articles: one article represents all, and a test below checks each. */
const PAGES: Record<string, Kind> = {
  home: at(KINDS.home),
  docs: at(KINDS.docs),
  article: at(ARTICLE),
  quickstart: at(KINDS.quickstart),
  changelog: at(KINDS.changelog),
  release: at(KINDS.release),
  tool: { ...at(KINDS.tool), ready: (page) => page.locator("form[data-ready]").waitFor() },
  marketplace: at(LIST, (tree) => tree.replace(/^( *)- text: Sort by\n/m, '$1- button "Filters"\n$&')),
  "marketplace-agent": { path: agent("Bill of Lading Extractor") },
  "marketplace-check": { path: agent("Vessel Delay Monitor", "/check"), ready: check },
  search: at(KINDS.search),
  thanks: at(KINDS.thanks),
  "not-found": at("/docs/concepts/didz"),
};

for (const [kind, { path, ready, phone }] of Object.entries(PAGES)) {
  test(`the ${kind} page matches its accessibility tree snapshot on a desktop, and on a phone except for the content of popovers`, async ({ page, quiet }) => {
    const body = page.locator("body");
    const prepare = async (size: typeof PHONE) => {
      await page.setViewportSize(size);
      await page.goto(await path());
      await ready?.(page);
      await emptyComponents(page);
      await cut(page);
      if (kind.startsWith("marketplace")) await tidy(page);
      await unscroll(page);
    };
    await prepare(DESKTOP);
    await snapshot(body, `page-${kind}`);
    const tree = await body.ariaSnapshot();
    await prepare(PHONE);
    expect(await body.ariaSnapshot()).toBe(phone?.(tree) ?? tree);
    // Chromium logs a document's 404.
    if (kind === "not-found") quiet.splice(0, 2);
  });
}

test("every article has the same parts in the same order and a table of contents that lists its headings", async ({ page }) => {
  const wrong: string[] = [];
  let count = 0;
  for (const [path, html] of await htmlOf(/^\/(docs|quickstarts)(\/|$)/)) {
    count += 1;
    const { parts, named, headings } = await page.evaluate((html) => {
      const main = new DOMParser().parseFromString(html, "text/html").querySelector("main")!;
      const known = { crumbs: ".crumbs", title: "h1", lead: ".lead", tools: ".tools", contents: ".toc", prose: ".prose", listing: ".listing", feedback: ".feedback", pager: ".pager" };
      const all = [...main.querySelectorAll(Object.values(known).join())].filter((part) => !part.parentElement!.closest(".prose"));
      const name = (part: Element) => Object.entries(known).find(([, selector]) => part.matches(selector))![0];
      return {
        parts: all.map(name),
        named: [...main.querySelectorAll(".toc a")].map((link) => link.getAttribute("href")!),
        headings: [...main.querySelectorAll(".prose :is(h2, h3)[id]")].map(({ id }) => `#${id}`),
      };
    }, html);
    const optional = (part: string) => parts.includes(part) ? [part] : [];
    const expected = [...optional("crumbs"), "title", "lead", "tools", ...optional("contents"), "prose", ...optional("listing"), "feedback", "pager"];
    if (parts.join() !== expected.join()) wrong.push(`${path}: ${parts}`);
    if (parts.includes("crumbs") === ["/docs", "/quickstarts"].includes(path)) wrong.push(`${path}: breadcrumbs`);
    if (headings.length > 1 && named.join() !== headings.join()) wrong.push(`${path}: contents: ${named}`);
  }
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(30);
});
