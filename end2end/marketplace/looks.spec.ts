// How pages of the marketplace look, to people and to what reads them out.
import type { Page } from "@playwright/test";
import { ORIGIN } from "../helper/addresses.js";
import { demo } from "../helper/demo.js";
import { type Market, WIDTHS, audit, expect, noted, overflow, shifted, test } from "../helper/market.js";

/** Each kind of page: where it is, and what is to be done before it is looked at. */
type Kind = { address: (market: Market) => Promise<string>; open?: (page: Page) => Promise<void> };

const of = (path: string, name = "Bill of Lading Extractor") => async () => `${ORIGIN}/marketplace/${(await demo(name)).agentId}${path}`;
const check = async (page: Page) => {
  await page.getByRole("button", { name: "Check now, in this browser" }).click();
  await expect(page.getByRole("button", { name: "Check again" })).toBeEnabled();
};
const KINDS: Record<string, Kind> = {
  list: { address: async () => `${ORIGIN}/marketplace` },
  "a narrowed list": { address: async () => `${ORIGIN}/marketplace?checked=domain&capability=documents%3Aread` },
  "an empty list": { address: async () => `${ORIGIN}/marketplace?q=qqqqxxxx` },
  "a list with a notice": { address: async () => `${ORIGIN}/marketplace?page=400&sort=luck` },
  agent: { address: of("") },
  "an agent with a claim that is over": { address: of("", "Customs Code Classifier") },
  "an agent without claims": { address: of("", "Waiver Checker") },
  "an agent in Arabic": { address: of("", "مساعد الحجوزات") },
  publisher: { address: async () => `${ORIGIN}/marketplace/publishers/northquay-freight` },
  check: { address: of("/check", "Vessel Delay Monitor"), open: check },
  report: { address: of("/report") },
  "a report that was taken": { address: async () => `${await of("/report")()}?taken=01993b6e-9d4c-7e90-b1f5-2f6f3a4e5d60` },
  gone: {
    address: async (market) => {
      const agent = await (await market.registry.publisher()).publish({ name: "Gone" });
      await market.registry.moderate("hide", agent.agentId, "spam");
      return `${market.origin}/marketplace/${agent.agentId}`;
    },
  },
};

for (const [kind, { address, open }] of Object.entries(KINDS)) {
  test(`${kind}: axe-core finds nothing in either theme, it fits each width, and nothing shifts`, async ({ page, market, quiet }) => {
    const target = await address(market);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 });
        await page.goto(target, { waitUntil: "load" });
        await expect(page.locator("h1")).toHaveCount(1);
        expect(await shifted(page), `${colorScheme}, ${width}`).toBeLessThan(0.02);
        await open?.(page);
        expect(await overflow(page), `${colorScheme}, ${width}`).toBe(0);
        if (width !== 768) expect(await audit(page), `${colorScheme}, ${width}`).toEqual([]);
      }
    }
    // WCAG 2.2, success criterion 1.4.10: 1280 by 1024 at 400 %.
    await page.setViewportSize({ width: 320, height: 256 });
    expect(await overflow(page)).toBe(0);
    expect(quiet.splice(0).filter((line) => !noted(410).test(line))).toEqual([]);
  });
}

test("the sheet of boxes on a phone: axe-core finds nothing, and Escape closes it", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${ORIGIN}/marketplace`);
    await page.getByRole("button", { name: "Narrow" }).click();
    await expect(page.locator("[name=checked][value=domain]")).toBeVisible();
    expect(await audit(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.locator("[name=checked][value=domain]")).toBeHidden();
  }
});

test("each agent has a rosette of its own, the same wherever it stands", async ({ page }) => {
  const drawn = () => page.locator(".agents svg.rosette").evaluateAll((nodes) => nodes.map((node) => node.outerHTML));
  await page.goto("/marketplace?sort=name");
  const rosettes = await drawn();
  expect(new Set(rosettes).size).toBe(20);
  expect(Math.max(...rosettes.map((svg) => svg.length))).toBeLessThan(1_536);
  await page.reload();
  expect(await drawn()).toEqual(rosettes);
  // Decoration: whoever does not see it misses nothing.
  await expect(page.locator("svg.rosette:not([aria-hidden=true])")).toHaveCount(0);
});
