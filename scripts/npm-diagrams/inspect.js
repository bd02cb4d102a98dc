// What only a browser knows of a drawing: where its ink is, and whether its texts can be read.

/** Least contrast of text, WCAG 2.2, 1.4.3. */
const LEAST = 4.5;

/** Shows the drawing on paper, and looks at the page. */
async function beside(browser, svg, paper, look) {
  const page = await browser.newPage();
  try {
    const [width, height] = /\sviewBox="\S+ \S+ (\S+) (\S+)"/.exec(svg).slice(1).map((size) => Math.ceil(Number(size)));
    await page.setViewport({ width, height });
    await page.setContent(`<!doctype html><body style="margin:0;background:${paper}">${svg}`);
    return await look(page);
  } finally {
    await page.close();
  }
}

/** The drawing's view box without wide empty margins, as its four numbers. */
export function inked(browser, svg, paper) {
  return beside(browser, svg, paper, (page) => page.evaluate(viewBoxOfInk));
}

/** In the browser: the view box, with margins of more than 16 cut to 6. */
function viewBoxOfInk() {
  const WIDE = 16;
  const KEPT = 6;
  const root = document.querySelector("svg");
  const view = root.viewBox.baseVal;
  const ground = getComputedStyle(document.body).backgroundColor;
  const isSeen = (element) => {
    if (element.tagName === "text" && element.textContent.trim() === "") return false;
    const { fill, stroke, strokeWidth } = getComputedStyle(element);
    const paints = (paint) => paint !== "none" && paint !== ground;
    return paints(fill) || (paints(stroke) && Number.parseFloat(strokeWidth) > 0);
  };
  const boxes = [...root.querySelectorAll("path, rect, circle, ellipse, line, polyline, polygon, text, foreignObject")]
    .filter((element) => !element.closest("defs, marker, symbol, clipPath, mask, pattern") && isSeen(element))
    .map((element) => element.getBoundingClientRect())
    .filter(({ width, height }) => width + height > 0);
  const scale = view.width / root.getBoundingClientRect().width;
  const edge = (side, reach) => reach(...boxes.map((box) => box[side] * scale));
  const [left, top] = [edge("left", Math.min), edge("top", Math.min)];
  const [right, bottom] = [view.width - edge("right", Math.max), view.height - edge("bottom", Math.max)];
  const cut = (margin) => (Number.isFinite(margin) && margin > WIDE ? Math.floor(margin - KEPT) : 0);
  const { x, y, width, height } = view;
  return [x + cut(left), y + cut(top), width - cut(left) - cut(right), height - cut(top) - cut(bottom)];
}

/** Texts whose contrast with what lies below them is too low: `{ text, ratio }`. */
export function faint(browser, svg, paper) {
  return beside(browser, svg, paper, async (page) => {
    const texts = await page.evaluate(textsWithInk);
    await page.addStyleTag({ content: "text, tspan { fill: none !important; stroke: none !important }" });
    const picture = await page.screenshot({ encoding: "base64" });
    const grounds = await page.evaluate(groundsIn, picture, texts);
    return texts
      .map(({ text, ink, opacity }, index) => ({ text, ratio: contrast(over(ink, opacity, grounds[index]), grounds[index]) }))
      .filter(({ ratio }) => ratio < LEAST);
  });
}

/** In the browser: each text with its place, its color and how opaque that is. */
function textsWithInk() {
  const found = [];
  const nodes = document.createTreeWalker(document.querySelector("svg"), NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const { data, parentElement } = nodes.currentNode;
    if (data.trim() === "" || !(parentElement instanceof SVGTextContentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(nodes.currentNode);
    const { x, y, width, height } = range.getBoundingClientRect();
    const { fill, fillOpacity } = getComputedStyle(parentElement);
    const [red, green, blue, alpha = 1] = fill.match(/[\d.]+/g).map(Number);
    let opacity = alpha * Number(fillOpacity);
    for (let at = parentElement; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
    found.push({ text: data.trim(), box: [x, y, width, height], ink: [red, green, blue], opacity });
  }
  return found;
}

/** In the browser: for each text, the color that most of its place has in a picture without it. */
async function groundsIn(picture, texts) {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  return texts.map(({ box: [x, y, width, height] }) => {
    const counts = new Map();
    const { data } = canvas.getImageData(Math.floor(x), Math.floor(y), Math.max(1, Math.ceil(width)), Math.max(1, Math.ceil(height)));
    for (let at = 0; at < data.length; at += 4) {
      const color = data.slice(at, at + 3).join();
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
    const [[most]] = [...counts].sort(([, one], [, other]) => other - one);
    return most.split(",").map(Number);
  });
}

function over(color, opacity, ground) {
  return color.map((value, index) => value * opacity + ground[index] * (1 - opacity));
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(...colors) {
  const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = ([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const [dark, light] = colors.map((color) => luminance(color.map((value) => linear(value / 255)))).sort((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}
