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
  // Until a value is submitted, Markdown describes the request in place of the field. The label may be included.
  for (const { label, name } of shown.fields) {
    const asks = written.texts.filter((text) => text.includes(`?${name}=`));
    if (!wasAsked) expect(asks, `${address} describes the request with ${name}`).toHaveLength(1);
    written.texts = written.texts.filter((text) => text !== label && (wasAsked || text !== asks[0]));
  }
  const [ours, theirs] = [segments(shown), segments(written)];
  const [lost, added] = [missing(ours, theirs), missing(theirs, ours)];
  const code = (blocks: string[]) => blocks.map((block) => block.trimEnd());
  // Footnotes are where the author wrote them in Markdown, and at the end of the page in HTML.
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

test("every page except the marketplace list has the same headings, code and links and at least 99% of the text in common in HTML and Markdown", async ({ page }) => {
  // Facts of the marketplace are compared one by one: marketplace/forms.spec.ts.
  const pages = (await everyPage()).filter((address) => address !== "/marketplace");
  expect(pages.length).toBeGreaterThan(30);
  const different: unknown[] = [];
  await forEach(pages, async (address) => { different.push(...await difference(page, address)); });
  expect(different).toEqual([]);
});

for (const [what, address] of Object.entries({
  "a results page with results": "/search?q=audit%20trail",
  "a results page without results": "/search?q=qqqqxxxx",
  "the did:web tool with a valid DID": "/tools/did-web?did=did%3Aweb%3Aexample.com%3Aagents",
  "the did:web tool with an invalid DID": "/tools/did-web?did=did%3Aweb%3A127.0.0.1",
  "the 404 page with similar pages": "/docs/concepts/didz",
})) {
  test(`${what} has the same content in HTML and Markdown`, async ({ page }) => {
    expect(await difference(page, address)).toEqual([]);
  });
}
