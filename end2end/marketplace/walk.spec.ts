// A crawl of the whole marketplace by its links, without JavaScript.
import type { Page } from "@playwright/test";
import { BROWSERS, located } from "../helper/addresses.js";
import { Market, expect, overflow } from "../helper/market.js";
import { seed } from "../helper/seed.js";
import { forEach } from "../helper/site.js";
import { test } from "../helper/test.js";

test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });

/** Paths of the agents on a page, from the links of their names. */
const shown = (page: Page) =>
  page.locator(".agents").getByRole("heading").locator("a:first-of-type").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));

/** The number of agents in the status of a page. */
const told = async (page: Page) => Number(/^(\d+) agents?\b/.exec((await page.getByRole("main").getByRole("status").textContent())!)![1]);

/** Follows "Next" from page to page; returns the agents in order. */
async function walk(page: Page): Promise<{ agents: string[]; pages: number }> {
  const agents: string[] = [];
  const next = page.getByRole("link", { name: "Next", exact: true });
  for (let pages = 1; ; pages += 1) {
    agents.push(...await shown(page));
    expect(await overflow(page)).toBe(0);
    if (await next.count() === 0) return { agents, pages };
    const target = (await next.getAttribute("href"))!;
    await next.click();
    await expect(page).toHaveURL((url) => url.pathname + url.search === target);
    await expect(page.getByRole("navigation", { name: "Results pages" })).toContainText(`Page ${pages + 1} of `);
  }
}

test("'Next' links through hundreds of agents reach each one exactly once, and their number is the count on the page", async ({ page }) => {
  test.setTimeout(150_000);
  // Only the seed: outside development, there is no demo data.
  const market = await Market.start({ SENTRYAGENT_ENV: "production" });
  try {
    const publisher = await market.registry.publisher("A walk through the seed");
    await publisher.unlimited();
    const { from, agents } = seed();
    const taken: string[] = [];
    await forEach(agents, async (fields) => {
      const { status, body } = await publisher.offer(fields);
      if (status === 201) taken.push(body.agentId);
      else console.log(`rejected: ${JSON.stringify(fields.name)}: ${JSON.stringify(body.details ?? body.message)}`);
    });
    console.log(`${from}: ${taken.length} of ${agents.length} agents were accepted`);
    expect(taken.length).toBeGreaterThan(agents.length * 0.9);
    const all = taken.map((id) => `/marketplace/${id}`).sort();
    const count = async () => (await market.registry.sure("GET", "/marketplace/agents?limit=1")).totalCount;
    await expect.poll(count, { message: "number of agents in the search index" }).toBe(taken.length);
    await market.proxy.heard();
    for (const address of ["/marketplace", `/marketplace/publishers/${publisher.slug}`]) {
      await page.goto(market.origin + address);
      if (address === "/marketplace") expect(await told(page), address).toBe(taken.length);
      else await expect(page.locator(".lead"), address).toContainText(`${taken.length} agents`);
      const walked = await walk(page);
      expect(walked.pages, address).toBe(Math.ceil(taken.length / 20));
      expect([...walked.agents].sort(), address).toEqual(all);
    }
    // Linked pages exist.
    for (let start = 0; start < all.length; start += 16) {
      const answers = await Promise.all(all.slice(start, start + 16).map((address) => fetch(market.origin + address, { headers: { accept: BROWSERS[0] } })));
      for (const answer of answers) expect(answer.status, answer.url).toBe(200);
    }
    // The sitemaps contain the same agents, and the list.
    const read = async (address: string) => located(await (await fetch(market.origin + address)).text());
    const mapped = async () => (await Promise.all((await read("/sitemap-agents.xml")).map(read))).flat().sort();
    await expect.poll(mapped, { intervals: [500], timeout: 20_000 }).toEqual(["/marketplace", ...all]);
  } finally {
    await market.stop();
  }
});
