// Marketplace data as HTML, Markdown and JSON: the same facts, and one response for equivalent requests.
import type { APIRequestContext } from "@playwright/test";
import { BROWSERS, ORIGIN } from "../helper/addresses.js";
import { type Detail, demo } from "../helper/demo.js";
import { markdownFace, segments } from "../helper/faces.js";
import { expect, test } from "../helper/test.js";

const FULL = "Bill of Lading Extractor";

const address = ({ agentId }: { agentId: string }) => `/marketplace/${agentId}`;
const day = (time: string) => time.slice(0, 10);
const minute = (time: string) => `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
const isOver = ({ result }: { result: string }) => result === "expired";

/** Facts about an agent, each as written in HTML and Markdown. */
const facts = (agent: Detail): [string, string][] => [
  ["name", agent.name],
  ["publisher", agent.publisher.displayName],
  ["publisher's page", `/marketplace/publishers/${agent.publisher.slug}`],
  ["description", agent.description],
  ["type", agent.agentType],
  ["version", agent.version],
  ["deployment environment", agent.deploymentEnv],
  ["owner", agent.owner],
  ["agent ID", agent.agentId],
  ["DID", agent.did],
  ...agent.capabilities.map((capability): [string, string] => ["capability", capability]),
  ...agent.tags.map((tag): [string, string] => ["tag", tag]),
  ...agent.claims.flatMap((claim): [string, string][] => [
    ["claim", `${claim.kind[0].toUpperCase()}${claim.kind.slice(1)} ${claim.target}`.trim()],
    ["check date", day(claim.checkedAt)],
    ["expiry", `${isOver(claim) ? "Expired on" : "Expires on"} ${day(claim.expiresAt)}`],
    ...claim.evidenceUrl?.startsWith("https://") ? [["evidence URL", claim.evidenceUrl] as [string, string]] : [],
  ]),
  ...agent.agentCard ? [["endpoint", agent.agentCard.supportedInterfaces[0].url] as [string, string]] : [],
  ["registered", minute(agent.createdAt)],
  ["published", minute(agent.publishedAt)],
  ["updated", minute(agent.updatedAt)],
  ["DID document", agent.links.didDocument],
  ...agent.links.agentCard ? [["agent card", agent.links.agentCard] as [string, string]] : [],
];

const lacks = (text: string, agent: Detail) => facts(agent).filter(([, fact]) => !text.includes(fact.replace(/\s+/g, " ")));

for (const name of [FULL, "Customs Code Classifier", "Waiver Checker", "مساعد الحجوزات", "Pim"]) {
  test(`the HTML, Markdown and JSON of ${name} contain the same facts`, async ({ page, request }) => {
    const agent = await demo(name);
    await page.goto(address(agent));
    const html = await page.getByRole("main").evaluate((main) => {
      const links = [...main.querySelectorAll("a")].map((link) => link.getAttribute("href"));
      return `${main.textContent} ${links.join(" ")}`.replace(/\s+/g, " ");
    });
    expect(lacks(html, agent), "HTML").toEqual([]);
    const byAddress = await request.get(`${address(agent)}.md`);
    const inPlace = await request.get(address(agent), { headers: { accept: "text/markdown" } });
    expect(byAddress.headers()["content-type"]).toBe("text/markdown; charset=utf-8");
    expect(await inPlace.text()).toBe(await byAddress.text());
    const face = markdownFace(await byAddress.text());
    const markdown = [...segments(face), ...face.links].join(" ").replace(/\s+/g, " ");
    expect(lacks(markdown, agent), "Markdown").toEqual([]);
    // Documents and samples are the same code blocks.
    const shown = await page.getByRole("main").locator("pre").allTextContents();
    const code = (blocks: string[]) => blocks.map((block) => block.trimEnd());
    expect(code(face.code)).toEqual(code(shown));
    const answer = await request.get(`${address(agent)}.json`);
    expect(answer.headers()["content-type"]).toBe("application/json");
    const json = await answer.json();
    expect(json).toMatchObject({
      agentId: agent.agentId,
      did: agent.did,
      url: ORIGIN + address(agent),
      publisher: { slug: agent.publisher.slug, url: `${ORIGIN}/marketplace/publishers/${agent.publisher.slug}` },
      moderation: "visible",
      publisherSays: {
        name: agent.name, displayName: agent.publisher.displayName, description: agent.description, agentType: agent.agentType, version: agent.version,
        capabilities: agent.capabilities, tags: agent.tags, owner: agent.owner, deploymentEnv: agent.deploymentEnv,
      },
      didDocument: agent.didDocument,
      agentCard: agent.agentCard,
      links: { didDocument: agent.links.didDocument, agentCard: agent.links.agentCard },
    });
    for (const time of ["createdAt", "publishedAt", "updatedAt"] as const) expect(Date.parse(json[time]), time).toBe(Date.parse(agent[time]));
    const claims = (list: Detail["claims"]) => list.map(({ kind, target, method, result, checkedAt, expiresAt, evidenceUrl }) =>
      ({ kind, target, method, result, checkedAt: Date.parse(checkedAt), expiresAt: Date.parse(expiresAt), evidenceUrl }));
    expect(claims(json.checked)).toEqual(claims(agent.claims));
    expect(json.note).toMatch(/publisherSays.* are not verified/);
    // Similar agents are the same in all formats.
    const related = await page.getByRole("region", { name: "Similar agents" }).locator("h3 a:first-of-type").evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
    expect(json.related).toEqual(related);
    expect(face.links).toEqual(expect.arrayContaining(related));
  });
}

test("the HTML, Markdown and JSON of a list contain the same agents in the same order, the same count, and the same filter values", async ({ page, request }) => {
  for (const query of ["", "?q=documents", "?checked=domain&capability=documents%3Aread", "?q=qqqqxxxx"]) {
    await page.goto(`/marketplace${query}`);
    const links = await page.locator(".agents").getByRole("heading").locator("a:first-of-type").evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
    const said = (await page.getByRole("main").getByRole("status").textContent())!;
    const choices = await page.locator(".facets label:has(.count)").evaluateAll((labels) => labels.map((label) => {
      const input = label.querySelector("input")!;
      return [input.name, input.value, Number(label.querySelector(".count")!.textContent)] as const;
    }));
    const json = await (await request.get(`/marketplace.json${query}`)).json();
    expect(json.agents.map(({ url }: { url: string }) => url), query).toEqual(links);
    expect(said.startsWith(json.total === 0 ? "No agents" : `${json.total} agent`), `${said} ${json.total}`).toBe(true);
    for (const [name, value, count] of choices.filter(([, , count]) => count > 0)) {
      expect(json.facets[name].find((facet: { value: string }) => facet.value === value)?.count, `${name}=${value}`).toBe(count);
    }
    const face = markdownFace(await (await request.get(`/marketplace.md${query}`)).text());
    const named = face.links.filter((link) => /\/marketplace\/[0-9a-f-]{36}$/.test(link));
    expect(named, query).toEqual(links);
    expect(face.texts, query).toContain(said);
    for (const [, value, count] of choices) {
      expect(face.texts.some((text) => text.toLowerCase().includes(value) && text.includes(`${count}`)), `${value} ${count} in Markdown`).toBe(true);
    }
  }
});

/** ETags of responses, by URL. */
const tags = async (request: APIRequestContext, addresses: string[]) =>
  Object.fromEntries(await Promise.all(addresses.map(async (one) => {
    const answer = await request.get(one, { headers: { accept: BROWSERS[0] } });
    expect(answer.status(), one).toBe(200);
    return [one, answer.headers().etag];
  })));

test("unknown, empty, default and repeated parameters, and another parameter order, return a page with the same ETag", async ({ request }) => {
  const agent = await demo(FULL);
  for (const [one, others] of Object.entries({
    "/marketplace": ["?utm_source=1", "?q=", "?page=1", "?sort=recent", "?limit=100", "?Q=x&CHECKED=domain", "?cursor=x&facets=all", "?checked=&capability="],
    "/marketplace?q=contracts+and&checked=domain&checked=key&capability=a%3Ab&capability=b%3Ac": [
      "?capability=b:c&capability=a:b&checked=key&checked=domain&q=contracts+and", "?checked=domain,key&q=Contracts%20%20AND&capability=a:b&capability=b:c&capability=a:b",
      "?q=contracts+and&sort=relevance&checked=key,domain&capability=a:b&capability=b:c&gclid=1&page=1",
    ],
    "/marketplace?page=2": ["?page=2&utm_campaign=x", "?page=02", "?sort=recent&page=2"],
    [address(agent)]: ["?utm_source=1", "?page=7&q=x", "?"],
    [`${address(agent)}/check`]: ["?utm_source=1", "?q=x"],
    "/marketplace/publishers/northquay-freight": ["?utm_source=1", "?page=1&sort=name", "?q=x&checked=key"],
  })) {
    const plain = one.split("?")[0];
    const found = await tags(request, [one, ...others.map((query) => plain + query)]);
    expect(found[one]).toMatch(/^"[^"]+"$/);
    for (const [other, tag] of Object.entries(found)) expect(tag, other).toBe(found[one]);
  }
});

test("a .json URL returns errors as JSON, even with a browser's Accept header", async ({ request }) => {
  const gone = "01a22184-cbdb-7029-b54c-69692fc73500";
  const json = await request.get(`/marketplace/${gone}.json`, { headers: { accept: BROWSERS[0] } });
  expect([json.status(), json.headers()["content-type"]]).toEqual([404, "application/problem+json"]);
  expect(await json.json()).toEqual({ title: "Not Found", status: 404, detail: expect.stringContaining("page not found") });
});
