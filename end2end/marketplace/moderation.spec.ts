// Changes by operators and publishers appear on every page within seconds.
import { setTimeout } from "node:timers/promises";
import { BROWSERS, located } from "../helper/addresses.js";
import { type Market, audit, expect, noted, test } from "../helper/market.js";
import type { Agent } from "../helper/registry.js";

/** Requests pages like a browser. */
const get = async (market: Market, address: string) => {
  const response = await fetch(market.origin + address, { headers: { accept: BROWSERS[0] }, redirect: "manual" });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

/** A unique name of one word, so that a search finds nothing else. */
const word = () => `zq${Math.random().toString(36).slice(2, 12)}`;

/** All responses that may contain an agent, each with a function that returns whether it does. */
function places(market: Market, agent: Agent, publisher: string, sibling: Agent): Record<string, () => Promise<boolean>> {
  const { agentId, name } = agent;
  const own = (address: string) => async () => (await get(market, address)).status === 200;
  const shows = (address: string) => async () => (await get(market, address)).text.includes(name);
  const sitemap = async () => {
    const parts = located((await get(market, "/sitemap-agents.xml")).text);
    return (await Promise.all(parts.map(async (part) => (await get(market, part)).text.includes(agentId)))).includes(true);
  };
  return {
    "agent page": own(`/marketplace/${agentId}`),
    "agent as Markdown": own(`/marketplace/${agentId}.md`),
    "agent as JSON": own(`/marketplace/${agentId}.json`),
    "verification page": own(`/marketplace/${agentId}/check`),
    "report form": own(`/marketplace/${agentId}/report`),
    list: shows("/marketplace"),
    "list as Markdown": shows("/marketplace.md"),
    "list as JSON": shows("/marketplace.json"),
    "filtered list": shows(`/marketplace?publisher=${publisher}`),
    "marketplace search": async () => /class="agents"/.test((await get(market, `/marketplace?q=${name}`)).text),
    "publisher page": shows(`/marketplace/publishers/${publisher}`),
    "publisher as JSON": shows(`/marketplace/publishers/${publisher}.json`),
    "similar agents of another agent": shows(`/marketplace/${sibling.agentId}`),
    "site search as JSON": shows(`/search.json?q=${name}`),
    "search page": async () => (await get(market, `/search?q=${name}`)).text.includes(agentId),
    "home page": shows("/"),
    "home page as Markdown": shows("/index.md"),
    sitemaps: sitemap,
  };
}

/** Polls until each response is in the expected state; returns the time since `start` for each, in milliseconds. */
async function times(asked: Record<string, () => Promise<boolean>>, wanted: boolean, start: number, most: number) {
  const took: Record<string, number> = {};
  const follow = async ([place, isShown]: [string, () => Promise<boolean>]) => {
    while (performance.now() - start < most) {
      if (await isShown() === wanted) {
        took[place] = Math.round(performance.now() - start);
        return;
      }
      await setTimeout(100);
    }
    took[place] = Infinity;
  };
  await Promise.all(Object.entries(asked).map(follow));
  return took;
}

test("an agent hidden by an operator disappears from every page and format within five seconds, and reappears when it is restored", async ({ market }) => {
  test.setTimeout(60_000);
  const publisher = await market.registry.publisher();
  const agent = await publisher.publishWithKey({ name: word(), description: "Reads what it is given." });
  const sibling = await publisher.publish({ name: word() });
  const asked = places(market, agent, publisher.slug, sibling);
  const late = (took: Record<string, number>) => Object.entries(took).filter(([, millis]) => millis > 5_000);

  const published = await times(asked, true, performance.now(), 20_000);
  expect(Object.entries(published).filter(([, millis]) => millis === Infinity), "responses without the agent after its publication").toEqual([]);

  const hidden = performance.now();
  await market.registry.moderate("hide", agent.agentId, "misleading");
  const took = await times(asked, false, hidden, 15_000);
  console.log(`hidden: gone after, in ms: ${JSON.stringify(took)}`);
  expect(late(took)).toEqual([]);

  // Pages of other agents that mention the agent may be stale for up to a minute.
  const { "similar agents of another agent": _, ...again } = asked;
  const restored = performance.now();
  await market.registry.moderate("restore", agent.agentId, "other");
  const back = await times(again, true, restored, 15_000);
  console.log(`restored: back after, in ms: ${JSON.stringify(back)}`);
  expect(late(back)).toEqual([]);
});

test("the URL of a hidden agent returns 410 and the class of the reason in HTML, Markdown and JSON", async ({ market, page, quiet }) => {
  const publisher = await market.registry.publisher();
  for (const [reason, words] of [["misleading", "its description is misleading"], ["malware", "it harms users"], ["other", "another reason"]]) {
    const agent = await publisher.publish({ name: word(), endpointUrl: "https://agents.example.com/a" });
    await market.registry.moderate("hide", agent.agentId, reason);
    for (const path of ["", "/check"]) {
      const response = (await page.goto(`${market.origin}/marketplace/${agent.agentId}${path}`))!;
      expect([response.status(), response.headers()["cache-control"]], path).toEqual([410, "no-store"]);
      await expect(page.locator("h1")).toHaveText("Agent removed");
      await expect(page.locator(".lead")).toContainText(`${words} (${reason})`);
      await expect(page.getByRole("main")).not.toContainText(agent.name);
      await expect(page.locator("meta[name=robots]")).toHaveAttribute("content", "noindex");
    }
    await expect(page.getByRole("link", { name: "Moderation and appeals" })).toHaveAttribute("href", "/docs/operate/api-moderation");
    const markdown = await get(market, `/marketplace/${agent.agentId}.md`);
    expect(markdown.status).toBe(410);
    expect(markdown.text).toContain(`(${reason})`);
    const json = await get(market, `/marketplace/${agent.agentId}.json`);
    expect([json.status, JSON.parse(json.text)]).toEqual([410, { error: "AGENT_REMOVED", reason }]);
  }
  expect(quiet.splice(0).filter((line) => !noted(410).test(line))).toEqual([]);
});

test("an agent unpublished by its publisher returns 404 within five seconds", async ({ market }) => {
  const publisher = await market.registry.publisher();
  const agent = await publisher.publish({ name: word() });
  expect((await get(market, `/marketplace/${agent.agentId}`)).status).toBe(200);
  await publisher.change(agent, { isPublic: false });
  await expect.poll(async () => (await get(market, `/marketplace/${agent.agentId}`)).status, { intervals: [100], timeout: 5_000 }).toBe(404);
});

test("a publisher's update appears on the agent page within five seconds", async ({ market }) => {
  const publisher = await market.registry.publisher();
  const agent = await publisher.publish({ name: word(), version: "1.0.0" });
  const shown = async () => (await get(market, `/marketplace/${agent.agentId}`)).text;
  expect(await shown()).toContain("1.0.0");
  await publisher.change(agent, { version: "2.7.1", description: "Does more now." });
  await expect.poll(shown, { intervals: [100], timeout: 5_000 }).toContain("2.7.1");
  expect(await shown()).toContain("Does more now.");
});

test("a flagged agent is marked on its page, in Markdown and JSON, and in the list, until it is restored", async ({ market, page }) => {
  const publisher = await market.registry.publisher();
  const agent = await publisher.publish({ name: word() });
  await page.goto(`${market.origin}/marketplace/${agent.agentId}`);
  const warning = page.locator(".notice.bad", { hasText: "Flagged by the operator of this marketplace." });
  await expect(warning).toHaveCount(0);
  await market.registry.moderate("flag", agent.agentId, "impersonation");
  const again = async () => {
    await page.reload();
    return warning.count();
  };
  await expect.poll(again, { intervals: [100], timeout: 5_000 }).toBe(1);
  expect(await audit(page)).toEqual([]);
  expect((await get(market, `/marketplace/${agent.agentId}.md`)).text).toContain("Flagged by the operator of this marketplace.");
  expect(JSON.parse((await get(market, `/marketplace/${agent.agentId}.json`)).text).moderation).toBe("flagged");
  const listed = async () => {
    await page.goto(`${market.origin}/marketplace?q=${agent.name}`);
    return page.locator(".agents > li", { hasText: "Flagged by the operator." }).count();
  };
  await expect.poll(listed, { intervals: [100], timeout: 8_000 }).toBe(1);
  await market.registry.moderate("restore", agent.agentId, "other");
  await expect.poll(listed, { intervals: [100], timeout: 8_000 }).toBe(0);
  // The list may have been requested again before the portal received the change.
  await expect(async () => {
    await page.goto(`${market.origin}/marketplace/${agent.agentId}`);
    expect(await warning.count()).toBe(0);
  }).toPass({ intervals: [100], timeout: 8_000 });
});

test("an agent whose name resembles a publisher with a verified domain has a warning that links to that publisher", async ({ market, page }) => {
  const publisher = await market.registry.publisher();
  for (const name of ["Northquay Frieght", "Northquay Freight support", "NORTHQUAY-FREIGHT"]) {
    const agent = await publisher.publish({ name });
    await page.goto(`${market.origin}/marketplace/${agent.agentId}`);
    const warning = page.locator(".notice.bad", { hasText: "Check the publisher." });
    await expect(warning).toContainText(name);
    await expect(warning.getByRole("link", { name: "Northquay Freight", exact: true })).toHaveAttribute("href", "/marketplace/publishers/northquay-freight");
    await expect(warning).toContainText("northquay-freight.example");
    const markdown = (await get(market, `/marketplace/${agent.agentId}.md`)).text;
    expect(markdown).toContain("Check the publisher.");
    expect(markdown).toContain(`${market.origin}/marketplace/publishers/northquay-freight`);
    expect(JSON.parse((await get(market, `/marketplace/${agent.agentId}.json`)).text).lookAlikes).toEqual([
      { slug: "northquay-freight", displayName: "Northquay Freight", domain: "northquay-freight.example" },
    ]);
  }
  expect(await audit(page)).toEqual([]);
  const other = await publisher.publish({ name: "Invoice desk" });
  expect((await get(market, `/marketplace/${other.agentId}`)).text).not.toContain("Check the publisher.");
});

test("the old slug of a renamed publisher redirects to the new slug with 301", async ({ market, page }) => {
  const publisher = await market.registry.publisher();
  await publisher.publish({ name: word() });
  const old = publisher.slug;
  expect((await get(market, `/marketplace/publishers/${old}`)).status).toBe(200);
  await publisher.rename({ slug: `renamed-${word()}` });
  const moved = async (ending: string) => {
    const { status, headers } = await get(market, `/marketplace/publishers/${old}${ending}`);
    return [status, headers.get("location")];
  };
  for (const ending of ["", ".md", ".json"]) {
    await expect.poll(() => moved(ending), { intervals: [100], timeout: 8_000 }).toEqual([301, `/marketplace/publishers/${publisher.slug}${ending}`]);
  }
  await page.goto(`${market.origin}/marketplace/publishers/${old}`);
  await expect(page).toHaveURL(`${market.origin}/marketplace/publishers/${publisher.slug}`);
});

test("requests that differ only in irrelevant parameters, order or letter case cause no request to the API", async ({ market }) => {
  const publisher = await market.registry.publisher();
  const agent = await publisher.publish({ name: word() });
  // From now on, no change makes a list stale.
  await market.proxy.heard();
  await market.proxy.heard();
  const addresses = ["/marketplace", `/marketplace/${agent.agentId}`, `/marketplace?q=${agent.name}&checked=key&checked=domain`];
  for (const address of addresses) await get(market, address);
  const questions = () => market.proxy.asked.filter((path) => !path.includes("/changes")).length;
  const before = questions();
  for (let count = 0; count < 40; count += 1) {
    expect((await get(market, `/marketplace?utm_source=${word()}&page=1`)).status).toBe(200);
    expect((await get(market, `/marketplace/${agent.agentId}?${word()}=${count}`)).status).toBe(200);
    expect((await get(market, `/marketplace?checked=domain,key&${word()}=1&q=${agent.name.toUpperCase()}`)).status).toBe(200);
  }
  expect(questions() - before).toBe(0);
});
