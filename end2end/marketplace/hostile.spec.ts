// Hostile text in every field and parameter, in a real browser with the Content-Security-Policy: it is displayed as text
// and has no other effect.
import { test as base, type Page } from "@playwright/test";
import { fromMarkdown } from "mdast-util-from-markdown";
import { type Besieger, besieged, listen, plain, wrong } from "../helper/besieged.js";
import { HOSTILE } from "../helper/hostile.js";
import { type Market, expect } from "../helper/market.js";

type Siege = { market: Market; besiegers: Besieger[] };

const test = base.extend<{ heard: string[] }, { siege: Siege }>({
  siege: [
    async ({}, use) => {
      const siege = await besieged();
      await use(siege);
      await siege.market.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  /** Reports all recorded effects at the end of a test, and all console messages except a document's own status. */
  heard: [
    async ({ page, siege: { market } }, use) => {
      const heard = await listen(page, [market.origin, market.proxy.origin]);
      page.on("console", (message) => { if (!/responded with a status of (4\d\d)/.test(message.text())) heard.push(`${message.type()}: ${message.text()}`); });
      page.on("pageerror", (error) => heard.push(`error: ${error.message}`));
      await use(heard);
      expect(heard).toEqual([]);
    },
    { auto: true },
  ],
});
// Hundreds of pages of one marketplace, requested sequentially.
test.describe.configure({ mode: "default", timeout: 240_000 });
test.use({ viewport: { width: 390, height: 844 } });

const titled = (page: Page, text: string) => expect(page.locator("h1"), text).toHaveText(plain(text));

test("the checks of this file detect hostile text that is inserted into a page as markup", async ({ page, heard, siege: { market } }) => {
  await page.route(`${market.origin}/docs`, async (route) => {
    const response = await route.fetch();
    const text = HOSTILE.filter(({ isFirst, kind }) => isFirst && kind !== "long").map(({ text }) => text).join("</textarea></style></title>--></svg>");
    await route.fulfill({ response, body: (await response.text()).replace(/(<h1[^>]*>)/, `$1${text}`) });
  });
  await page.goto(`${market.origin}/docs`);
  expect((await wrong(page, "all")).length).toBeGreaterThan(10);
  const told = heard.splice(0).join("\n");
  for (const what of ["script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr", "a request: http://evil.example/"]) expect(told).toContain(what);
});

test("the agent page displays hostile text as text in its title, structured data, documents and samples", async ({ page, siege: { market, besiegers } }) => {
  const found: string[] = [];
  for (const { text, agent, displayName } of besiegers) {
    await page.goto(`${market.origin}/marketplace/${agent.agentId}`);
    found.push(...await wrong(page, text));
    await titled(page, agent.name);
    expect(plain(await page.title()), text).toBe(plain(`${agent.name} by ${displayName} · SentryAgent`));
    const shown = page.getByRole("region", { name: "Publisher’s description" });
    if (agent.description) expect(plain((await shown.locator("blockquote").textContent())!), text).toBe(plain(agent.description as string));
    const data = JSON.parse((await page.locator("script[type='application/ld+json']").textContent())!);
    expect(data["@graph"][0], text).toMatchObject({ "@type": "SoftwareApplication", name: plain(agent.name), publisher: { name: plain(displayName) } });
    for (const document of await page.locator("section:has(#agent--documents) pre").allTextContents()) JSON.parse(document);
  }
  expect(found).toEqual([]);
});

test("publisher pages, verification pages and the site search display the first four hostile texts of each kind as text", async ({ page, siege: { market, besiegers } }) => {
  const found: string[] = [];
  for (const { publisher, displayName, agent, text } of besiegers.filter(({ isFirst }) => isFirst)) {
    await page.goto(`${market.origin}/marketplace/publishers/${publisher.slug}`);
    found.push(...await wrong(page, text));
    await titled(page, displayName);
    await page.goto(`${market.origin}/marketplace/${agent.agentId}/check`);
    await titled(page, `Verify documents: ${agent.name}`);
    // Hostile names don't prevent the verification of documents.
    await page.getByRole("button", { name: "Verify in this browser" }).click();
    await expect(page.locator("#check--run [role=status]"), text).toHaveText("5 of 5 steps passed.");
    await expect(page.locator("section:has(#check--server) li.failed"), text).toHaveCount(0);
    found.push(...await wrong(page, text));
    await page.goto(`${market.origin}/search?q=${encodeURIComponent(text)}`);
    found.push(...await wrong(page, text));
  }
  expect(found).toEqual([]);
});

test("the list displays hostile text as text on every page, loaded in place, and its pages contain every agent", async ({ page, siege: { market, besiegers } }) => {
  const found: string[] = [];
  const names: string[] = [];
  await page.goto(`${market.origin}/marketplace`);
  const { totalCount } = await market.registry.sure("GET", "/marketplace/agents?limit=1");
  for (let number = 1; number <= Math.ceil(totalCount / 20); number += 1) {
    if (number > 1) await page.getByRole("link", { name: "Next", exact: true }).click();
    await expect(page.getByRole("navigation", { name: "Results pages" })).toContainText(`Page ${number} of`);
    found.push(...await wrong(page, `page ${number}`));
    names.push(...await page.locator(".agents h2 a:first-of-type").allTextContents());
  }
  expect(found).toEqual([]);
  expect(names).toHaveLength(totalCount);
  const shown = new Set(names.map(plain));
  expect(besiegers.filter(({ agent }) => !shown.has(plain(agent.name)))).toEqual([]);
});

test("the search dialog displays hostile text as text, both in results and in queries", async ({ page, siege: { market, besiegers } }) => {
  await page.goto(`${market.origin}/docs`);
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog", { name: "Search" });
  const field = dialog.getByRole("combobox");
  const ask = async (words: string) => {
    const answer = page.waitForResponse((response) => new URL(response.url()).searchParams.get("q") === words);
    await field.fill(words);
    expect((await answer).status(), words).toBe(200);
  };
  for (const { text, tag, agent } of besiegers) {
    // On a busy machine, the API may exceed the portal's time limit, and the dialog shows pages of the docs only.
    await expect(async () => {
      await field.fill("");
      await ask(tag);
      const name = dialog.locator(`a[href="/marketplace/${agent.agentId}"] strong`);
      await expect(name, text).toHaveText(plain(agent.name), { timeout: 2_000 });
    }).toPass();
  }
  expect(await wrong(page, "all")).toEqual([]);
  for (const { text } of HOSTILE.filter(({ isFirst }) => isFirst)) {
    // A single-line field removes line breaks and accepts 200 characters.
    await ask(text.replace(/[\r\n]/g, "").slice(0, 200));
    expect(await wrong(page, text)).toEqual([]);
  }
});

test("hostile text in every query parameter of the list is displayed as text", async ({ page, siege: { market } }) => {
  const found: string[] = [];
  for (const { text } of HOSTILE) {
    const query = new URLSearchParams(["q", "checked", "capability", "agentType", "publisher", "sort", "page", "utm_source", text].map((name) => [name, text]));
    const response = (await page.goto(`${market.origin}/marketplace?${query}`))!;
    found.push(...await wrong(page, text));
    // Longer query strings than 4 KB are refused.
    const isLong = String(query).length > 4096;
    expect(response.status(), text).toBe(isLong ? 414 : 200);
    if (isLong) continue;
    await expect(page.getByRole("searchbox", { name: "Search agents" }), text).toHaveValue([...plain(text).toLowerCase()].slice(0, 200).join("").trim());
  }
  expect(found).toEqual([]);
});

test("hostile text in the path of an agent or publisher is displayed as text", async ({ page, siege: { market } }) => {
  const found: string[] = [];
  for (const { text } of HOSTILE.filter(({ isFirst, text }) => isFirst && text.length < 200)) {
    for (const path of ["/marketplace/", "/marketplace/publishers/"]) {
      const response = await page.goto(`${market.origin}${path}${encodeURIComponent(text)}`);
      expect([200, 400, 404], text).toContain(response!.status());
      found.push(...await wrong(page, text));
    }
  }
  expect(found).toEqual([]);
});

test("hostile text in a rejected report form is displayed as text and kept in the field", async ({ page, siege: { market, besiegers } }) => {
  const { agent } = besiegers[0];
  const found: string[] = [];
  await page.goto(`${market.origin}/marketplace/${agent.agentId}/report`);
  // Batches that fit into a report.
  const parts: string[] = ["All of it:"];
  for (const { text } of HOSTILE.filter(({ kind }) => kind !== "unseen")) {
    if (parts.at(-1)!.length + text.length > 900) parts.push("All of it:");
    parts.push(`${parts.pop()}\n${text.replace(/\r/g, "")}`);
  }
  for (const text of parts) {
    await page.locator("form.report-form").evaluate((form: HTMLFormElement) => { form.noValidate = true; });
    const field = page.getByRole("textbox", { name: "Details for the operators" });
    await field.fill(text);
    await page.getByRole("button", { name: "Send report" }).click();
    await expect(page.getByRole("alert")).toHaveText("Choose a reason.");
    await expect(field).toHaveValue(text);
    found.push(...await wrong(page, text));
  }
  expect(found).toEqual([]);
});

test("hostile text adds no markup, links or headings to the Markdown of an agent, and is a string in the JSON", async ({ siege: { market, besiegers } }) => {
  type Node = { type: string; url?: string; depth?: number; children?: Node[]; value?: string };
  const all = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(all)];
  const headings = new Set<number>();
  for (const { text, agent, displayName } of besiegers) {
    const markdown = await (await fetch(`${market.origin}/marketplace/${agent.agentId}.md`)).text();
    expect(markdown, text).toMatch(/^---\ntitle: "[^\n]*"\ncanonical: "[^"\n]*"\n---\n\n> All pages/);
    const nodes = all(fromMarkdown(markdown.replace(/^---\n[\s\S]*?\n---\n/, "")) as Node);
    expect(nodes.filter(({ type }) => ["html", "image", "definition", "imageReference", "linkReference"].includes(type)), text).toEqual([]);
    const links = nodes.filter(({ type }) => type === "link").map(({ url }) => url!);
    expect(links.filter((link) => ![market.origin, market.proxy.origin].some((origin) => link.startsWith(`${origin}/`))), text).toEqual([]);
    headings.add(nodes.filter(({ type, depth }) => type === "heading" && depth! <= 2).length);
    expect(markdown, text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u200b\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u);
    const answer = await fetch(`${market.origin}/marketplace/${agent.agentId}.json`);
    expect([answer.headers.get("content-type"), answer.headers.get("x-content-type-options")], text).toEqual(["application/json", "nosniff"]);
    const json = await answer.json();
    expect(json.publisherSays, text).toMatchObject({ name: plain(agent.name), displayName: plain(displayName), description: plain(agent.description as string) });
  }
  expect([...headings], "distinct numbers of level 1 and 2 headings per page").toHaveLength(1);
});

test("the home page displays hostile text as text in the newest verified agents", async ({ page, siege: { market } }) => {
  const texts = ["<img src=x onerror=alert(20)>", "\"><script>alert(90)</script>", "</script><script>alert(2)</script>", "{{constructor.constructor('alert(101)')()}}"];
  const publisher = await market.registry.publisher();
  for (const text of texts) await publisher.publishWithKey({ name: text, description: text, owner: text });
  await market.proxy.heard();
  const newest = page.getByRole("region", { name: "Newest verified agents" });
  const names = async () => {
    await page.goto(`${market.origin}/`);
    return (await newest.locator("h3 a:first-of-type").allTextContents()).reverse();
  };
  await expect.poll(names, { intervals: [100], timeout: 15_000 }).toEqual(texts);
  expect(await wrong(page, "home")).toEqual([]);
});
