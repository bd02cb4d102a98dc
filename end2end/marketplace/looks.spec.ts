// Layout and accessibility of marketplace pages.
import type { Page } from "@playwright/test";
import { ORIGIN } from "../helper/addresses.js";
import { demo } from "../helper/demo.js";
import { type Market, WIDTHS, audit, expect, noted, overflow, shifted, test } from "../helper/market.js";

/** A kind of page: its URL, and the actions before its inspection. */
type Kind = { address: (market: Market) => Promise<string>; open?: (page: Page) => Promise<void> };

const of = (path: string, name: string) => async () => `${ORIGIN}/marketplace/${(await demo(name)).agentId}${path}`;
const check = async (page: Page) => {
  await page.getByRole("button", { name: "Verify in this browser" }).click();
  await expect(page.getByRole("button", { name: "Verify again" })).toBeEnabled();
};
const at = (path: string): Kind => ({ address: async () => ORIGIN + path });

/** `helper/test.ts` includes the list itself. Without the API or a marketplace: outage.spec.ts, off.spec.ts. */
const KINDS: Record<string, Kind> = {
  "empty list": at("/marketplace?q=qqqqxxxx"),
  // Has an expired claim.
  agent: { address: of("", "Customs Code Classifier") },
  publisher: at("/marketplace/publishers/northquay-freight"),
  "document verification": { address: of("/check", "Vessel Delay Monitor"), open: check },
  "report form": { address: of("/report", "Waiver Checker") },
  "removed agent": {
    address: async (market) => {
      const agent = await (await market.registry.publisher()).publish({ name: "Gone" });
      await market.registry.moderate("hide", agent.agentId, "spam");
      return `${market.origin}/marketplace/${agent.agentId}`;
    },
  },
};

const MORE: Record<string, Kind> = {
  ...KINDS,
  "filtered list": at("/marketplace?checked=domain&capability=documents%3Aread"),
  "list with notices": at("/marketplace?page=400&sort=luck"),
  "agent with all claims": { address: of("", "Bill of Lading Extractor") },
  "agent without claims": { address: of("", "Waiver Checker") },
  "agent in Arabic": { address: of("", "مساعد الحجوزات") },
  "received report": { address: async () => `${await of("/report", "Waiver Checker")()}?taken=01993b6e-9d4c-7e90-b1f5-2f6f3a4e5d60` },
};

for (const [kind, { address, open }] of Object.entries(MORE)) {
  const audited = kind in KINDS ? "; axe-core finds no violations in light and dark" : "";
  test(`the page "${kind}" fits each width, has a layout shift below 0.02, and scrolls in one direction at 400 % zoom${audited}`, async ({ page, market, quiet }) => {
    const target = await address(market);
    for (const width of WIDTHS) {
      await page.emulateMedia({ colorScheme: "light" });
      await page.setViewportSize({ width, height: 844 });
      await page.goto(target, { waitUntil: "load" });
      await expect(page.locator("h1")).toHaveCount(1);
      expect.soft(await shifted(page), `layout shift at ${width} px`).toBeLessThan(0.02);
      await open?.(page);
      expect.soft(await overflow(page), `horizontal overflow at ${width} px`).toBe(0);
      if (!audited || width === 768) continue;
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        expect.soft(await audit(page), `axe-core violations at ${width} px, ${colorScheme}`).toEqual([]);
      }
    }
    // WCAG 2.2, success criterion 1.4.10: 1280 by 1024 at 400%.
    await page.setViewportSize({ width: 320, height: 256 });
    expect.soft(await overflow(page), "horizontal overflow at 400 %").toBe(0);
    expect(quiet.splice(0).filter((line) => !noted(410).test(line))).toEqual([]);
  });
}

test("the filter sheet on a phone has no axe-core violations and is closed by Escape", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${ORIGIN}/marketplace`);
  await page.getByRole("button", { name: "Filters" }).click();
  await expect(page.locator("[name=checked][value=domain]")).toBeVisible();
  expect(await audit(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(page.locator("[name=checked][value=domain]")).toBeHidden();
});

test("each agent has a unique rosette, which is the same after a reload and hidden from screen readers", async ({ page }) => {
  const drawn = () => page.locator(".agents svg.rosette").evaluateAll((nodes) => nodes.map((node) => node.outerHTML));
  await page.goto("/marketplace?sort=name");
  const rosettes = await drawn();
  expect(new Set(rosettes).size).toBe(20);
  expect(Math.max(...rosettes.map((svg) => svg.length))).toBeLessThan(1_536);
  await page.reload();
  expect(await drawn()).toEqual(rosettes);
  // Decorative: hidden from screen readers.
  await expect(page.locator("svg.rosette:not([aria-hidden=true])")).toHaveCount(0);
});
