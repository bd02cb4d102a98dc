// A new secret is part of the response to its form, and of nothing that the browser shows later: not of a reload of the
// page, and not when going back or forward.
import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { READERS, expect, makeAgent, test } from "./reader.js";
import { made } from "./visitor.js";

/** The document of a page, once its navigation has ended. */
async function contentOf(page: Page): Promise<string> {
  let html = "";
  await expect(async () => { html = await page.content(); }).toPass();
  return html;
}

/** Goes back or forward. For an entry that was a form's response, the browser shows its own question instead. */
const go = async (page: Page, way: "goBack" | "goForward") => {
  await page[way]().catch((error: Error) => expect(error.message).toContain("ERR_CACHE_MISS"));
};

for (const { how, use } of READERS) {
  test.describe(how, () => {
    test.use(use);

    test("a secret is not shown again by reloading its page or by going back and forward, and nothing is created twice", async ({ market, page, quiet }) => {
      const name = `Agent ${randomUUID()}`;
      await page.goto(`${market.origin}/get-started`);
      await makeAgent(page, name);
      const secrets = [(await page.getByText(/^sagent_/).textContent())!];
      const shownNone = async () => {
        const html = await contentOf(page);
        for (const secret of secrets) expect(html).not.toContain(secret);
        await expect(page.getByText(/^sagent_/)).toHaveCount(0);
      };
      const leavesNone = async () => {
        await page.goto(`${market.origin}/get-started`);
        await shownNone();
        await page.reload();
        await shownNone();
        for (const way of ["goBack", "goForward", "goBack", "goBack", "goForward", "goForward"] as const) {
          await go(page, way);
          await shownNone();
        }
      };
      await leavesNone();
      await page.goto(`${market.origin}/get-started`);
      await page.getByRole("button", { name: "Create credential" }).click();
      secrets.push((await page.getByText(/^sagent_/).textContent())!);
      await leavesNone();
      await page.goto(`${market.origin}/account`);
      await page.getByRole("link", { name }).click();
      await page.getByRole("button", { name: "Create credential" }).click();
      secrets.push((await page.getByText(/^sagent_/).textContent())!);
      await leavesNone();
      expect(new Set(secrets).size).toBe(3);
      await page.goto(`${market.origin}/account`);
      await page.getByRole("link", { name }).click();
      // The second credential replaced the first.
      await expect(page.getByRole("button", { name: /^Revoke/ })).toHaveCount(2);
      expect(made(market, name).agents).toBe(1);
      quiet.splice(0, quiet.length, ...quiet.filter((line) => !/ERR_CACHE_MISS|ERR_ABORTED/.test(line)));
    });
  });
}
