// The API stops, hangs, or sends invalid responses: pages are still served.
import { BROWSERS } from "../helper/addresses.js";
import { Market, audit, expect, noted, overflow } from "../helper/market.js";
import type { Behaviour } from "../helper/proxy.js";
import type { Agent, Publisher } from "../helper/registry.js";
import { test as base } from "../helper/test.js";

/** Maximum response time, in milliseconds. */
const PATIENCE = 2_000;
const NOTICE = "The registry is currently unavailable. Showing data from ";

type World = { market: Market; publisher: Publisher; agent: Agent };

/** A marketplace for this file only: outages of its API would affect other tests. */
const test = base.extend<object, { world: World }>({
  world: [
    async ({}, use) => {
      const market = await Market.start();
      const publisher = await market.registry.publisher("Seen before");
      const agent = await publisher.publish({ name: "Seen before", endpointUrl: "https://agents.example.com/seen" });
      await use({ market, publisher, agent });
      await market.proxy.pass();
      await market.stop();
    },
    { scope: "worker" },
  ],
});
test.describe.configure({ mode: "default", timeout: 60_000 });

/** A response, and the time until it was complete. */
async function read(market: Market, address: string, accept = BROWSERS[0]) {
  const start = performance.now();
  const response = await fetch(market.origin + address, { headers: { accept } });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, millis: performance.now() - start };
}

let unseen = 0;
/** A word that no agent contains, and no similar word either. */
const rare = () => `zqxv${unseen += 1}wjk`;
/** A URL that was never requested before. */
const never = (what: "list" | "agent") =>
  what === "list" ? `/marketplace?q=${rare()}` : `/marketplace/01993b6e-8123-7d11-8a2b-${String(unseen += 1).padStart(12, "0")}`;

/** Requests pages, then changes the agent and waits until the portal has received the change; each page then needs a new request. */
async function seenBefore({ market, publisher, agent }: World) {
  const seen = ["/marketplace", `/marketplace?publisher=${publisher.slug}`, `/marketplace/publishers/${publisher.slug}`, `/marketplace/${agent.agentId}`];
  // A previous test may have ended with an outage.
  for (const address of seen) await expect.poll(async () => (await read(market, address)).text, { intervals: [100], timeout: 15_000, message: address }).not.toContain(NOTICE);
  await publisher.change(agent, { version: `1.0.${unseen += 1}` });
  await market.proxy.heard();
  return seen;
}

const ILL: (Behaviour | "stopped")[] = ["stopped", "slow", "garbage", "html", "status 500", "huge", "cut"];
for (const behaviour of ILL) {
  test(`with the API failing as "${behaviour}", cached pages return 200 with a notice and other pages 503, each within two seconds; all pages recover afterwards`, async ({ world }) => {
    const { market } = world;
    const seen = await seenBefore(world);
    const docs = await read(market, "/docs/concepts/claims");
    if (behaviour === "stopped") await market.proxy.stop();
    else market.proxy.behaviour = behaviour;
    try {
      // The first request, and a later one.
      for (const time of ["first", "second"]) {
        for (const address of seen) {
          const { status, text, millis, headers } = await read(market, address);
          expect(status, `${address}, ${time} request`).toBe(200);
          expect(text, `${address}, ${time} request`).toContain(NOTICE);
          expect(millis, `${address}, ${time} request`).toBeLessThan(PATIENCE);
          expect(headers.get("cache-control"), address).toBe("public, max-age=0, s-maxage=10");
        }
      }
      const { agentId } = world.agent;
      expect((await read(market, `/marketplace/${agentId}.md`)).text).toContain(NOTICE);
      expect(JSON.parse((await read(market, `/marketplace/${agentId}.json`)).text).staleSince).toMatch(/^\d{4}-\d\d-\d\dT/);
      for (const address of [never("list"), never("agent"), `${never("agent")}/check`, "/marketplace/publishers/never-seen"]) {
        const { status, text, millis, headers } = await read(market, address);
        expect(status, address).toBe(503);
        expect(millis, address).toBeLessThan(PATIENCE);
        expect(text, address).toContain("The registry is currently unavailable");
        expect(text, address).toContain("<footer");
        expect(Number(headers.get("retry-after")), address).toBeGreaterThan(0);
        expect(headers.get("cache-control"), address).toBe("no-store");
        expect(headers.get("content-security-policy"), address).toMatch(/^default-src 'none'/);
      }
      // Concurrent requests don't wait longer.
      const many = await Promise.all(Array.from({ length: 40 }, () => read(market, never("list"))));
      expect(many.filter(({ status }) => status !== 503)).toEqual([]);
      expect(Math.max(...many.map(({ millis }) => millis))).toBeLessThan(PATIENCE + 500);
      // The rest of the site is unaffected. The best of three attempts counts, since the machine may be busy.
      const again = [];
      for (let time = 1; time <= 3; time += 1) again.push(await read(market, "/docs/concepts/claims"));
      for (const { status, text } of again) expect([status, text === docs.text]).toEqual([200, true]);
      expect(Math.min(...again.map(({ millis }) => millis))).toBeLessThan(200);
      const search = await read(market, "/search?q=audit+trail");
      expect([search.status, search.millis < PATIENCE]).toEqual([200, true]);
    } finally {
      await market.proxy.pass();
    }
    for (const address of seen) await expect.poll(async () => (await read(market, address)).text, { intervals: [100], timeout: 15_000, message: address }).not.toContain(NOTICE);
    expect((await read(market, never("list"))).status).toBe(200);
  });
}

test("a page with current cached data is served with 200 while the API is stopped", async ({ world }) => {
  const { market, agent } = world;
  const address = `/marketplace/${agent.agentId}`;
  await read(market, address);
  await market.proxy.stop();
  try {
    const { status, millis } = await read(market, address);
    expect([status, millis < PATIENCE]).toEqual([200, true]);
  } finally {
    await market.proxy.pass();
  }
});

test("two hundred API responses of 50 MiB increase the portal's memory by less than 64 MiB", async ({ world }) => {
  const { market } = world;
  // Allocates threads and buffers for concurrent requests beforehand.
  for (let round = 0; round < 5; round += 1) await Promise.all(Array.from({ length: 20 }, () => read(market, never("list"))));
  market.proxy.behaviour = "huge";
  try {
    const before = market.portal.memory();
    for (let round = 0; round < 20; round += 1) {
      const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => read(market, never(index % 2 ? "agent" : "list"))));
      expect(answers.filter(({ status, millis }) => status !== 503 || millis > PATIENCE)).toEqual([]);
    }
    const { most } = market.portal.memory();
    console.log(`memory: ${before.now} KiB before, ${most} KiB at most`);
    expect(most - before.now).toBeLessThan(64 * 1024);
  } finally {
    await market.proxy.pass();
  }
});

test("a report that can't be forwarded to the API is returned with an error message and the typed values", async ({ world, page, quiet }) => {
  const { market, agent } = world;
  await market.proxy.heard();
  await page.goto(`${market.origin}/marketplace/${agent.agentId}/report`);
  await page.getByRole("radio", { name: "Other" }).check();
  await page.getByRole("textbox", { name: "Details for the operators" }).fill("It is not there.");
  await market.proxy.stop();
  try {
    await page.getByRole("button", { name: "Send report" }).click();
    await expect(page.getByRole("alert")).toContainText("The registry is currently unavailable.");
    await expect(page.getByRole("textbox", { name: "Details for the operators" })).toHaveValue("It is not there.");
    await expect(page.getByRole("radio", { name: "Other" })).toBeChecked();
  } finally {
    await market.proxy.pass();
  }
  expect(quiet.splice(0).filter((line) => !noted(503).test(line))).toEqual([]);
});

test("with JavaScript, a search during an outage shows the error page, and a reload after the outage repeats the search", async ({ world, page, quiet }) => {
  const { market } = world;
  await market.proxy.heard();
  await page.goto(`${market.origin}/marketplace`);
  const words = rare();
  await market.proxy.stop();
  try {
    await page.getByRole("searchbox", { name: "Search agents" }).fill(words);
    await page.keyboard.press("Enter");
    await expect(page.locator("h1")).toHaveText("The registry is currently unavailable");
    await expect(page).toHaveURL(`${market.origin}/marketplace?q=${words}`);
  } finally {
    await market.proxy.pass();
  }
  await page.reload();
  await expect(page.getByRole("main").getByRole("status")).toHaveText(`No agents for “${words}”`);
  expect(quiet.splice(0).filter((line) => !noted(503).test(line))).toEqual([]);
});

test("the 503 page fits phone and desktop, and the page and the outage notice have no axe-core violations in light and dark", async ({ world, page, quiet }) => {
  const { market, agent } = world;
  await seenBefore(world);
  await market.proxy.stop();
  try {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [390, 1440]) {
        await page.setViewportSize({ width, height: 844 });
        await page.goto(market.origin + never("list"));
        await expect(page.locator("h1")).toHaveText("The registry is currently unavailable");
        expect(await overflow(page)).toBe(0);
        expect(await audit(page)).toEqual([]);
      }
      // The notice, once in each theme.
      const address = colorScheme === "light" ? `/marketplace/publishers/${world.publisher.slug}` : `/marketplace/${agent.agentId}`;
      await page.goto(market.origin + address);
      await expect(page.getByRole("status").filter({ hasText: NOTICE })).toBeVisible();
      expect(await audit(page)).toEqual([]);
    }
  } finally {
    await market.proxy.pass();
  }
  expect(quiet.splice(0).filter((line) => !noted(503).test(line))).toEqual([]);
});
