import { expect, lightness, shifted, test } from "../helper/test.js";

test.describe("on a phone, without JavaScript", () => {
  test.use({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false, colorScheme: "dark" });

  test("links and menus open three pages in turn, and old URLs redirect to the current pages", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("main").getByRole("link", { name: "What is an agent identity?" }).first().click();
    await expect(page.locator("h1")).toHaveText("What is an agent identity?");
    await page.getByRole("button", { name: "All pages" }).click();
    await page.getByRole("navigation", { name: "Documentation" }).getByRole("link", { name: "Audit trail", exact: true }).click();
    await expect(page.locator("h1")).toHaveText("Audit trail");
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("navigation", { name: "Site" }).getByRole("link", { name: "Quickstarts" }).click();
    await expect(page.locator("h1")).toHaveText("Quickstarts");
    await page.goto("/docs/getting-started");
    await expect(page).toHaveURL(/\/quickstarts\/run-the-portal$/);
    await page.goto("/docs/deploy");
    await expect(page).toHaveURL(/\/docs\/operate\/self-hosting$/);
  });

  test("the page uses the system's dark theme and shows neither the theme switch nor copy buttons", async ({ page }) => {
    await page.goto("/docs/writing/code");
    expect(await lightness(page)).toBeLessThan(60);
    await expect(page.locator("[data-theme-switch]")).toBeHidden();
    await expect(page.locator(".copy")).toHaveCount(0);
  });

  test("clicking a tab shows its code and closes the other tabs", async ({ page }) => {
    await page.goto("/docs/concepts/dids");
    const tabs = page.locator(".tabs").first();
    await expect(tabs.getByText("fn document_url")).toBeVisible();
    for (const [label, text] of [["Python", "def document_url"], ["TypeScript", "function documentUrl"], ["Rust", "fn document_url"]]) {
      await tabs.locator("summary", { hasText: label }).click();
      await expect(tabs.getByText(text)).toBeVisible();
      await expect(tabs.locator("details[open]")).toHaveCount(1);
    }
  });

  test("a collapsed section expands on click, and a link in the table of contents leads to its heading", async ({ page }) => {
    await page.goto("/docs/concepts/credentials");
    const fold = page.locator("details.fold").first();
    await expect(fold.locator("p").first()).toBeHidden();
    await fold.locator("summary").click();
    await expect(fold.locator("p").first()).toBeVisible();
    await page.locator(".toc summary").click();
    await page.locator(".toc").getByRole("link", { name: "Choose a credential type" }).click();
    await expect(page).toHaveURL(/#choose-a-credential-type$/);
  });

  test("the did:web tool shows the document URL of a DID and keeps the DID in its field", async ({ page }) => {
    await page.goto("/tools/did-web");
    await page.getByLabel("DID").fill("did:web:example.com:agents:alice");
    await page.getByRole("button", { name: "Convert" }).click();
    await expect(page.getByRole("status")).toContainText("https://example.com/agents/alice/did.json");
    await expect(page.getByLabel("DID")).toHaveValue("did:web:example.com:agents:alice");
  });
});

test.describe("with JavaScript", () => {
  test("the selected theme persists on the next page and is set before the first paint", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto("/docs");
    const button = page.locator("[data-theme-switch]");
    await expect(button).toHaveAccessibleName("Theme: system");
    await button.click();
    await button.click();
    await expect(button).toHaveAccessibleName("Theme: dark");
    await page.goto("/docs/concepts");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    // The early script blocks rendering: it sets the attribute before the body exists.
    const early = await page.evaluate(() => {
      const script = document.querySelector<HTMLScriptElement>("head script")!;
      return { blocks: !script.defer && !script.async && script.type === "", beforeStyle: Boolean(script.compareDocumentPosition(document.querySelector("link[rel=stylesheet]")!) & 4) };
    });
    expect(early).toEqual({ blocks: true, beforeStyle: true });
    expect(await lightness(page)).toBeLessThan(60);
  });

  test("the Copy button copies a terminal block without its output, a code block without its deleted lines, and a diff unchanged", async ({ page }) => {
    await page.goto("/docs/writing/code");
    const copied = async (figure: import("@playwright/test").Locator) => {
      await figure.hover();
      await figure.getByRole("button", { name: "Copy" }).click();
      await expect(page.getByRole("status").filter({ hasText: "Copied" })).toHaveCount(1);
      return page.evaluate(() => navigator.clipboard.readText());
    };
    expect(await copied(page.locator("figure.terminal").first())).toBe("curl -s \\\n    http://localhost:3000/healthz\n");
    expect(await copied(page.locator("figure.code", { has: page.locator("del.l") }).first()))
      .toBe('fn main() {\n    let name = "agent";\n    println!("Hello, {name}");\n}\n');
    expect(await copied(page.locator("figure.code", { hasText: "an old line" }).first())).toBe("- an old line\n+ a new line\n");
  });

  test("a selected tab is open after a reload without a layout shift, and another click does not close it", async ({ page }) => {
    await page.goto("/docs/concepts/dids");
    const tabs = page.locator(".tabs").first();
    await tabs.locator("summary", { hasText: "Python" }).click();
    await expect(tabs.getByText("def document_url")).toBeVisible();
    await page.reload();
    await expect(page.locator(".tabs details[open]").first()).toHaveAttribute("data-tab", "Python");
    await tabs.locator("summary", { hasText: "Python" }).click();
    await expect(tabs.locator("details[open]")).toHaveCount(1);
    expect(await shifted(page)).toBe(0);
  });

  test("the did:web tool hydrates, converts a DID while typing and shows an error message for an invalid DID", async ({ page }) => {
    await page.goto("/tools/did-web");
    await expect(page.locator("form[data-ready]")).toBeVisible();
    const field = page.getByLabel("DID");
    const answer = page.locator("#page--did-answer");
    await field.pressSequentially("did:web:example.com%3A8443:agents");
    await expect(answer).toContainText("https://example.com:8443/agents/did.json");
    await field.fill("did:web:127.0.0.1");
    await expect(answer).toContainText("is an IP address");
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(page).toHaveURL(/\/tools\/did-web$/);
    await page.getByRole("button", { name: "Convert" }).click();
    await expect(page).toHaveURL(/\?did=/);
    await expect(answer).toContainText("is an IP address");
  });

  test("the did:web tool hydrates in a browser that is never idle", async ({ page }) => {
    await page.addInitScript(() => {
      window.requestIdleCallback = (run, options) => (options?.timeout ? window.setTimeout(run, options.timeout) : 0);
    });
    await page.goto("/tools/did-web");
    await expect(page.locator("form[data-ready]")).toBeVisible();
  });

  test("the did:web tool loads one WASM file, and an article loads no WASM", async ({ page }) => {
    const loaded: string[] = [];
    page.on("request", (request) => { if (/\.wasm|islands/.test(request.url())) loaded.push(request.url()); });
    await page.goto("/docs/concepts/dids", { waitUntil: "networkidle" });
    expect(loaded).toEqual([]);
    await page.goto("/tools/did-web", { waitUntil: "networkidle" });
    expect(loaded.filter((url) => url.endsWith(".wasm"))).toHaveLength(1);
  });

  test("the table of contents marks the heading that is scrolled into view", async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto("/docs/concepts/dids");
    await page.locator("#comparison-with-other-identifiers").evaluate((heading) => heading.scrollIntoView());
    await expect(page.locator(".toc a[aria-current]")).toHaveText("Comparison with other identifiers");
  });

  test("the theme switch and tabs work when local storage is blocked", async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new Error("blocked"); } }));
    await page.goto("/docs/concepts/dids");
    await page.locator("[data-theme-switch]").click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    await page.locator(".tabs summary", { hasText: "Python" }).click();
    await expect(page.getByText("def document_url")).toBeVisible();
  });
});

test("with the keyboard alone, the skip link is focused first, copy buttons are reachable, and the focus has a visible outline", async ({ page }) => {
  await page.goto("/docs/writing/code");
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus")).toHaveText("Skip to content");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#page--main$/);
  const reached = new Set<string>();
  for (let press = 0; press < 80; press += 1) {
    await page.keyboard.press("Tab");
    reached.add(await page.evaluate(() => document.activeElement?.className || document.activeElement?.tagName || ""));
  }
  expect(reached).toContain("copy");
  const outlined = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
  expect(outlined).not.toBe("none");
});
