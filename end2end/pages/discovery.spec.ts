// Documents for agents, search engines and security researchers. Every URL in them exists.
import { markdownFace } from "../helper/faces.js";
import { ORIGIN, located, twin } from "../helper/addresses.js";
import { ask, everyPage, forEach, sharedPages } from "../helper/site.js";
import { expect, test } from "../helper/test.js";

const path = (address: string) => address.slice(ORIGIN.length);

test("llms.txt has fewer than 50,000 characters, links the Markdown of at least 95% of the pages in the sitemap, and every link in it returns 200", async ({ request }) => {
  const response = await request.get("/llms.txt");
  expect(response.headers()["content-type"]).toBe("text/plain; charset=utf-8");
  const text = await response.text();
  expect([...text].length).toBeLessThan(50_000);
  expect(text).toMatch(/^# \S.*\n\n> \S.*\n/);
  expect(text.match(/^# /gm)).toHaveLength(1);
  const { links, headings } = markdownFace(text);
  expect(headings.slice(1).every((heading) => heading.startsWith("2 "))).toBe(true);
  await forEach(links, async (link) => {
    expect(link).toMatch(/^http:\/\/localhost:\d+\/(.*\.md|(.*\/)?llms\.txt|llms-full\.txt)$/);
    const { status, headers } = await ask(link);
    expect(status, link).toBe(200);
    expect(headers["content-type"], link).toMatch(link.endsWith(".md") ? /^text\/markdown;/ : /^text\/plain;/);
  });
  const pages = located(await (await request.get("/sitemap.xml")).text());
  const left = pages.filter((page) => !links.includes(ORIGIN + twin(page)));
  expect(left.length / pages.length, `missing in llms.txt: ${left}`).toBeLessThanOrEqual(0.05);
});

test("each section's llms.txt links every page of the section, and llms-full.txt contains every page below the top level except the did:web tool", async ({ request }) => {
  const pages = located(await (await request.get("/sitemap.xml")).text());
  for (const section of ["/docs", "/quickstarts", "/changelog"]) {
    const { links } = markdownFace(await (await request.get(`${section}/llms.txt`)).text());
    const below = pages.filter((page) => page.startsWith(`${section}/`));
    expect(below.filter((page) => !links.includes(ORIGIN + twin(page))), section).toEqual([]);
  }
  const full = await (await request.get("/llms-full.txt")).text();
  const below = pages.filter((page) => /^\/[^/]+\/./.test(page) && page !== "/tools/did-web");
  expect(below.filter((page) => !full.includes(`\ncanonical: "${ORIGIN}${page}"\n`))).toEqual([]);
});

test("the sitemap is XML with unique canonical URLs that return HTML, and with a valid modification date for every text page", async ({ page, request }) => {
  const response = await request.get("/sitemap.xml");
  expect(response.headers()["content-type"]).toBe("application/xml; charset=utf-8");
  const xml = await response.text();
  const entries = await page.evaluate((xml) => {
    const { documentElement: set } = new DOMParser().parseFromString(xml, "application/xml");
    if (set.localName !== "urlset" || set.namespaceURI !== "http://www.sitemaps.org/schemas/sitemap/0.9") return [];
    return [...set.children].map((url) => [...url.children].map((child) => [child.localName, child.textContent!]));
  }, xml);
  expect(entries.length).toBeGreaterThan(30);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const seen = new Set<string>();
  for (const [[name, address], ...others] of entries) {
    expect(name).toBe("loc");
    expect(seen.has(address), `${address} is listed twice`).toBe(false);
    seen.add(address);
    const { status, headers, text } = await ask(address);
    expect([status, headers["content-type"]], address).toEqual([200, "text/html; charset=utf-8"]);
    expect(text, address).toContain(`<link rel="canonical" href="${address}">`);
    for (const [name, day] of others) {
      expect([name, day]).toEqual(["lastmod", expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]);
      expect(Number.isNaN(Date.parse(day)) || day > tomorrow, `${address} ${day}`).toBe(false);
    }
    const isWritten = /^\/(docs|quickstarts|changelog)\/./.test(path(address));
    if (isWritten) expect(others, address).toHaveLength(1);
  }
});

test("robots.txt references the sitemap and disallows no page", async ({ request }) => {
  const text = await (await request.get("/robots.txt")).text();
  expect(text).toMatch(/^User-agent: \*$/m);
  expect(text.match(/^Sitemap: (.*)$/m)?.[1]).toBe(`${ORIGIN}/sitemap.xml`);
  const closed = [...text.matchAll(/^Disallow: (\S+)$/gm)].map(([, prefix]) => prefix);
  const pages = await everyPage();
  expect(pages.filter((page) => closed.some((prefix) => page.startsWith(prefix)))).toEqual([]);
});

test("security.txt contains a contact, an expiry date in the future and its canonical URL", async ({ request }) => {
  const response = await request.get("/.well-known/security.txt");
  expect([response.status(), response.headers()["content-type"]]).toEqual([200, "text/plain; charset=utf-8"]);
  const text = await response.text();
  const field = (name: string) => [...text.matchAll(new RegExp(`^${name}: (.+)$`, "gim"))].map(([, value]) => value);
  expect(field("Contact").length).toBeGreaterThan(0);
  for (const contact of field("Contact")) expect(contact).toMatch(/^(mailto:|https:|tel:)/);
  expect(field("Expires")).toHaveLength(1);
  expect(Date.parse(field("Expires")[0])).toBeGreaterThan(Date.now());
  expect(field("Canonical")).toEqual([`${ORIGIN}/.well-known/security.txt`]);
});

test("an unknown URL below /.well-known/ returns 404 whatever the Accept header", async ({ request }) => {
  for (const address of ["/.well-known/unknown", "/.well-known/", "/.well-known/agent.json", "/.well-known/oauth-authorization-server"]) {
    for (const accept of ["*/*", "application/json", "text/markdown", "text/html"]) {
      expect((await request.get(address, { headers: { accept }, maxRedirects: 0 })).status(), `${address} ${accept}`).toBe(404);
    }
  }
});

test("every page's head contains structured data with breadcrumbs, a link to the page's Markdown and a link to a list of pages", async ({ page }) => {
  const types = new Map<string, Promise<string>>();
  const typeOf = (address: string) => types.get(address) ?? types.set(address, ask(address).then(({ headers }) => headers["content-type"])).get(address)!;
  const answers = new Map<string, Promise<number>>();
  const statusOf = (address: string) => answers.get(address) ?? answers.set(address, ask(address).then(({ status }) => status)).get(address)!;
  await forEach(await sharedPages(), async ([address, { text }]) => {
    const head = await page.evaluate((html) => {
      const { head } = new DOMParser().parseFromString(html, "text/html");
      const links = (selector: string) => [...head.querySelectorAll(selector)].map((link) => link.getAttribute("href")!);
      return {
        data: [...head.querySelectorAll("script[type='application/ld+json']")].map((script) => script.textContent!),
        markdown: links("link[rel=alternate][type='text/markdown']"),
        list: links("link[rel=describedby]"),
        description: head.querySelector("meta[name=description]")?.getAttribute("content"),
      };
    }, text);
    expect(head.markdown, address).toEqual([twin(address)]);
    expect(await typeOf(head.markdown[0]), address).toBe("text/markdown; charset=utf-8");
    expect(head.list, address).toHaveLength(1);
    expect(await typeOf(head.list[0]), address).toBe("text/plain; charset=utf-8");
    expect(head.data, address).toHaveLength(1);
    const { "@context": context, "@graph": graph } = JSON.parse(head.data[0]);
    expect(context).toBe("https://schema.org");
    const isList = address === "/marketplace";
    const [article, way] = [isList ? "CollectionPage" : "TechArticle", "BreadcrumbList"].map((type) => graph.find((node: Record<string, unknown>) => node["@type"] === type));
    expect(article, address).toMatchObject({ url: ORIGIN + address, description: head.description });
    expect(isList ? article.name : article.headline, address).toBeTruthy();
    if (article.dateModified) expect(article.dateModified, address).toMatch(/^\d{4}-\d\d-\d\d$/);
    const steps: { position: number; name: string; item: string }[] = way.itemListElement;
    expect(steps.map(({ position }) => position), address).toEqual(steps.map((_, index) => index + 1));
    expect([steps[0].item, steps.at(-1)!.item], address).toEqual([`${ORIGIN}/`, ORIGIN + address]);
    for (const { item, name } of steps) {
      expect(name, address).toBeTruthy();
      expect(await statusOf(item), `${address}: ${item}`).toBe(200);
    }
  });
});
