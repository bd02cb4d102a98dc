// HTML and Markdown forms of a page have the same content.
import type { Page } from "@playwright/test";
import { BROWSERS, ORIGIN } from "../helper/addresses.js";
import { htmlFace, markdownFace, missing, segments } from "../helper/faces.js";
import { ask, everyPage, forEach } from "../helper/site.js";
import { expect, test } from "../helper/test.js";

/** Differences between the two forms at a URL; empty if there are none. */
async function difference(page: Page, address: string) {
  const get = async (accept: string) => (await ask(address, { accept })).text;
  const shown = await htmlFace(page, await get(BROWSERS[0]));
  const written = markdownFace(await get("text/markdown"));
  const wasAsked = address.includes("?");
  // For a field, Markdown describes the request, until a value is submitted; its label may be included.
  for (const { label, name } of shown.fields) {
    const asks = written.texts.filter((text) => text.includes(`?${name}=`));
    if (!wasAsked) expect(asks, `${address} says how to ask`).toHaveLength(1);
    written.texts = written.texts.filter((text) => text !== label && (wasAsked || text !== asks[0]));
  }
  const [ours, theirs] = [segments(shown), segments(written)];
  const [lost, added] = [missing(ours, theirs), missing(theirs, ours)];
  const code = (blocks: string[]) => blocks.map((block) => block.trimEnd());
  // Footnotes are where their authors wrote them in Markdown, and at the page's end in HTML.
  const links = (links: string[]) => links.map((link) => new URL(link, ORIGIN + address).href).sort();
  const alike = {
    headings: JSON.stringify(shown.headings) === JSON.stringify(written.headings),
    code: JSON.stringify(code(shown.code)) === JSON.stringify(code(written.code)),
    links: JSON.stringify(links(shown.links)) === JSON.stringify(links(written.links)),
    text: lost.length <= ours.length / 100 && added.length <= theirs.length / 100,
  };
  const isAlike = !Object.values(alike).includes(false);
  return isAlike ? [] : [{ address, ...alike, lost: lost.slice(0, 5), added: added.slice(0, 5) }];
}

test("a page says the same in HTML and in Markdown: headings, code and links, and at least 99 % of all text", async ({ page }) => {
  // Facts of the marketplace are compared one by one: marketplace/forms.spec.ts.
  const pages = (await everyPage()).filter((address) => address !== "/marketplace");
  expect(pages.length).toBeGreaterThan(30);
  const different: unknown[] = [];
  await forEach(pages, async (address) => { different.push(...await difference(page, address)); });
  expect(different).toEqual([]);
});

for (const [what, address] of Object.entries({
  "what a search found": "/search?q=audit%20trail",
  "that a search found nothing": "/search?q=qqqqxxxx",
  "where a DID's document is": "/tools/did-web?did=did%3Aweb%3Aexample.com%3Aagents",
  "what is wrong with a DID": "/tools/did-web?did=did%3Aweb%3A127.0.0.1",
  "that there is no page, and what is near": "/docs/concepts/didz",
})) {
  test(`Markdown says as HTML does ${what}`, async ({ page }) => {
    expect(await difference(page, address)).toEqual([]);
  });
}
