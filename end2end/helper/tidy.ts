// What is new at each start of an API, written as if it were not, so that what a page says can be kept in a file.
import type { Page } from "@playwright/test";

/** Identifiers, ports, times and the names of keys, in texts and in addresses of links. */
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
