// Fails every test on any console message, failed request, or violation of the content security policy.
import { test as base, expect, type Page } from "@playwright/test";
import AxeBuilder from "@axe-core/playwright";

export { expect };

/** Pages on which a button was clicked twice: the browser cancels the first request, and may report that late. */
const doubleClicked = new WeakSet<Page>();

/** Clicks a button twice. */
export async function twice(page: Page, name: string): Promise<void> {
  doubleClicked.add(page);
  await page.getByRole("button", { name }).dblclick();
  await page.waitForLoadState();
}

/** `quiet` contains the recorded messages. A page is opened only for tests that use `page`. */
export const test = base.extend<{ quiet: string[] }>({
  quiet: async ({}, use) => use([]),
  page: async ({ page, quiet }, use) => {
    page.on("console", (message) => quiet.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => quiet.push(`error: ${error.message}`));
    page.on("requestfailed", (request) => {
      // The browser cancels pending requests when a test navigates to the next page.
      const isCanceled = request.failure()?.errorText === "net::ERR_ABORTED";
      if (isCanceled && (doubleClicked.has(page) || /\/(assets|media)\/|\/first-call\.json$/.test(request.url()))) return;
      quiet.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
    });
    await use(page);
    expect(quiet).toEqual([]);
  },
});

export const WIDTHS = [390, 768, 1440];

/** Violations found by axe-core, as short lines; some rules can be disabled. Pages have no frames: one run covers the whole page. */
export async function audit(page: Page, without: string[] = []): Promise<string[]> {
  expect(page.frames()).toHaveLength(1);
  // Colors in a transition between themes belong to neither theme.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime)).map(({ finished }) => finished)));
  const builder = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).disableRules(without).setLegacyMode();
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`));
}

/** Overflow of the page beyond its window, in pixels. */
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

/** Lightness of the page's background, 0 to 255. */
export const lightness = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d")!;
    canvas.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return (red + green + blue) / 3;
  });

/** The sum of all layout shifts since the page was loaded. Requires JavaScript. */
export const shifted = (page: Page) =>
  page.evaluate(() => new Promise<number>((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
      sum += (entry as unknown as { value: number }).value;
    })).observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
  }));
