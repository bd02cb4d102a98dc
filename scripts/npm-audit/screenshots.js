// node screenshots.js ORIGIN FOLDER: full-page screenshots of every page in the sitemap, at three widths and in both themes.
import { mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

// From the packages of the end-to-end tests.
const { chromium } = createRequire(join(import.meta.dirname, "../../end2end/package.json"))("playwright-core");

const WIDTHS = [390, 768, 1440];
const THEMES = ["light", "dark"];
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

const [origin, folder] = process.argv.slice(2);
const sitemap = await (await fetch(`${origin}/sitemap.xml`)).text();
const paths = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => new URL(address).pathname);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_BIN, args: FLAGS });
let count = 0;
for (const width of WIDTHS) {
  for (const colorScheme of THEMES) {
    const into = join(folder, `${width}-${colorScheme}`);
    rmSync(into, { recursive: true, force: true });
    mkdirSync(into, { recursive: true });
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    for (const path of paths) {
      const answer = await page.goto(origin + path, { waitUntil: "load" });
      if (answer?.status() !== 200) throw new Error(`${path} returned ${answer?.status()}`);
      const name = path === "/" ? "home" : path.slice(1).replaceAll("/", "-");
      await page.screenshot({ path: join(into, `${name}.png`), fullPage: true, animations: "disabled" });
      count += 1;
    }
    await page.close();
    console.error(`  ✓ ${width} px, ${colorScheme}`);
  }
}
await browser.close();
console.log(`${count} screenshots of the ${paths.length} pages in the sitemap, at widths of ${WIDTHS.join(", ")} px, in the ${THEMES.join(" and ")} themes.\n`);
