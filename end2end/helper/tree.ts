// Preparation of a page for the snapshot of its accessibility tree: values that differ between runs, long texts, and
// components with their own snapshot.
import type { Page } from "@playwright/test";

/** Replaces values that change with each start of an API: IDs, ports, times and key names, in texts and in URLs. */
export const tidy = (page: Page, within = "body") =>
  page.evaluate((within) => {
    const plain = (text: string) => text
      .replace(/localhost(:|%3A|%253A)\d+/g, "localhost$11")
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, "01993b6e-8123-7d11-8a2b-77c1d9a0be55")
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "2026-01-31 12:00 UTC")
      .replace(/\d{4}-\d\d-\d\d – (\d{4}-)?\d\d-\d\d/g, "2026-01-31 – 02-28")
      .replace(/\d{4}-\d\d-\d\d/g, "2026-01-31")
      .replace(/signed by key \S+/, "signed by key 1");
    for (const root of document.querySelectorAll(within)) {
      root.querySelectorAll("a").forEach((link) => link.setAttribute("href", plain(link.getAttribute("href")!)));
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) (walker.currentNode as Text).data = plain((walker.currentNode as Text).data);
    }
  }, within);

/** Shortens lists and replaces values that change with every text. The current page stays in the sidebar. */
export const cut = (page: Page) =>
  page.evaluate(() => {
    const keep = (selector: string, most: number) => document.querySelectorAll(selector).forEach((parent) => {
      [...parent.children].slice(most).filter((child) => !child.querySelector("[aria-current]")).forEach((child) => child.remove());
    });
    keep(".sidebar ul", 2);
    keep("[role=listbox] > [role=group]", 2);
    keep(".toc ol", 2);
    document.querySelectorAll(".facets fieldset").forEach((facet) => [...facet.querySelectorAll("label")].slice(3).forEach((label) => label.remove()));
    document.querySelectorAll<HTMLAnchorElement>(`a[href^="${location.origin}"]`).forEach((link) => link.setAttribute("href", link.pathname));
    document.querySelectorAll("time").forEach((time) => { time.textContent = "2026-01-31"; });
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode as Text;
      text.data = text.data.replace(/^\d+ min$/, "1 min").replace(/^(Top \d+ of )?\d+ results\b/, "9 results");
    }
  });

/** Empties the components with their own snapshot, and shortens authors' text, so that a tree changes only with the design. */
export const emptyComponents = (page: Page) =>
  page.evaluate(() => {
    const empty = (selector: string) => document.querySelectorAll(selector).forEach((component) => component.replaceChildren());
    const keep = (selector: string, most: number) => document.querySelectorAll(selector).forEach((parent) => [...parent.children].slice(most).forEach((child) => child.remove()));
    keep(".prose", 3);
    keep(".listing, .ledger, .agents, .prose > :is(ol, ul), .prose tbody", 2);
    keep(".results > ol, .results li > ul, .tabs", 1);
    document.querySelectorAll(".tabs pre").forEach((code) => { code.textContent = code.textContent!.split("\n")[0]; });
    empty("header.site-header, .site-footer, .sidebar, .toc, .facets, .agents > li, .steps-done > li");
    document.querySelectorAll(".feedback fieldset > :not(legend)").forEach((part) => part.remove());
  });

/** Replaces blocks with copies without the role and name of scrollable ones. The page's scripts do not update a copy. */
export const unscroll = (page: Page) =>
  page.evaluate(() => document.querySelectorAll("pre, .table-scroll").forEach((block) => {
    const copy = block.cloneNode(true) as Element;
    ["role", "aria-label", "tabindex"].forEach((name) => copy.removeAttribute(name));
    block.replaceWith(copy);
  }));
