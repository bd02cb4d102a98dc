// All addresses of the site, found as a reader would: by following links.
import type { APIRequestContext } from "@playwright/test";

export async function crawl(request: APIRequestContext, start: string): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  const waiting = [start];
  const seen = new Set(waiting);
  while (waiting.length) {
    const path = waiting.pop()!;
    const response = await request.get(path);
    if (response.status() !== 200) throw new Error(`${path} answers ${response.status()}`);
    if (!response.headers()["content-type"].startsWith("text/html")) continue;
    const html = await response.text();
    pages.set(path, html);
    for (const [, href] of html.matchAll(/<a\b[^>]*?\shref="([^"]+)"/g)) {
      const target = href.replaceAll("&amp;", "&").split("#")[0];
      if (target.startsWith("/") && !seen.has(target)) {
        seen.add(target);
        waiting.push(target);
      }
    }
  }
  return pages;
}
