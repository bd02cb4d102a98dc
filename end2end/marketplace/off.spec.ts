// A portal whose API has the marketplace disabled.
import { Api } from "../clients/helper/api.ts";
import { BROWSERS, located } from "../helper/addresses.js";
import { noted } from "../helper/market.js";
import { Portal } from "../helper/portal.js";
import { audit, expect, overflow, test as base } from "../helper/test.js";

const test = base.extend<object, { portal: Portal }>({
  portal: [
    async ({}, use) => {
      const api = await Api.start({ MARKETPLACE_ENABLED: "false" });
      const portal = await Portal.start(api.origin);
      await use(portal);
      await portal.stop();
      await api.stop();
    },
    { scope: "worker" },
  ],
});

// All tests share one portal.
test.describe.configure({ mode: "default" });

const ID = "01993b6e-8123-7d11-8a2b-77c1d9a0be55";
const SOME = ["/marketplace", "/marketplace?q=invoices&checked=domain", `/marketplace/${ID}`, `/marketplace/${ID}/check`, "/marketplace/publishers/northquay-freight"];

test("every marketplace URL returns 404 in every format, with 'Marketplace disabled' in HTML and Markdown", async ({ portal }) => {
  for (const address of SOME) {
    for (const [accept, form] of [[BROWSERS[0], "text/html"], ["text/markdown", "text/markdown"]]) {
      const answer = await fetch(portal.origin + address, { headers: { accept } });
      expect([answer.status, answer.headers.get("content-type")?.split(";")[0]], address).toEqual([404, form]);
      expect(answer.headers.get("cache-control"), address).toMatch(/^(private, )?no-store$/);
      expect(await answer.text(), address).toContain("Marketplace disabled");
    }
  }
  for (const address of ["/marketplace.json", `/marketplace/${ID}.json`]) {
    const answer = await fetch(portal.origin + address);
    expect([answer.status, (await answer.json()).error], address).toEqual([404, "NOT_FOUND"]);
  }
});

test("the 'Marketplace disabled' page links to the documentation, fits phone and desktop, and has no axe-core violations in light and dark", async ({ portal, page, quiet }) => {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 844 });
      await page.goto(`${portal.origin}/marketplace`);
      await expect(page.locator("h1")).toHaveText("Marketplace disabled");
      await expect(page.getByRole("link", { name: "About the marketplace" })).toHaveAttribute("href", "/docs/concepts/marketplace");
      await expect(page.locator("meta[name=robots]")).toHaveAttribute("content", "noindex");
      expect(await overflow(page)).toBe(0);
      expect(await audit(page)).toEqual([]);
    }
  }
  expect(quiet.splice(0).filter((line) => !noted(404).test(line))).toEqual([]);
});

test("with the marketplace disabled, all other pages load, and home page and site search show no agents", async ({ portal, page }) => {
  await page.goto(`${portal.origin}/`);
  await expect(page.locator("h1")).toHaveText("Identity for AI agents that anyone can verify.");
  await expect(page.getByRole("region", { name: "Newest verified agents" })).toHaveCount(0);
  const found = await (await fetch(`${portal.origin}/search.json?q=documents`)).json();
  expect(found.groups.map(({ title }: { title: string }) => title)).not.toContain("Agents");
  const sitemap = await fetch(`${portal.origin}/sitemap-agents.xml`);
  expect(sitemap.status, "status of the agent sitemap, which may be missing or empty").toBeLessThan(500);
  for (const address of located(await (await fetch(`${portal.origin}/sitemap.xml`)).text())) {
    expect((await fetch(portal.origin + address, { headers: { accept: BROWSERS[0] } })).status, address).toBe(200);
  }
});
