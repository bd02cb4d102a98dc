// Every test fails on any message on the console, any failed request, and any report of the security policy.
import { test as base, expect, type Page } from "@playwright/test";
import AxeBuilder from "@axe-core/playwright";

export { expect };

/** `quiet` holds what was heard. Only a test that uses `page` opens one. */
export const test = base.extend<{ quiet: string[] }>({
  quiet: async ({}, use) => use([]),
  page: async ({ page, quiet }, use) => {
    page.on("console", (message) => quiet.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => quiet.push(`error: ${error.message}`));
    page.on("requestfailed", (request) => {
      // The browser gives up what is on its way when a test goes on to the next page.
      if (/\/(assets|media)\/|\/first-call\.json$/.test(request.url()) && request.failure()?.errorText === "net::ERR_ABORTED") return;
      quiet.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
    });
    await use(page);
    expect(quiet).toEqual([]);
  },
});

export const WIDTHS = [390, 768, 1440];

/** What axe-core finds, as short lines; some rules can be left out. No page has frames: one run in the page itself sees all of it. */
export async function audit(page: Page, without: string[] = []): Promise<string[]> {
  expect(page.frames()).toHaveLength(1);
  // Colours that are still on their way to another theme's are nobody's.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime)).map(({ finished }) => finished)));
  const builder = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).disableRules(without).setLegacyMode();
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`));
}

/** Pixels that the page is wider than its window. */
export const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** One page of each kind, and the long ones. */
export const KINDS = {
  home: "/",
  docs: "/docs",
  long: "/docs/concepts/dids",
  markdown: "/docs/writing/markdown",
  code: "/docs/writing/code",
  settings: "/docs/operate/configuration",
  quickstart: "/quickstarts/run-the-portal",
  quickstarts: "/quickstarts",
  changelog: "/changelog",
  release: "/changelog/the-portal-stands",
  tool: "/tools/did-web",
  marketplace: "/marketplace?sort=name",
  search: "/search?q=audit%20trail",
  thanks: "/feedback?page=/docs/concepts/dids",
};

/** How light the page's ground is, 0 to 255. */
export const lightness = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d")!;
    canvas.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return (red + green + blue) / 3;
  });

/** The sum of all layout shifts since the page was loaded. Needs script. */
export const shifted = (page: Page) =>
  page.evaluate(() => new Promise<number>((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
      sum += (entry as unknown as { value: number }).value;
    })).observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
  }));
