// What the browser tells to those who do not see the page: the accessibility tree of each kind, as a file beside this
// one. `npx playwright test pages/tree --update-snapshots=all` writes them anew; read what changed before you keep it.
//
// What authors write is cut to its beginning, so that a tree changes when the design does and not with every text.
import type { Page } from "@playwright/test";
import { KINDS, expect, test } from "../helper/test.js";
import { tidy } from "../helper/tidy.js";

/** Kinds whose text is there to show what a page can hold: they are kept whole. */
const WHOLE = ["markdown", "code"];

async function cut(page: Page, kind = "") {
  const [isWhole, hasFooter] = [WHOLE.includes(kind), kind === "home"];
  await page.evaluate(({ isWhole, hasFooter }) => {
    const keep = (selector: string, most: number) => document.querySelectorAll(selector).forEach((parent) => {
      [...parent.children].slice(most).filter((child) => !child.querySelector("[aria-current]")).forEach((child) => child.remove());
    });
    keep(".sidebar ul", 2);
    keep(".listing, .ledger, [role=listbox] > [role=group]", 2);
    keep(".results > ol", 1);
    keep(".results li > ul", 1);
    keep(".agents", 2);
    document.querySelectorAll(".facets fieldset").forEach((facet) => [...facet.querySelectorAll("label")].slice(3).forEach((label) => label.remove()));
    if (!isWhole) keep(".toc ol", 2);
    if (!isWhole) keep(".prose", 3);
    // It is the same on all pages.
    if (!hasFooter) document.querySelector("footer")!.replaceChildren();
    document.querySelectorAll<HTMLAnchorElement>(`a[href^="${location.origin}"]`).forEach((link) => link.setAttribute("href", link.pathname));
    document.querySelectorAll("time").forEach((time) => { time.textContent = "2026-01-31"; });
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode as Text;
      text.data = text.data.replace(/^\d+ min$/, "1 min").replace(/^\d+ pages\b/, "9 pages");
    }
  }, { isWhole, hasFooter });
  // What the API says.
  await tidy(page, ".agents");
}

for (const [kind, path] of Object.entries({ ...KINDS, "not-found": "/docs/concepts/didz" })) {
  for (const width of [390, 1440]) {
    test(`${kind} at ${width} px has the tree that was read and kept`, async ({ page, quiet }) => {
      await page.setViewportSize({ width, height: 844 });
      await page.goto(path);
      if (kind === "tool") await expect(page.locator("form[data-ready]")).toBeVisible();
      await cut(page, kind);
      await expect(page.locator("body")).toMatchAriaSnapshot({ name: `${kind}-${width}.aria.yml` });
      // Chromium itself notes a document's 404.
      if (kind === "not-found") quiet.splice(0, 1);
    });
  }
}

for (const width of [390, 1440]) {
  test(`the search's dialog at ${width} px has the tree that was read and kept`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await page.goto("/docs");
    await page.keyboard.press("Control+k");
    const dialog = page.getByRole("dialog", { name: "Search" });
    await dialog.getByRole("combobox").fill("audit trail");
    await expect(dialog.getByRole("option").first()).toBeVisible();
    await cut(page);
    await expect(dialog).toMatchAriaSnapshot({ name: `dialog-${width}.aria.yml` });
  });

  test(`the menus at ${width} px have the tree that was read and kept`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await page.goto("/docs/writing/code");
    await cut(page);
    for (const [button, nav] of [["Menu", "Site"], ["All pages", "Pages"]]) {
      const opener = page.getByRole("button", { name: button });
      if (await opener.isVisible()) await opener.click();
      await expect(page.getByRole("navigation", { name: nav, exact: true })).toMatchAriaSnapshot({ name: `menu-${nav.toLowerCase()}-${width}.aria.yml` });
    }
  });
}
