// Discovery of agents outside the marketplace pages: home page, site search and sitemaps. Also a portal under a base path.
import { API, ORIGIN, located } from "../helper/addresses.js";
import { demo, search } from "../helper/demo.js";
import { expect, test } from "../helper/test.js";
import { BASE_PORT } from "../playwright.config.js";

test("the home page shows the four newest verified agents and links to the marketplace", async ({ page }) => {
  await page.goto("/");
  const newest = page.getByRole("region", { name: "Newest verified agents" });
  const { data } = await search("checked=domain,key,repository&sort=recent&limit=4");
  await expect(newest.locator("h3 a:first-of-type")).toHaveText(data.map(({ name }) => name));
  await expect(newest.locator(".agents > li")).toHaveCount(4);
  for (const row of await newest.locator(".agents > li").all()) await expect(row.locator(".stamp:not(.expired)").first()).toBeVisible();
  await newest.getByRole("link", { name: "Browse the marketplace" }).click();
  await expect(page).toHaveURL(`${ORIGIN}/marketplace`);
});

test("the site search shows matching agents in a separate group after the pages and links to all matching agents", async ({ page, request }) => {
  const { totalCount } = await search("q=documents&limit=1");
  expect(totalCount).toBeGreaterThan(6);
  await page.goto("/search?q=documents");
  const groups = page.getByRole("main").getByRole("heading", { level: 2 });
  await expect(groups.last()).toHaveText("Agents");
  expect(await groups.count()).toBeGreaterThan(1);
  await page.getByRole("main").getByRole("link", { name: `All ${totalCount} matching agents` }).click();
  await expect(page).toHaveURL(`${ORIGIN}/marketplace?q=documents`);
  const { groups: found } = await (await request.get("/search.json?q=vessel+delay")).json();
  const agents = found.find(({ title }: { title: string }) => title === "Agents");
  const monitor = await demo("Vessel Delay Monitor");
  expect(agents.hits[0]).toMatchObject({ href: `/marketplace/${monitor.agentId}`, trail: "Northquay Freight" });
});

test("the search dialog finds an agent while typing, and a click on the result opens the agent page", async ({ page }) => {
  await page.goto("/docs");
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog", { name: "Search" });
  await dialog.getByRole("combobox").fill("vessel delay monitor");
  const group = dialog.getByRole("group", { name: "Agents" });
  await group.getByRole("option", { name: /^Vessel Delay Monitor\W+Northquay Freight/ }).click();
  await expect(page.locator("h1")).toHaveText("Vessel Delay Monitor");
});

test("the agent sitemaps contain every published agent exactly once, and robots.txt contains the sitemap index", async ({ request }) => {
  const robots = await (await request.get("/robots.txt")).text();
  expect(robots.match(/^Sitemap: .*$/gm)).toContain(`Sitemap: ${ORIGIN}/sitemap-agents.xml`);
  const index = await (await request.get("/sitemap-agents.xml")).text();
  expect(index).toContain("<sitemapindex ");
  const parts = await Promise.all(located(index).map(async (part) => (await request.get(part)).text()));
  const named = parts.flatMap(located);
  const { data } = await search("limit=100");
  // The list is in the same sitemap as its agents.
  expect(named.sort()).toEqual(["/marketplace", ...data.map(({ agentId }) => `/marketplace/${agentId}`)].sort());
  for (const [, date] of parts.join("").matchAll(/<lastmod>([^<]*)</g)) expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test("under a base path, all marketplace URLs start with the base path, and pages send other requests only to the API", async ({ page, request }) => {
  const site = `http://localhost:${BASE_PORT}`;
  const agent = await demo("Bill of Lading Extractor");
  const outside: string[] = [];
  page.on("request", (request) => { if (!request.url().startsWith(`${site}/developers`) && !request.url().startsWith(`${API}/`)) outside.push(request.url()); });
  for (const path of ["", "?checked=domain&page=2", `/${agent.agentId}`, `/${agent.agentId}/check`, `/${agent.agentId}/report`, "/publishers/northquay-freight"]) {
    await page.goto(`${site}/developers/marketplace${path}`);
    await expect(page.locator("h1")).toHaveCount(1);
    const addresses = await page.locator("a[href^='/'], form[action^='/'], script[src^='/'], link[href^='/']").evaluateAll((nodes) =>
      nodes.map((node) => node.getAttribute("href") ?? node.getAttribute("action") ?? node.getAttribute("src")!));
    outside.push(...addresses.filter((address) => !address.startsWith("/developers")));
  }
  // The list is updated in place as well.
  await page.goto(`${site}/developers/marketplace`);
  await page.locator("[name=checked][value=key]").check();
  await expect(page).toHaveURL(`${site}/developers/marketplace?checked=key`);
  expect(outside).toEqual([]);
  for (const path of ["/marketplace.json?q=lading", `/marketplace/${agent.agentId}.md`, "/sitemap-agents/1.xml"]) {
    expect(await (await request.get(`${site}/developers${path}`)).text(), path).toContain(`${site}/developers/marketplace/${agent.agentId}`);
  }
  expect((await request.get(`${site}/marketplace/${agent.agentId}`)).status()).toBe(404);
});
