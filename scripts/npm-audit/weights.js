// node weights.js own ORIGIN: bytes transferred for the pages of the docs.
// node weights.js market ORIGIN: bytes transferred for the pages of the marketplace.
// node weights.js growth SMALL LARGE: the pages of a small site compared with the same pages in a large site.
// Except for the marketplace, sizes are those of brotli at the highest level, which the portal reaches after compression in the background.
import { get } from "node:http";
import { brotliCompressSync } from "node:zlib";

import { met, median, table } from "./table.js";

const KB = 1024;

async function load(address) {
  const answer = await fetch(address, { headers: { accept: "text/html,*/*;q=0.8" } });
  if (answer.status !== 200) throw new Error(`${address} returned ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

const packed = (bytes) => brotliCompressSync(bytes).length;
const size = (bytes) => `${(bytes / KB).toFixed(1)} KB`;

/** Paths of the docs, in the order of the sitemap. */
async function docs(origin) {
  const sitemap = (await load(`${origin}/sitemap.xml`)).toString();
  const paths = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => new URL(address).pathname);
  return paths.filter((path) => path.startsWith("/docs/"));
}

async function own(origin) {
  const pages = await Promise.all((await docs(origin)).map(async (path) => ({ path, html: await load(origin + path) })));
  const linked = async (pattern, html) => {
    const addresses = [...html.toString().matchAll(pattern)].map(([, address]) => address);
    return (await Promise.all(addresses.map((address) => load(origin + address)))).reduce((sum, bytes) => sum + packed(bytes), 0);
  };
  const html = pages.map((page) => packed(page.html));
  const styles = await Promise.all(pages.map((page) => linked(/<link rel="stylesheet" href="([^"]+)"/g, page.html)));
  const scripts = await Promise.all(pages.map((page) => linked(/<script[^>]* src="([^"]+)"/g, page.html)));
  const dialog = await Promise.all(pages.map((page) => linked(/ data-script="([^"]+)"/g, page.html)));
  const modules = pages.filter((page) => /\.wasm\b/.test(page.html.toString().match(/<head[\s\S]*?<\/head>/)[0])).length;
  const largest = pages[html.indexOf(Math.max(...html))].path;
  console.log(`${pages.length} pages under /docs/, brotli level 11.\n`);
  table(["resource", "median", "maximum", "limit", "met"], [
    ["HTML", size(median(html)), `${size(Math.max(...html))} (\`${largest}\`)`, "median ≤ 12 KB", met(median(html) <= 12 * KB)],
    ["CSS", size(median(styles)), size(Math.max(...styles)), "≤ 12 KB", met(Math.max(...styles) <= 12 * KB)],
    ["script", size(median(scripts)), size(Math.max(...scripts)), "≤ 6 KB", met(Math.max(...scripts) <= 6 * KB)],
    ["WASM", "–", `on ${modules} pages`, "on no page", met(modules === 0)],
    ["search script, loaded when search is opened", size(median(dialog)), size(Math.max(...dialog)), "–", "–"],
  ]);
}

/** Bytes sent for a URL, as compressed by the portal. */
function sent(address) {
  return new Promise((done, failed) => {
    get(address, { headers: { "Accept-Encoding": "br" } }, (answer) => {
      let bytes = 0;
      answer.on("data", (part) => { bytes += part.length; });
      answer.on("end", () => (answer.statusCode === 200 ? done(bytes) : failed(new Error(`${address} returned ${answer.statusCode}`))));
      answer.on("error", failed);
    }).on("error", failed);
  });
}

/** Pages rendered from responses of the API, which the portal compresses during the request. */
async function market(origin) {
  const { agents } = await (await fetch(`${origin}/marketplace.json?checked=domain`)).json();
  const rows = [];
  for (const [name, path] of [["list, 20 agents", "/marketplace"], ["agent", `/marketplace/${agents[0].agentId}`], ["check", `/marketplace/${agents[0].agentId}/check`]]) {
    const html = (await load(origin + path)).toString();
    const linked = async (pattern) => {
      const addresses = [...html.matchAll(pattern)].map(([, address]) => origin + address);
      return (await Promise.all(addresses.map(sent))).reduce((sum, bytes) => sum + bytes, 0);
    };
    const [own, styles, scripts] = [await sent(origin + path), await linked(/<link rel="stylesheet" href="([^"]+)"/g), await linked(/<script[^>]* src="([^"]+)"/g)];
    const state = own <= 12 * KB && styles <= 12 * KB && scripts <= 6 * KB && !html.includes(".wasm");
    rows.push([name, size(own), size(styles), size(scripts), "≤ 12 + 12 + 6 KB, no WASM", met(state)]);
  }
  console.log("Pages of the marketplace with demo data, as sent with brotli.\n");
  table(["page", "HTML", "CSS", "script", "limit", "met"], rows);
}

async function growth(small, large) {
  const paths = await docs(small);
  const pairs = await Promise.all(paths.map(async (path) => ({ path, small: await load(small + path), large: await load(large + path) })));
  const grown = pairs.map((pair) => packed(pair.large) / packed(pair.small) - 1);
  const percent = (ratio) => `${ratio >= 0 ? "+" : "−"}${Math.abs(ratio * 100).toFixed(1)} %`;
  table(["page", "site of 10 pages, brotli bytes", "site of 5,000 pages, brotli bytes", "increase, brotli", "increase, uncompressed"], pairs.map((pair, index) => [
    `\`${pair.path}\``, packed(pair.small), packed(pair.large), percent(grown[index]), percent(pair.large.length / pair.small.length - 1),
  ]));
  table(["", "median", "maximum", "limit", "met"], [
    ["size increase of the same page, brotli", percent(median(grown)), percent(Math.max(...grown)), "≤ +5 %", met(Math.max(...grown) <= 0.05)],
  ]);
}

const parts = { own, market, growth };
await parts[process.argv[2]](...process.argv.slice(3));
