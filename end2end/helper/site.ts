// The site over HTTP, without a browser. Each worker fetches the pages once; all tests of the worker share them.
import { readFileSync } from "node:fs";
import { BROWSERS, ORIGIN, located } from "./addresses.js";

/** Concurrent requests. */
const AT_ONCE = 8;

/** Pages specific to a reader, rendered on each request: tests of sign-up cover them. */
const OWN = new Set(["/get-started", "/recover", "/account", "/status"]);

export type Answer = { status: number; headers: Record<string, string>; text: string };

/** Sends a request to the shared portal. Redirects are not followed. */
export async function ask(address: string, headers: Record<string, string> = {}, method: "GET" | "HEAD" = "GET"): Promise<Answer> {
  const response = await fetch(new URL(address, ORIGIN), { method, headers, redirect: "manual" });
  return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
}

/** Runs a task for each item, several at a time. */
export async function forEach<T>(items: Iterable<T>, task: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const work = async () => {
    while (left.length) await task(left.shift()!);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

let shared: Promise<Map<string, Answer>> | undefined;
let linked: Promise<Map<string, string>> | undefined;

/** All shared pages, as a browser gets them: published pages that were not moved, and those in the sitemap. */
async function readShared(): Promise<Map<string, Answer>> {
  const published = readFileSync("../content/addresses.txt", "utf8").split("\n").filter((line) => line.startsWith("/"));
  const addresses = new Set([...published, ...located((await ask("/sitemap.xml")).text)].filter((address) => !OWN.has(address)));
  const answers = new Map<string, Answer>();
  await forEach(addresses, async (address) => {
    const answer = await ask(address, { accept: BROWSERS[0] });
    if (answer.headers["content-type"]?.startsWith("text/html") && answer.status === 200) answers.set(address, answer);
    else if (answer.status >= 400) throw new Error(`${address} answers ${answer.status}`);
  });
  return new Map([...addresses].filter((address) => answers.has(address)).map((address) => [address, answers.get(address)!]));
}

/** Follows the links of pages, like a reader. */
async function readLinked(): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  const seen = new Set(["/"]);
  for (let level = ["/"]; level.length;) {
    const next: string[] = [];
    await forEach(level, async (path) => {
      const { status, headers, text } = await ask(path);
      if (status !== 200) throw new Error(`${path} answers ${status}`);
      if (!headers["content-type"].startsWith("text/html")) return;
      pages.set(path, text);
      for (const [, href] of text.matchAll(/<a\b[^>]*?\shref="([^"]+)"/g)) {
        const target = href.replaceAll("&amp;", "&").split("#")[0];
        if (!target.startsWith("/") || seen.has(target)) continue;
        seen.add(target);
        next.push(target);
      }
    });
    level = next;
  }
  return pages;
}

/** All shared pages, with their headers and HTML. */
export const sharedPages = () => (shared ??= readShared());

/** The URLs of these pages. */
export const everyPage = async () => [...(await sharedPages()).keys()];

/** All pages reachable by links, with their HTML. */
export const linkedPages = () => (linked ??= readLinked());

/** Shared pages whose URL matches, with their HTML. */
export const htmlOf = async (pattern: RegExp) =>
  [...await sharedPages()].filter(([address]) => pattern.test(address)).map(([address, { text }]): [string, string] => [address, text]);
