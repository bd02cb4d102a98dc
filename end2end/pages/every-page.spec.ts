import { readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import type { Page } from "@playwright/test";
import { HtmlValidate } from "html-validate";
import { BASE_PORT } from "../playwright.config.js";
import { ask, linkedPages } from "../helper/site.js";
import { KINDS, WIDTHS, audit, expect, overflow, shifted, test } from "../helper/test.js";

test("every published page is reachable by links, every published file returns 200, and every page is valid HTML", async () => {
  const pages = new Map(await linkedPages());
  const published = readFileSync("../content/addresses.txt", "utf8").split("\n").filter((line) => line.startsWith("/"));
  const files = published.filter((address) => /\.(xml|txt)$/.test(address));
  expect(published.filter((address) => !pages.has(address) && !files.includes(address))).toEqual([]);
  for (const file of files) expect((await ask(file)).status, file).toBe(200);
  const validate = new HtmlValidate({
    extends: ["html-validate:recommended"],
    rules: {
      // Leptos writes void elements and boolean attributes in one of HTML's valid forms; style is not tested here.
      "void-style": "off",
      "attribute-empty-style": "off",
      "no-trailing-whitespace": "off",
      "long-title": "off",
      "doctype-style": "off",
      // Checkboxes with the same name are values of one parameter (HTML, section 4.10.21.4).
      "form-dup-name": "off",
    },
  });
  const wrong: string[] = [];
  for (const path of ["/nothing", KINDS.search, KINDS.thanks, "/search?q=qqqqxxxx"]) pages.set(path, (await ask(path)).text);
  for (const [path, html] of pages) {
    const report = await validate.validateString(html);
    for (const result of report.results) {
      wrong.push(...result.messages.map(({ ruleId, message, line, column }) => `${path}:${line}:${column} ${ruleId}: ${message}`));
    }
  }
  expect(wrong).toEqual([]);
});

test("every internal link with a fragment points to an element ID on its target page", async () => {
  const pages = await linkedPages();
  const broken: string[] = [];
  for (const [path, html] of pages) {
    for (const [, href] of html.matchAll(/<a\b[^>]*?\shref="([^"]*#[^"]+)"/g)) {
      if (/^[a-z]+:/.test(href)) continue;
      const [target, id] = href.split("#");
      const other = pages.get(target || path);
      if (!other?.includes(`id="${decodeURIComponent(id)}"`)) broken.push(`${path}: ${href}`);
    }
  }
  expect(broken).toEqual([]);
});

for (const [kind, path] of Object.entries(KINDS)) {
  test.describe(`${kind} page with JavaScript`, () => {
    for (const width of WIDTHS) {
      const audited = { 390: "; axe-core finds no violation in the light and dark themes", 1440: "; axe-core finds no violation in the light and dark themes or in forced colors" }[width];
      test(`the page at ${width} px has no horizontal scrolling, logs nothing to the console and has a layout shift below 0.02${audited ?? ""}`, async ({ page }) => {
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme: "light" });
        await page.goto(path, { waitUntil: "load" });
        await expect(page.locator("h1")).toHaveCount(1);
        expect(await overflow(page)).toBe(0);
        expect(await shifted(page)).toBeLessThan(0.02);
        if (!audited) return;
        expect.soft(await audit(page), "light").toEqual([]);
        await page.emulateMedia({ colorScheme: "dark" });
        expect.soft(await audit(page), "dark").toEqual([]);
        if (width === 390) return;
        await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
        expect(await page.evaluate(() => matchMedia("(forced-colors: active)").matches)).toBe(true);
        // The page is displayed in the system's colors, but axe-core reads those of the stylesheet.
        expect.soft(await audit(page, ["color-contrast"]), "forced colors").toEqual([]);
      });
    }
  });

  test.describe(`${kind} page without JavaScript`, () => {
    test.use({ javaScriptEnabled: false });
    test(`the page at ${WIDTHS.join(", ")} px has no horizontal scrolling, logs nothing to the console and shows no control that requires JavaScript`, async ({ page }) => {
      await page.goto(path, { waitUntil: "load" });
      await expect(page.locator("h1")).toHaveCount(1);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 });
        expect.soft(await overflow(page), `${width} px`).toBe(0);
        expect.soft(await dead(page), `${width} px`).toEqual([]);
      }
    });
  });
}

/** Visible controls that have no effect without JavaScript: they neither submit a form nor open a popover or details. */
const dead = (page: Page) =>
  page.locator("button, input, select, textarea, summary, [role=button], [role=tab], [tabindex], [onclick]").evaluateAll((nodes) =>
    nodes.filter((node) => {
      if (!node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || (node as HTMLInputElement).disabled) return false;
      const { popoverTargetElement, form, type } = node as HTMLButtonElement;
      const opens = popoverTargetElement?.hasAttribute("popover") ?? false;
      const sends = form !== null && form !== undefined && form.hasAttribute("action") && type !== "button";
      return !opens && !sends && node.localName !== "summary";
    }).map((node) => node.outerHTML.slice(0, 100)));

test("error pages have one h1, no axe-core violation and no horizontal scrolling in both themes, and log only their status to the console", async ({ page, quiet }) => {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const path of ["/nothing", "/docs/concepts/didz", "/%00"]) {
      await page.goto(path);
      await expect(page.locator("h1")).toHaveCount(1);
      expect(await audit(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    }
  }
  // Chromium logs a document's 404; no other message is allowed.
  const others = quiet.filter((line) => !/status of 40[04]/.test(line));
  quiet.length = 0;
  expect(others).toEqual([]);
});

test("under a base path, every link and request of every kind of page is below the base path, and /docs outside it returns 404", async ({ page, request }) => {
  const origin = `http://localhost:${BASE_PORT}`;
  const outside: string[] = [];
  page.on("request", (request) => { if (!request.url().startsWith(`${origin}/developers`)) outside.push(request.url()); });
  for (const path of Object.values(KINDS)) {
    await page.goto(`${origin}/developers${path === "/" ? "" : path}`);
    const links = await page.locator("a[href^='/']").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
    outside.push(...links.filter((href) => !href.startsWith("/developers")));
  }
  expect(outside).toEqual([]);
  expect((await request.get(`${origin}/docs`)).status()).toBe(404);
});

const packed = async (request: import("@playwright/test").APIRequestContext, path: string) => {
  const body = await (await request.get(path, { headers: { "accept-encoding": "identity" } })).body();
  return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
};

test("an article and the did:web tool stay within their Brotli size budgets for HTML, CSS, JavaScript and WASM", async ({ request }) => {
  const html = await (await request.get(KINDS.long)).text();
  const words = html.replace(/<[^>]+>/g, " ").split(/\s+/).length;
  expect(words).toBeGreaterThan(2000);
  const sum = async (pattern: RegExp, html: string) => {
    let bytes = 0;
    for (const [, address] of html.matchAll(pattern)) bytes += await packed(request, address);
    return bytes;
  };
  const styles = /<link rel="stylesheet" href="([^"]+)"/g;
  const scripts = /<script[^>]* src="([^"]+)"/g;
  expect(await packed(request, KINDS.long)).toBeLessThanOrEqual(12 * 1024);
  expect(await sum(styles, html)).toBeLessThanOrEqual(12 * 1024);
  expect(await sum(scripts, html)).toBeLessThanOrEqual(6 * 1024);
  expect(html).not.toContain(".wasm");
  const tool = await (await request.get(KINDS.tool)).text();
  const module = /data-module="([^"]+)"/g;
  expect(await packed(request, KINDS.tool) + await sum(styles, tool)).toBeLessThanOrEqual(20 * 1024);
  expect(await sum(scripts, tool) + await sum(module, tool)).toBeLessThanOrEqual(15 * 1024);
  expect(await sum(/data-wasm="([^"]+)"/g, tool)).toBeLessThanOrEqual(150 * 1024);
});
