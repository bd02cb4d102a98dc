// Markdown responses: clients, URLs and content. Caches must not mix up both forms: pages/cdn.spec.ts.
import { BROWSERS, ORIGIN, twin } from "../helper/addresses.js";
import { markdownFace } from "../helper/faces.js";
import { ask, everyPage, forEach, sharedPages } from "../helper/site.js";
import { expect, test } from "../helper/test.js";

const MARKDOWN = { accept: "text/markdown" };
const HTML = { accept: BROWSERS[0] };
const varies = (headers: Record<string, string>) => (headers.vary ?? "").toLowerCase().split(/\s*,\s*/).includes("accept");

test("every page has cacheable Markdown at its own .md URL, with its own ETag, a Vary header and a token count", async () => {
  await forEach(await everyPage(), async (address) => {
    const html = await ask(address, HTML);
    const markdown = await ask(twin(address), HTML);
    const headers = markdown.headers;
    expect(markdown.status, address).toBe(200);
    expect(headers["content-type"], address).toBe("text/markdown; charset=utf-8");
    expect(varies(headers), `${address} ${headers.vary}`).toBe(true);
    expect(varies(html.headers), address).toBe(true);
    expect(headers.etag, address).toMatch(/^"[^"]+"$/);
    expect(headers.etag, address).not.toBe(html.headers.etag);
    expect(headers["cache-control"], address).toContain("public");
    const characters = [...markdown.text].length;
    expect(Number(headers["x-markdown-tokens"]) / (characters / 4), address).toBeCloseTo(1, 1);
  });
});

test("a request with the ETag of the Markdown returns 304, and the ETags of HTML and Markdown are not interchangeable", async () => {
  await forEach(await everyPage(), async (address) => {
    const [{ etag }, html] = [(await ask(twin(address))).headers, (await ask(address, HTML)).headers];
    const own = await ask(twin(address), { "if-none-match": etag });
    expect(own.status, address).toBe(304);
    expect(varies(own.headers), address).toBe(true);
    expect(own.headers["x-markdown-tokens"], "a 304 response has no token count").toBeUndefined();
    const inPlace = await ask(address, { ...MARKDOWN, "if-none-match": etag });
    expect(inPlace.status, address).toBe(304);
    expect(varies(inPlace.headers), address).toBe(true);
    expect(inPlace.headers["cache-control"], address).toBe("private, no-store");
    const other = await ask(address, { ...MARKDOWN, "if-none-match": html.etag });
    expect([other.status, other.headers["content-type"]], address).toEqual([200, "text/markdown; charset=utf-8"]);
    const back = await ask(address, { ...HTML, "if-none-match": etag });
    expect([back.status, back.headers["content-type"]], address).toEqual([200, "text/html; charset=utf-8"]);
  });
});

test("Markdown at a page's HTML URL references the .md URL in Content-Location, equals its text and forbids caching", async () => {
  await forEach(await everyPage(), async (address) => {
    for (const method of ["GET", "HEAD"] as const) {
      const response = await ask(address, MARKDOWN, method);
      const headers = response.headers;
      expect(response.status, address).toBe(200);
      expect(headers["content-type"], address).toBe("text/markdown; charset=utf-8");
      expect(headers["cache-control"], address).toBe("private, no-store");
      expect(headers["content-location"], address).toBe(twin(address));
      expect(varies(headers), address).toBe(true);
    }
    const [here, there] = [await ask(address, MARKDOWN), await ask(twin(address))];
    expect(here.text, address).toBe(there.text);
  });
});

test("a request gets Markdown if its Accept header names text/markdown with at least the weight of HTML, and otherwise HTML", async () => {
  const expected: [string, string][] = [
    ...[...BROWSERS, "*/*", "text/*", "text/html, */*;q=0.1", "text/markdown;q=0", "text/markdown;q=0.9, text/html"].map((accept): [string, string] => [accept, "html"]),
    ...["text/markdown", "text/html, text/markdown", "text/markdown, text/html;q=0.9, */*;q=0.1", "TEXT/MARKDOWN;q=0.5, */*;q=0.2"].map((accept): [string, string] => [accept, "markdown"]),
  ];
  await forEach(await everyPage(), async (address) => {
    for (const [accept, form] of expected) {
      const headers = (await ask(address, { accept, "user-agent": "GPTBot/1.2" })).headers;
      expect(headers["content-type"], `${address} for ${accept}`).toBe(`text/${form}; charset=utf-8`);
      // Other responses at the HTML's URL may be stored; only the Markdown may not.
      expect(headers["cache-control"].includes("no-store"), `${address} for ${accept}`).toBe(form === "markdown");
    }
  });
});

test("an unknown URL returns an uncached 404, as Markdown for text/markdown and as HTML for browsers, and the Markdown links a similar page", async () => {
  for (const address of ["/nothing", "/docs/concepts/didz", "/docs/nothing.md", "/index", "/docs.md/x"]) {
    const markdown = await ask(address, MARKDOWN);
    expect([markdown.status, markdown.headers["content-type"]], address).toEqual([404, "text/markdown; charset=utf-8"]);
    const html = await ask(address, HTML);
    expect([html.status, html.headers["content-type"]], address).toEqual([404, "text/html; charset=utf-8"]);
    for (const { headers } of [{ headers: markdown.headers }, { headers: html.headers }]) {
      expect(varies(headers), address).toBe(true);
      expect(headers["cache-control"], address).toBe("no-store");
    }
    expect(markdown.text, address).toContain("\n# Page not found\n");
  }
  const near = await ask("/docs/concepts/didz", MARKDOWN);
  expect(markdownFace(near.text).links).toContain(`${ORIGIN}/docs/concepts/dids`);
});

test("the Markdown of every page begins with the title and the canonical URL, followed by a link to llms.txt", async () => {
  await forEach(await sharedPages(), async ([address, { text: html }]) => {
    const markdown = (await ask(twin(address))).text;
    const [, front, listed] = /^---\n([\s\S]*?)\n---\n\n> All pages as Markdown: (\S+)\n/.exec(markdown) ?? [];
    expect(front, address).toBeDefined();
    expect(listed, address).toBe(`${ORIGIN}/llms.txt`);
    const fields = Object.fromEntries(front.split("\n").map((line) => [line.split(": ")[0], JSON.parse(line.slice(line.indexOf(": ") + 2))]));
    expect(Object.keys(fields).slice(0, 2), address).toEqual(["title", "canonical"]);
    expect(fields.title, address).toBe(unescaped(/<title>([^<]+) · SentryAgent<\/title>/.exec(html)![1]));
    expect(fields.canonical, address).toBe(`${ORIGIN}${address}`);
    expect(fields.canonical, address).toBe(/<link rel="canonical" href="([^"]+)"/.exec(html)![1]);
    // A release shows its own date, not that of the file.
    if (fields.updated && !address.startsWith("/changelog/")) expect(html, address).toContain(`<time datetime="${fields.updated}">`);
  });
});

test("the Markdown of every page has at most 50,000 characters, 20,000 for a quickstart, and begins with the h1 and the lead", async () => {
  await forEach(await sharedPages(), async ([address, { text: html }]) => {
    const markdown = (await ask(twin(address))).text;
    const longest = address.startsWith("/quickstarts/") ? 20_000 : 50_000;
    expect([...markdown].length, address).toBeLessThanOrEqual(longest);
    const first = markdownFace([...markdown].slice(0, 5000).join(""));
    expect(first.headings[0], address).toBe(`1 ${unescaped(/<h1>([^<]+)<\/h1>/.exec(html)![1])}`);
    const lead = /<p class="lead">([^<]+)<\/p>/.exec(html)?.[1];
    if (lead) expect(first.texts[0], address).toBe(unescaped(lead));
    else expect(address, "every page except the search page has a lead").toBe("/search");
  });
});

test("every link in the Markdown of every page is absolute, and every internal link points to an existing page and element ID", async () => {
  const targets = new Map<string, string>();
  const relative: string[] = [];
  await forEach(await everyPage(), async (address) => {
    for (const link of markdownFace((await ask(twin(address))).text).links) {
      if (!/^(https?|mailto):/.test(link)) relative.push(`${address}: ${link}`);
      else if (link.startsWith(ORIGIN)) targets.set(link, address);
    }
  });
  expect(relative).toEqual([]);
  expect(targets.size).toBeGreaterThan(50);
  const broken: string[] = [];
  await forEach(targets, async ([target, address]) => {
    const [path, id] = target.split("#");
    const response = await ask(path, HTML);
    const isThere = response.status === 200 && (!id || response.text.includes(`id="${decodeURIComponent(id)}"`));
    if (!isThere) broken.push(`${address}: ${target}`);
  });
  expect(broken).toEqual([]);
});

const unescaped = (html: string) =>
  html.replace(/&(lt|gt|quot|#x27|#39|amp);/g, (_, name: string) => ({ lt: "<", gt: ">", quot: '"', "#x27": "'", "#39": "'", amp: "&" })[name]!);
