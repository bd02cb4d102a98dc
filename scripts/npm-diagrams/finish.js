// From Mermaid's SVG to the file that is served: with a size of its own, small, and nothing in it that may not be.
import { optimize, querySelectorAll } from "svgo";

// Styles go from a sheet to the elements. Restructured, some sheets of Mermaid's end in a crash.
const STYLES = { inlineStyles: { onlyMatchedOnce: false }, minifyStyles: { restructure: false } };

/** The finished SVG, cut to the view box. Throws where the drawing holds what an <img> would not show. */
export function finish(svg, viewBox) {
  const pruned = optimize(svg, { plugins: [sized(viewBox), rounded, referenced, styled] }).data;
  return optimize(pruned, {
    multipass: true,
    floatPrecision: 2,
    js2svg: { eol: "lf", finalNewline: true },
    plugins: [
      { name: "preset-default", params: { overrides: STYLES } },
      bare,
      "sortAttrs",
      allowed,
    ],
  }).data;
}

function walk(node, visit) {
  visit(node);
  for (const child of node.children ?? []) walk(child, visit);
}

/** An <img> takes its size from numbers at the root; Mermaid writes a share of a page's width there. */
const sized = ([x, y, width, height]) => ({
  name: "sized",
  fn(root) {
    if (!(width >= 1 && height >= 1)) throw new Error("the drawing is empty");
    const { attributes } = root.children.find((child) => child.type === "element");
    attributes.viewBox = [x, y, width, height].map((number) => Number(number.toFixed(2))).join(" ");
    attributes.width = String(Math.round(width));
    attributes.height = String(Math.round(height));
    // Its greatest width and a ground: the page's shows through.
    delete attributes.style;
    // The page says what it shows, by the fence's alt.
    delete attributes.role;
    delete attributes["aria-roledescription"];
    return null;
  },
});

/** Boxes have the same corners in all kinds of diagrams. */
const rounded = {
  name: "rounded",
  fn(root) {
    for (const box of querySelectorAll(root, "rect.label-container:not([rx])")) Object.assign(box.attributes, { rx: "3", ry: "3" });
    return null;
  },
};

const SHARED = new Set(["marker", "symbol", "filter", "linearGradient", "radialGradient", "clipPath", "pattern", "mask"]);

/** Mermaid defines every arrowhead and icon that it knows; kept are those that are drawn. */
const referenced = {
  name: "referenced",
  fn(root) {
    const used = new Set();
    walk(root, ({ attributes = {} }) => {
      const texts = Object.values(attributes).join("\n");
      for (const [, id] of texts.matchAll(/(?:url\(\s*["']?|^)#([^\s"')]+)/gm)) used.add(id);
    });
    walk(root, (node) => {
      node.children = node.children?.filter((child) => !SHARED.has(child.name) || used.has(child.attributes.id));
    });
    return null;
  },
};

/** Kept are the styles of what is drawn, without motion. svgo then moves them to the elements. */
const styled = {
  name: "styled",
  fn(root) {
    const matches = (selector) => {
      try {
        return querySelectorAll(root, selector).length > 0;
      } catch {
        return true;
      }
    };
    walk(root, (node) => {
      // Mermaid leaves words there that are no declarations; svgo would make one of them and the next.
      const own = node.attributes?.style?.split(";").filter((declaration) => declaration.includes(":"));
      if (own) node.attributes.style = own.join(";");
      if (node.name !== "style") return;
      for (const text of node.children) {
        text.value = text.value
          .replace(/\/\*[^]*?\*\//g, "")
          .replace(/@keyframes[^{]*\{(?:[^{}]*\{[^}]*\})*\s*\}/g, "")
          .replace(/([^{}]+)(\{[^{}]*\})/g, (_, selectors, declarations) => {
            const kept = selectors.split(",").filter(matches);
            return kept.length > 0 ? kept.join(",") + declarations : "";
          });
      }
    });
    return null;
  },
};

/** Without a style sheet, names of classes say nothing; Mermaid's notes to itself never do. */
const bare = {
  name: "bare",
  fn(root) {
    let hasStyles = false;
    walk(root, ({ name }) => (hasStyles ||= name === "style"));
    walk(root, ({ attributes = {} }) => {
      for (const name of Object.keys(attributes)) {
        if (!hasStyles && (name === "class" || name.startsWith("data-"))) delete attributes[name];
      }
    });
    return null;
  },
};

const FORBIDDEN = new Set(["script", "foreignObject", "image", "feImage", "a", "animate", "animateMotion", "animateTransform", "set"]);

/** No scripts, HTML or links; nothing from elsewhere. The policy for files would stop them, or an <img> not show them. */
const allowed = {
  name: "allowed",
  fn(root) {
    walk(root, ({ name, attributes = {}, value = "" }) => {
      if (FORBIDDEN.has(name)) throw new Error(`the drawing holds <${name}>, which does not work in an image`);
      const link = Object.entries(attributes).find(([key, to]) => /^(?:\w+:)?href$/.test(key) && !to.startsWith("#"));
      const handler = Object.keys(attributes).find((key) => key.startsWith("on"));
      const elsewhere = /@import|url\(\s*["']?[^#"'\s][^)]*\)/.exec([...Object.values(attributes), value].join("\n"));
      const wrong = link?.[1] ?? handler ?? elsewhere?.[0];
      if (wrong) throw new Error(`the drawing refers to ${wrong}, which does not work in an image`);
    });
    return null;
  },
};
