// All pages together: the files they load, their links and errors; and the state that a page passes to the next.
import { ORIGIN, twin } from "../helper/addresses.js";
import { ask, everyPage, forEach, linkedPages } from "../helper/site.js";
import { KINDS, expect, test } from "../helper/test.js";

test("no page violates the content security policy, which allows no inline scripts or styles and no other host", async ({ page }) => {
  test.setTimeout(60_000);
  const reports: string[] = [];
  await page.exposeFunction("report", (text: string) => reports.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ documentURI, violatedDirective, blockedURI, sourceFile }) => {
      (window as unknown as { report: (text: string) => void }).report(`${documentURI} ${violatedDirective} ${blockedURI} ${sourceFile}`);
    });
  });
  const hosts = new Set<string>();
  page.on("request", (request) => hosts.add(new URL(request.url()).origin));
  for (const address of new Set([...await everyPage(), ...Object.values(KINDS)])) {
    const policy = (await page.goto(address))!.headers()["content-security-policy"];
    if (await page.locator(".did-form").count()) await expect(page.locator("form[data-ready]")).toBeVisible();
    expect(policy, address).toMatch(/^default-src 'none';/);
    expect(policy, address).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*|data:|blob:/);
    expect(await page.locator("[style], style, script:not([src]):not([type='application/ld+json'])").count(), address).toBe(0);
  }
  await page.goto("/docs");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("token");
  await expect(page.getByRole("option").first()).toBeVisible();
  expect(reports).toEqual([]);
  expect([...hosts]).toEqual([ORIGIN]);
});

test("every same-origin URL in the links, assets and forms of every page returns 200 without a redirect", async () => {
  const pages = await linkedPages();
  const targets = new Map<string, string>();
  for (const [address, html] of pages) {
    const written = [...html.matchAll(/\s(?:href|src|action|data-(?:script|answers|copy-page|module|wasm))="([^"]*)"/g)].map(([, target]) => target);
    const sets = [...html.matchAll(/\ssrcset="([^"]*)"/g)].flatMap(([, set]) => set.split(",").map((one) => one.trim().split(" ")[0]));
    for (const target of [...written, ...sets]) {
      const url = new URL(target.replaceAll("&amp;", "&"), ORIGIN + address);
      if (url.origin === ORIGIN) targets.set(url.pathname + url.search, address);
    }
  }
  expect(targets.size).toBeGreaterThan(60);
  const wrong: string[] = [];
  await forEach(targets, async ([target, address]) => {
    const { status } = await ask(target);
    // Without a page parameter, the feedback form's URL redirects to the home page.
    if (status !== 200 && target !== "/feedback") wrong.push(`${address}: ${target} returned ${status}`);
  });
  expect(wrong).toEqual([]);
});

test("every image of every page loads in both themes with the aspect ratio of its width and height attributes", async ({ page }) => {
  const pages = [...await linkedPages()].filter(([, html]) => /<main[\s\S]*<img/.test(html)).map(([address]) => address);
  expect(pages.length).toBeGreaterThan(3);
  for (const address of pages) {
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(address, { waitUntil: "load" });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const picture of await page.locator("main img").all()) {
        if (!await picture.isVisible()) continue;
        await picture.scrollIntoViewIfNeeded();
        await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth), `${address} ${await picture.getAttribute("src")}`).toBeGreaterThan(0);
        const [said, drawn] = await picture.evaluate((image: HTMLImageElement) => [Number(image.getAttribute("width")) / Number(image.getAttribute("height")), image.naturalWidth / image.naturalHeight]);
        expect(said / drawn, `${address} ${await picture.getAttribute("src")}`).toBeCloseTo(1, 1);
      }
    }
  }
});

test("'Copy as Markdown' copies the exact text of the page's .md URL and announces success", async ({ page, request }) => {
  for (const address of ["/docs/concepts/dids", "/docs/writing/markdown", "/quickstarts/run-the-portal", "/changelog/the-portal-stands"]) {
    await page.goto(address);
    await page.getByRole("button", { name: "Copy as Markdown" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Copied" })).toHaveCount(1);
    expect(await page.evaluate(() => navigator.clipboard.readText()), address).toBe(await (await request.get(twin(address))).text());
  }
});

test("'Copy as Markdown' announces a failure when the request for the Markdown fails", async ({ page, quiet }) => {
  await page.route("**/*.md", (route) => route.fulfill({ status: 503, body: "" }));
  await page.goto("/docs/concepts/dids");
  await page.getByRole("button", { name: "Copy as Markdown" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Not copied" })).toHaveCount(1);
  expect(quiet.splice(0).filter((line) => !/status of 503|\.md net::ERR_ABORTED/.test(line))).toEqual([]);
});

test("the sidebar keeps its scroll position between pages, and the current page's link is in view", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 420 });
  await page.goto("/docs");
  const sidebar = page.getByRole("navigation", { name: "Documentation" });
  const place = () => sidebar.evaluate((nav) => nav.scrollTop);
  const link = sidebar.getByRole("link", { name: "Verification" });
  await sidebar.evaluate((nav, link) => { nav.scrollTop = link!.getBoundingClientRect().top - nav.getBoundingClientRect().top - 90; }, await link.elementHandle());
  const before = await place();
  expect(before).toBeGreaterThan(100);
  await link.click();
  await expect(page.locator("h1")).toHaveText("Verification");
  await expect.poll(place).toBe(before);
  // On a page that is opened directly, its link is scrolled into view.
  await page.goto("/docs/writing/code");
  await expect(sidebar.locator("[aria-current]")).toBeInViewport({ ratio: 1 });
  await page.goto("/docs/what-is-an-agent-identity");
  await expect(sidebar.locator("[aria-current]")).toBeInViewport({ ratio: 1 });
});
