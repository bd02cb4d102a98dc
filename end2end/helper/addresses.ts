// Origins, URLs of pages, and a free port.
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { API_PORT, PORT } from "../playwright.config.js";

export const ORIGIN = `http://localhost:${PORT}`;
/** The API with the demo data, which is never modified. */
export const API = `http://localhost:${API_PORT}`;

/** `Accept` headers that browsers send for a page: Chromium, Firefox, Safari. */
export const BROWSERS = [
  "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
  "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "text/html,application/xhtml+xml,application/xml;q=0.9,image/png,image/svg+xml,*/*;q=0.8",
];

/** URL of a page's Markdown form. */
export const twin = (page: string) => (page === "/" ? "/index.md" : `${page}.md`);

/** All URLs of a sitemap, without their origin. */
export const located = (sitemap: string) => [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => new URL(address).pathname);

/** A free port. */
export const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
