// What the browser tells of the marketplace to those who do not see it, as in pages/tree.spec.ts: the files are in pages/tree.
// `npx playwright test marketplace/tree --update-snapshots=all` writes them anew; read what changed before you keep it.
import type { Page } from "@playwright/test";
import { demo } from "../helper/demo.js";
import { expect, test } from "../helper/test.js";

/** Lists are cut to their beginning; what is new at each start of the API is written as if it were not. */
async function cut(page: Page) {
  await page.evaluate(() => {
    const keep = (selector: string, most: number) => document.querySelectorAll(selector).forEach((parent) => {
      [...parent.children].slice(most).filter((child) => !/^(NAV|P|BUTTON)$/.test(child.tagName)).forEach((child) => child.remove());
    });
    keep(".agents", 2);
    keep(".facets fieldset", 4);
    keep(".tabs", 1);
    document.querySelectorAll("pre").forEach((code) => { code.textContent = code.textContent!.split("\n")[0]; });
    document.querySelector("footer")!.replaceChildren();
    const tidy = (text: string) => text
      .replace(/localhost(:|%3A|%253A)\d+/g, "localhost$11")
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, "01993b6e-8123-7d11-8a2b-77c1d9a0be55")
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "2026-01-31 12:00 UTC")
      .replace(/\d{4}-\d\d-\d\d – (\d{4}-)?\d\d-\d\d/g, "2026-01-31 – 02-28")
      .replace(/\d{4}-\d\d-\d\d/g, "2026-01-31")
      .replace(/signed by key \S+/, "signed by key 1");
    document.querySelectorAll("a").forEach((link) => link.setAttribute("href", tidy(link.getAttribute("href")!)));
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) (walker.currentNode as Text).data = tidy((walker.currentNode as Text).data);
  });
}

const KINDS: Record<string, () => Promise<string>> = {
  "marketplace-list": async () => "/marketplace?sort=name",
  "marketplace-agent": async () => `/marketplace/${(await demo("Bill of Lading Extractor")).agentId}`,
  "marketplace-check": async () => `/marketplace/${(await demo("Vessel Delay Monitor")).agentId}/check`,
};

for (const [kind, address] of Object.entries(KINDS)) {
  for (const width of [390, 1440]) {
    test(`${kind} at ${width} px has the tree that was read and kept`, async ({ page }) => {
      await page.setViewportSize({ width, height: 844 });
      await page.goto(await address());
      if (kind === "marketplace-check") {
        await page.getByRole("button", { name: "Check now, in this browser" }).click();
        await expect(page.getByRole("button", { name: "Check again" })).toBeEnabled();
      }
      await cut(page);
      await expect(page.locator("body")).toMatchAriaSnapshot({ name: `${kind}-${width}.aria.yml` });
    });
  }
}
