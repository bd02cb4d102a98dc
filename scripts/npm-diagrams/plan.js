// What is to be drawn, and which drawings no page shows any more.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";

import { fences } from "./fences.js";

const DRAWING = /^[0-9a-f]{12}(?:\.dark)?\.svg$/;

/** Which text a drawing is of: its file is named by this. */
export function fingerprint(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/**
 * Reads all pages below `content`. `diagrams` are those that pages name, each once: `{ where, text, fingerprint, files,
 * isDrawn }` with `files` by theme; `leftover` are the drawings of none.
 */
export function plan(content) {
  const paths = readdirSync(content, { recursive: true }).map((path) => join(content, path)).sort();
  const diagrams = new Map();
  for (const page of paths.filter((path) => path.endsWith(".md"))) {
    for (const { info, text, line } of fences(readFileSync(page, "utf8"))) {
      if (info.split(/\s/)[0].toLowerCase() !== "mermaid") continue;
      const name = fingerprint(text);
      const file = join(dirname(page), "diagrams", name);
      const files = { light: `${file}.svg`, dark: `${file}.dark.svg` };
      const where = `${relative(dirname(content), page)}:${line}`;
      const isDrawn = Object.values(files).every((path) => existsSync(path));
      if (!diagrams.has(file)) diagrams.set(file, { where, text, fingerprint: name, files, isDrawn });
    }
  }
  const named = new Set([...diagrams.values()].flatMap(({ files }) => Object.values(files)));
  const isDrawing = (path) => basename(dirname(path)) === "diagrams" && DRAWING.test(basename(path));
  return { diagrams: [...diagrams.values()], leftover: paths.filter((path) => isDrawing(path) && !named.has(path)) };
}
