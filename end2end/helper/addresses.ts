// Which pages there are, and a port that is free.
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import type { APIRequestContext } from "@playwright/test";
import { API_PORT, PORT } from "../playwright.config.js";

export const ORIGIN = `http://localhost:${PORT}`;
/** The API with the demo data, which nothing changes. */
export const API = `http://localhost:${API_PORT}`;

/** What browsers send for a page: Chromium, Firefox, Safari. */
export const BROWSERS = [
  "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
  "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "text/html,application/xhtml+xml,application/xml;q=0.9,image/png,image/svg+xml,*/*;q=0.8",
];

/** Where a page's Markdown form is. */
export const twin = (page: string) => (page === "/" ? "/index.md" : `${page}.md`);

/** Every address that a sitemap names, without its origin. */
export const located = (sitemap: string) => [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => new URL(address).pathname);

/** Pages that are each reader's own, made anew each time: tests of sign-up open them. */
const OWN = new Set(["/get-started", "/recover", "/account", "/status"]);

/** Every page that all readers share: those that were ever published and did not move, and those that the sitemap names. */
export async function everyPage(request: APIRequestContext): Promise<string[]> {
  const published = readFileSync("../content/addresses.txt", "utf8").split("\n").filter((line) => line.startsWith("/"));
  const sitemap = located(await (await request.get("/sitemap.xml")).text());
  const pages: string[] = [];
  for (const address of new Set([...published, ...sitemap])) {
    if (OWN.has(address)) continue;
    const response = await request.get(address, { maxRedirects: 0, headers: { accept: BROWSERS[0] } });
    if (response.headers()["content-type"]?.startsWith("text/html") && response.status() === 200) pages.push(address);
    else if (response.status() >= 400) throw new Error(`${address} answers ${response.status()}`);
  }
  return pages;
}

/** A port that nothing listens on now. */
export const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
