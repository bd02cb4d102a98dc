// Agent and publisher pages: declared data and verifications.
import type { Page } from "@playwright/test";
import { API, BROWSERS, ORIGIN } from "../helper/addresses.js";
import { demo, search } from "../helper/demo.js";
import { markdownFace } from "../helper/faces.js";
import { noted } from "../helper/market.js";
import { expect, overflow, test } from "../helper/test.js";

/** Has claims of all kinds. */
const FULL = "Bill of Lading Extractor";
/** Has an expired claim. */
const EXPIRED = "Customs Code Classifier";
/** Has neither claims nor an endpoint. */
const BARE = "Waiver Checker";

const address = ({ agentId }: { agentId: string }) => `/marketplace/${agentId}`;
const day = (time: string) => time.slice(0, 10);
const minute = (time: string) => `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const isOver = ({ result }: { result: string }) => result === "expired";

test("the agent page shows name, publisher, DID, description, tags, version, owner, agent ID, environment and dates", async ({ page }) => {
  const agent = await demo(FULL);
  await page.goto(address(agent));
  await expect(page.locator("h1")).toHaveText(agent.name);
  await expect(page).toHaveTitle(`${agent.name} by ${agent.publisher.displayName} · SentryAgent`);
  const paper = page.getByRole("article").locator("header");
  await expect(paper.getByRole("link", { name: agent.publisher.displayName })).toHaveAttribute("href", `/marketplace/publishers/${agent.publisher.slug}`);
  await expect(paper.locator(".did code")).toHaveText(agent.did);
  await expect(paper.locator("svg.rosette")).toHaveCount(1);
  await expect(section(page, "Publisher’s description")).toContainText(agent.description);
  for (const tag of agent.tags) await expect(section(page, "Publisher’s description")).toContainText(tag);
  const dates = section(page, "Versions and dates");
  for (const fact of [agent.version, agent.owner, agent.agentId, agent.deploymentEnv, minute(agent.createdAt), minute(agent.publishedAt), minute(agent.updatedAt)]) {
    await expect(dates.getByText(fact, { exact: true }).first()).toBeVisible();
  }
});

test("the Copy button copies the DID to the clipboard", async ({ page }) => {
  const agent = await demo(FULL);
  await page.goto(address(agent));
  await page.locator(".agent-paper .did").getByRole("button", { name: "Copy" }).click();
  await expect(page.locator(".agent-paper .did").getByRole("button")).toHaveText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(agent.did);
});

for (const name of [FULL, EXPIRED]) {
  test(`each stamp of ${name} shows kind, method, check date and expiry date, and only an expired stamp is struck through and labeled as expired`, async ({ page }) => {
    const agent = await demo(name);
    await page.goto(address(agent));
    const stamps = page.locator(".agent-paper .stamp");
    await expect(stamps).toHaveCount(agent.claims.length);
    for (const claim of agent.claims) {
      const kind = claim.kind[0].toUpperCase() + claim.kind.slice(1);
      const stamp = stamps.filter({ has: page.locator("strong", { hasText: kind }) });
      await expect(stamp).toHaveCount(1);
      await expect(stamp).toContainText({ dns: "DNS TXT", "well-known": "well-known file", signature: "signature", file: "repository file" }[claim.method]!);
      await expect(stamp.locator(".days")).toContainText(day(claim.checkedAt));
      await expect(stamp.locator(".days")).toContainText(day(claim.expiresAt).slice(5));
      await expect(stamp.locator("s")).toHaveCount(isOver(claim) ? 1 : 0);
      if (isOver(claim)) await expect(stamp).toContainText("expired");
      else await expect(stamp).not.toContainText("expired");
    }
    const over = agent.claims.filter(isOver);
    expect(over.length).toBe(name === EXPIRED ? 1 : 0);
  });

  test(`the Verification section explains for each claim of ${name} what was checked, what the result shows, the dates, and what is not verified`, async ({ page }) => {
    const agent = await demo(name);
    await page.goto(address(agent));
    const claims = section(page, "Verification");
    for (const claim of agent.claims) {
      const kind = claim.kind[0].toUpperCase() + claim.kind.slice(1);
      const item = claims.getByRole("listitem").filter({ has: page.getByRole("heading", { name: new RegExp(`^${kind}\\b`) }) });
      await expect(item).toContainText(claim.target);
      await expect(item).toContainText(/the value we issued/i);
      await expect(item).toContainText("The publisher could");
      await expect(item).toContainText(`Verified on ${day(claim.checkedAt)}`);
      await expect(item).toContainText(`${isOver(claim) ? "Expired on" : "Expires on"} ${day(claim.expiresAt)}`);
      await expect(item).toContainText(/Not verified: .{30,}/);
      if (claim.evidenceUrl?.startsWith("https://")) {
        const evidence = item.getByRole("link", { name: "View evidence" });
        await expect(evidence).toHaveAttribute("href", claim.evidenceUrl);
        await expect(evidence).toHaveAttribute("rel", /nofollow.*ugc.*noopener/);
      }
    }
  });
}

test("an agent without claims is shown as not verified in the page header and in the Verification section", async ({ page }) => {
  const agent = await demo(BARE);
  expect(agent.claims).toEqual([]);
  await page.goto(address(agent));
  await expect(page.locator(".agent-paper")).toContainText("Not verified");
  await expect(section(page, "Verification")).toContainText("Only the publisher’s email address is verified.");
});

test("each capability has an explanation and links to all agents with that capability", async ({ page }) => {
  const agent = await demo(FULL);
  await page.goto(address(agent));
  const list = section(page, "Capabilities (self-declared)");
  for (const capability of agent.capabilities) {
    await expect(list.getByRole("link", { name: capability, exact: true })).toHaveAttribute("href", `/marketplace?capability=${encodeURIComponent(capability)}`);
  }
  await expect(list).toContainText("Reads documents without changes");
  await expect(list.locator("dd")).toHaveCount(agent.capabilities.length);
});

test("each code sample contains this agent's endpoint and the API's token URL, without placeholders", async ({ page }) => {
  const agent = await demo(FULL);
  const endpoint = agent.agentCard!.supportedInterfaces[0].url;
  await page.goto(address(agent));
  const talk = section(page, "Call this agent");
  await expect(talk.locator(".did code")).toHaveText(endpoint);
  for (const language of ["curl", "Node.js", "Python", "Rust"]) {
    const tab = talk.locator("details", { has: page.locator("summary", { hasText: language }) });
    const code = (await tab.locator("pre").textContent())!;
    expect(code, language).toContain(endpoint);
    expect(code, language).toContain(`${API}/api/v1/token`);
    expect(code, language).not.toMatch(/AGENT_(ENDPOINT|API)|undefined|["'/]null\b/);
  }
});

test("the page of an agent without an endpoint shows 'No public endpoint' and no code samples", async ({ page }) => {
  await page.goto(address(await demo(BARE)));
  const talk = section(page, "Call this agent");
  await expect(talk).toContainText("No public endpoint");
  await expect(talk.locator("pre")).toHaveCount(0);
});

test("the documents on the page equal the responses of their raw links", async ({ page, request }) => {
  for (const name of [FULL, EXPIRED, BARE]) {
    const agent = await demo(name);
    await page.goto(address(agent));
    const documents = section(page, "Documents");
    const raw = await documents.locator(".raw a").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
    expect(raw).toEqual([agent.links.didDocument, ...agent.links.agentCard ? [agent.links.agentCard] : []]);
    const shown = await documents.locator("pre code").allTextContents();
    expect(shown).toHaveLength(raw.length);
    for (const [index, link] of raw.entries()) {
      const answer = await request.get(link);
      expect(answer.status(), link).toBe(200);
      expect(JSON.parse(shown[index]), link).toEqual(await answer.json());
    }
  }
});

test("the agent page is indexable, has a canonical URL, and describes the agent in schema.org JSON-LD", async ({ page }) => {
  const agent = await demo(FULL);
  await page.goto(address(agent));
  const data = JSON.parse((await page.locator("script[type='application/ld+json']").textContent())!);
  expect(data["@context"]).toBe("https://schema.org");
  const software = data["@graph"].find((node: Record<string, unknown>) => node["@type"] === "SoftwareApplication");
  expect(software).toMatchObject({
    "@id": agent.did, identifier: agent.agentId, name: agent.name, description: agent.description, softwareVersion: agent.version, url: ORIGIN + address(agent),
    publisher: { name: agent.publisher.displayName },
  });
  expect(Date.parse(software.datePublished)).toBe(Date.parse(agent.publishedAt));
  await expect(page.locator("meta[name=robots]")).toHaveCount(0);
  await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", ORIGIN + address(agent));
});

test("the publisher page shows the publisher's name, the date of its first publication, and all of its agents", async ({ page, request }) => {
  const { data, totalCount } = await search("publisher=northquay-freight&limit=50");
  await page.goto("/marketplace/publishers/northquay-freight");
  await expect(page.locator("h1")).toHaveText("Northquay Freight");
  await expect(page.locator(".lead")).toContainText(`${totalCount} agents in the marketplace. Publisher since ${data.map(({ publishedAt }) => day(publishedAt)).sort()[0]}`);
  const links = await page.locator(".agents h2 a:first-of-type").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
  expect(links.sort()).toEqual(data.map(address).sort());
  const json = await (await request.get("/marketplace/publishers/northquay-freight.json")).json();
  expect([json.slug, json.publisherSays.displayName, json.total]).toEqual(["northquay-freight", "Northquay Freight", totalCount]);
  expect(json.agents.map(({ agentId }: { agentId: string }) => `/marketplace/${agentId}`).sort()).toEqual(links);
  const face = markdownFace(await (await request.get("/marketplace/publishers/northquay-freight.md")).text());
  for (const link of links) expect(face.links).toContain(ORIGIN + link);
  // The link to a search limited to the publisher's agents.
  await page.getByRole("link", { name: "Search these agents" }).click();
  await expect(page.getByRole("main").getByRole("status")).toHaveText(`${totalCount} agents`);
});

test("missing pages return 404 in every format, and variants of a URL redirect to the canonical URL", async ({ page, request, quiet }) => {
  const agent = await demo(FULL);
  const nobody = "01993b6e-8123-7d11-8a2b-77c1d9a0be55";
  for (const path of [nobody, `${nobody}.md`, `${nobody}.json`, `${nobody}/check`, `${nobody}/report`, "not-an-identifier", "publishers/nobody-at-all", "publishers/nobody-at-all.json", `${agent.agentId}/nothing`, `${agent.agentId}/check.json`]) {
    const answer = await request.get(`/marketplace/${path}`, { headers: { accept: BROWSERS[0] } });
    expect(answer.status(), path).toBe(404);
    expect(answer.headers()["cache-control"], path).toBe("no-store");
  }
  await page.goto(`/marketplace/${nobody}`);
  await expect(page.locator("h1")).toHaveCount(1);
  expect(quiet.splice(0).filter((line) => !noted(404).test(line))).toEqual([]);
  for (const path of [agent.agentId.toUpperCase(), `${agent.agentId}/`]) {
    const answer = await request.get(`/marketplace/${path}`, { maxRedirects: 0 });
    expect([answer.status(), answer.headers().location], path).toEqual([308, address(agent)]);
  }
});

test("suspended and unpublished agents appear in neither the site search nor the marketplace list", async ({ request }) => {
  // One is suspended, the other was never published: both are in the demo data.
  for (const name of ["Display Name Filter", "Rate Sheet Reader"]) {
    const found = await (await request.get(`/search.json?q=${encodeURIComponent(name)}`)).json();
    const list = await (await request.get(`/marketplace.json?q=${encodeURIComponent(name)}`)).json();
    expect(JSON.stringify([found, list.agents])).not.toContain(name);
  }
});

test("on a phone, the agent page has no horizontal overflow with long or non-ASCII agent names", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { data } = await search("limit=100");
  for (const agent of data.filter(({ name }) => name.length > 28 || /[^ -~]/.test(name))) {
    await page.goto(address(agent));
    expect(await overflow(page), agent.name).toBe(0);
  }
});
