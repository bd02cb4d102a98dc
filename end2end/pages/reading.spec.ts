// Reading with zoom, in print, with reduced motion and in forced colors.
import type { Locator, Page } from "@playwright/test";
import { KINDS, expect, overflow, test } from "../helper/test.js";

/** Screenshot of an element and its surroundings. Only a visual change affects it. */
async function looks(page: Page, element: Locator): Promise<string> {
  await element.scrollIntoViewIfNeeded();
  const box = (await element.boundingBox())!;
  const clip = { x: Math.max(0, box.x - 6), y: Math.max(0, box.y - 6), width: box.width + 12, height: box.height + 12 };
  return (await page.screenshot({ clip, caret: "hide" })).toString("base64");
}

/** Removes an attribute and returns whether the appearance changes. */
async function showsWhere(page: Page, element: Locator, attribute: string): Promise<boolean> {
  // The locator may depend on that attribute.
  const same = (await element.elementHandle())! as unknown as Locator;
  const before = await looks(page, same);
  expect(await looks(page, same), "two screenshots of an unchanged element are equal").toBe(before);
  await same.evaluate((node, attribute) => (node as Element).removeAttribute(attribute), attribute);
  return (await looks(page, same)) !== before;
}

/** First characters of the HTML of each visible element that matches a selector. */
const shown = (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((nodes) => nodes.filter((node) => node.checkVisibility()).map((node) => node.outerHTML.slice(0, 80)));

/** Pages with a form in their content, whose controls are printed. */
const FORMS = ["tool", "search", "marketplace"];

for (const [kind, path] of Object.entries(KINDS)) {
  const pressed = FORMS.includes(kind) ? "" : " or controls";
  test(`the ${kind} page fits 400% zoom without horizontal scrolling, prints collapsed content expanded and without site navigation${pressed}, and has no animation with reduced motion`, async ({ page }) => {
    // WCAG 2.2, success criterion 1.4.10: 1280 by 1024 at 400%.
    await page.setViewportSize({ width: 320, height: 256 });
    await page.goto(path);
    await expect(page.locator("h1")).toBeAttached();
    expect(await overflow(page)).toBe(0);
    const cut = await page.locator("main :is(h1, h2, h3, p, li, summary, button, label)").evaluateAll((nodes) =>
      nodes.filter((node) => node.checkVisibility() && !node.closest(".table-scroll, pre, .files, .diagram, .visually-hidden") && node.getBoundingClientRect().right > innerWidth + 1).map((node) => node.outerHTML.slice(0, 80)));
    expect(cut).toEqual([]);

    await page.setViewportSize({ width: 1280, height: 720 });
    await page.emulateMedia({ media: "print" });
    const hidden = await page.locator("main details > :not(summary)").evaluateAll((nodes) =>
      nodes.filter((node) => !node.closest("nav, form") && !(node.checkVisibility() && node.getBoundingClientRect().height > 0)).map((node) => node.outerHTML.slice(0, 80)));
    expect(hidden).toEqual([]);
    // Breadcrumbs are useful in print, too.
    expect(await shown(page, "nav:not(.crumbs), header, footer, .skip")).toEqual([]);
    await expect(page.locator("h1")).toBeVisible();
    if (pressed) expect(await shown(page, "button, input:not([type=checkbox]), textarea")).toEqual([]);

    await page.emulateMedia({ media: "screen", reducedMotion: "reduce" });
    await page.keyboard.press("Control+k");
    if (kind !== "search") await expect(page.getByRole("dialog")).toBeVisible();
    const moving = await page.evaluate(() => {
      const seconds = (list: string) => Math.max(...list.split(",").map((time) => parseFloat(time) * (time.trim().endsWith("ms") ? 0.001 : 1)));
      const found: string[] = [];
      for (const node of document.querySelectorAll("*")) {
        for (const pseudo of [null, "::before", "::after", "::backdrop", "::details-content"]) {
          const style = getComputedStyle(node, pseudo);
          const name = `${node.localName}.${node.className}${pseudo ?? ""}`;
          if (seconds(style.transitionDuration) > 0.01) found.push(`${name} transition ${style.transitionDuration}`);
          if (style.animationName !== "none" && seconds(style.animationDuration) > 0.01) found.push(`${name} animation ${style.animationDuration}`);
          if (style.scrollBehavior === "smooth") found.push(`${name} scrolls smoothly`);
        }
      }
      return found;
    });
    expect(moving).toEqual([]);
  });
}

test.describe("in forced colors", () => {
  test.use({ viewport: { width: 1440, height: 900 } });
  const marks: Record<string, [string, string, string]> = {
    "the current page in the sidebar": ["/docs/concepts/dids", ".sidebar [aria-current]", "aria-current"],
    "the current section in the header": ["/docs/concepts/dids", ".site-nav [aria-current]", "aria-current"],
    "the current heading in the table of contents": ["/docs/concepts/dids", ".toc [aria-current]", "aria-current"],
    "the open tab": ["/docs/concepts/dids", ".tabs > details[open]", "open"],
  };
  for (const colorScheme of ["light", "dark"] as const) {
    for (const [what, [path, selector, attribute]] of Object.entries(marks)) {
      test(`${what} is visibly marked in the ${colorScheme} theme`, async ({ page }) => {
        await page.emulateMedia({ forcedColors: "active", colorScheme });
        await page.goto(path);
        const element = page.locator(selector).first();
        await expect(element).toBeVisible();
        if (attribute !== "open") return expect(await showsWhere(page, element, attribute)).toBe(true);
        // A closed tab also hides its panel: only its label is compared, with that of a closed tab.
        const style = (summary: Locator) => summary.evaluate((node) => {
          const { color, backgroundColor, borderBlockEndColor, borderBlockEndStyle, outlineStyle, textDecorationLine, fontWeight } = getComputedStyle(node);
          return [color, backgroundColor, borderBlockEndColor, borderBlockEndStyle, outlineStyle, textDecorationLine, fontWeight];
        });
        const tabs = page.locator(".tabs").first();
        expect(await style(tabs.locator("details[open] > summary"))).not.toEqual(await style(tabs.locator("details:not([open]) > summary").first()));
      });
    }

    test(`the selected search result is visibly marked in the ${colorScheme} theme`, async ({ page }) => {
      await page.emulateMedia({ forcedColors: "active", colorScheme });
      await page.goto("/docs");
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("token");
      const chosen = page.locator("[role=option][aria-selected=true]");
      await expect(chosen).toHaveCount(1);
      expect(await showsWhere(page, chosen, "aria-selected")).toBe(true);
    });

    test(`the focus is visible on links, buttons, fields, tabs and collapsible sections in the ${colorScheme} theme`, async ({ page }) => {
      await page.emulateMedia({ forcedColors: "active", colorScheme });
      for (const [path, selectors] of Object.entries({
        "/docs/concepts/dids": [".brand", ".site-nav a", ".sidebar a", "[data-theme-switch]", ".site-search input", ".tools a", ".prose p a", ".prose h2 a", ".tabs summary", ".pager a", ".feedback button", ".feedback summary", ".site-footer a"],
        "/docs/concepts/credentials": ["details.fold > summary"],
        "/tools/did-web": [".did-form input", ".did-form button"],
      })) {
        await page.goto(path);
        for (const selector of selectors) {
          const element = page.locator(selector).first();
          await element.scrollIntoViewIfNeeded();
          const before = await looks(page, element);
          // After a key press, the browser shows the focus as for keyboard users.
          await page.keyboard.press("Shift");
          await element.focus();
          expect(await looks(page, element) !== before, `${path} ${selector}`).toBe(true);
          await element.blur();
        }
      }
    });
  }
});
