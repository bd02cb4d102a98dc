// Readability: line length, scrolling, announcements after copying, collapsed content.
import { expect, test } from "../helper/test.js";

/** Number of characters in each full line of all paragraphs. */
const lines = () => {
  const lengths: number[] = [];
  for (const paragraph of document.querySelectorAll(".prose > p")) {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const counts = new Map<number, number>();
    while (walker.nextNode()) {
      const text = walker.currentNode as Text;
      for (let at = 0; at < text.data.length; at++) {
        const range = document.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        const box = range.getClientRects()[0];
        // Code and text on the same line differ in height by some pixels.
        const line = box && Math.round((box.top + box.bottom) / 16);
        if (line) counts.set(line, (counts.get(line) ?? 0) + 1);
      }
    }
    lengths.push(...[...counts.values()].slice(0, -1));
  }
  return lengths.filter((length) => length > 20).sort((a, b) => a - b);
};

for (const [width, least, most] of [[1440, 60, 75], [768, 60, 75], [390, 35, 50]]) {
  test(`at ${width} px, the median line of text has ${least} to ${most} characters`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto("/docs/concepts/dids");
    const lengths = await page.evaluate(lines);
    expect(lengths.length).toBeGreaterThan(20);
    const median = lengths[Math.floor(lengths.length / 2)];
    expect(median).toBeGreaterThanOrEqual(least);
    expect(median).toBeLessThanOrEqual(most);
  });
}

for (const width of [390, 1440]) {
  test(`at ${width} px, exactly the code blocks and tables that scroll horizontally are focusable with an accessible name`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    let scrolling = 0;
    for (const path of ["/docs/writing/code", "/docs/operate/configuration", "/docs/concepts/dids"]) {
      await page.goto(path);
      await expect(page.locator("html[data-script]")).toBeAttached();
      const found = page.locator(".prose :is(pre, .table-scroll)");
      await expect.poll(() => found.evaluateAll((nodes) => nodes.filter((node) => node.checkVisibility())
        .filter((node) => (node.scrollWidth > node.clientWidth) !== (node.getAttribute("tabindex") === "0" && Boolean(node.getAttribute("aria-label"))))
        .map((node) => `${node.scrollWidth} > ${node.clientWidth}: ${node.outerHTML.slice(0, 100)}`))).toEqual([]);
      scrolling += await found.evaluateAll((nodes) => nodes.filter((node) => node.scrollWidth > node.clientWidth).length);
    }
    if (width === 390) expect(scrolling, "at least one block must scroll horizontally, or the test checks nothing").toBeGreaterThan(0);
  });
}

test("copying code announces the result to screen readers", async ({ page }) => {
  await page.goto("/docs/writing/code");
  const status = page.getByRole("status").filter({ hasText: "Copied" });
  await expect(status).toHaveCount(0);
  await page.getByRole("button", { name: "Copy" }).first().click();
  await expect(status).toHaveCount(1);
});

test("text is hidden only in closed details elements, which the browser's find-in-page opens", async ({ page }) => {
  let folded = 0;
  for (const path of ["/docs/writing/markdown", "/docs/writing/code", "/docs/concepts/dids"]) {
    await page.goto(path);
    const hidden = await page.locator(".prose *").evaluateAll((nodes) =>
      nodes.filter((node) => !node.checkVisibility() && [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent!.trim()))
        .map((node) => (node.closest("details:not([open])") ? "folded" : node.outerHTML.slice(0, 100))));
    expect(hidden.filter((one) => one !== "folded")).toEqual([]);
    folded += hidden.length;
  }
  expect(folded, "at least one element must be in closed details, or the test checks nothing").toBeGreaterThan(0);
});

for (const width of [320, 768, 800, 1024, 1440]) {
  test(`at ${width} px, the parts of the header do not overlap, and the content of none overflows`, async ({ page }) => {
    await page.setViewportSize({ width, height: 600 });
    await page.goto("/docs");
    const narrow = await page.locator(".site-header > *").evaluateAll((nodes) => {
      const boxes = nodes.filter((node) => node.checkVisibility()).map((node) => ({ node, box: node.getBoundingClientRect() })).sort((a, b) => a.box.left - b.box.left);
      return boxes.flatMap(({ node, box }, index) => [
        ...(node.scrollWidth > node.clientWidth && node.clientWidth ? [`${node.className} overflows: ${node.scrollWidth} > ${node.clientWidth}`] : []),
        ...(index && box.left < boxes[index - 1].box.right ? [`${node.className} overlaps ${boxes[index - 1].node.className}`] : []),
      ]);
    });
    expect(narrow).toEqual([]);
  });
}
