// What the browser tells of an agent to those who do not see its page, as in pages/tree.spec.ts: the files are in pages/tree.
// `npx playwright test marketplace/tree --update-snapshots=all` writes them anew; read what changed before you keep it.
import type { Page } from "@playwright/test";
import { demo } from "../helper/demo.js";
import { expect, test } from "../helper/test.js";
import { tidy } from "../helper/tidy.js";

/** Lists are cut to their beginning. */
async function cut(page: Page) {
  await page.evaluate(() => {
    const keep = (selector: string, most: number) => document.querySelectorAll(selector).forEach((parent) => {
      [...parent.children].slice(most).forEach((child) => child.remove());
    });
    keep(".agents", 2);
    keep(".tabs", 1);
    document.querySelectorAll("pre").forEach((code) => { code.textContent = code.textContent!.split("\n")[0]; });
    document.querySelector("footer")!.replaceChildren();
  });
  await tidy(page);
}

const KINDS: Record<string, () => Promise<string>> = {
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
