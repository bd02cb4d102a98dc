// The fences of content/, as a CommonMark parser that is not ours sees them.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fromMarkdown } from "mdast-util-from-markdown";

export interface Sample {
  language: string;
  line: number;
  /** Its caption: most often a file's name. */
  title: string;
  /** The label of its tab, where it is one. */
  tab: string;
  code: string;
}

const CONTENT = "../content";
/** Names of one language, and the one that parsers are kept under. */
const NAMES: Record<string, string> = {
  sh: "bash", shell: "bash", terminal: "console", golang: "go", js: "typescript", javascript: "typescript", ts: "typescript", mjs: "typescript",
  md: "markdown", ndjson: "jsonl", ps1: "powershell", py: "python", rs: "rust", ini: "systemd", yml: "yaml", txt: "text",
};

/** The name that a language's parser is kept under. */
export const grammars = (name: string) => NAMES[name] ?? name;

interface Node {
  type: string;
  lang?: string | null;
  meta?: string | null;
  value?: string;
  position?: { start: { line: number } };
  children?: Node[];
}

/** Lines of a fence that its author marks as removed: they are no part of what is left. */
function removed(meta: string): Set<number> {
  const ranges = /\bdel=\{([\d,\s-]+)\}/.exec(meta)?.[1].split(",") ?? [];
  return new Set(ranges.flatMap((range) => {
    const [first, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }));
}

function fences(node: Node): Sample[] {
  if (node.type === "code") {
    const gone = removed(node.meta ?? "");
    const code = (node.value ?? "").split("\n").filter((_, index) => !gone.has(index + 1)).join("\n");
    const text = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(node.meta ?? "")?.[1] ?? "";
    return [{ language: grammars(node.lang ?? ""), line: node.position!.start.line, title: text("title"), tab: text("tab"), code }];
  }
  return (node.children ?? []).flatMap(fences);
}

/** The fences of a page. */
export const fencesOf = (markdown: string): Sample[] => fences(fromMarkdown(markdown) as Node);

/** Every page with its fences. */
export function samples(): [string, Sample[]][] {
  const files = readdirSync(CONTENT, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md")).sort();
  return files.map((file) => [file, fencesOf(readFileSync(join(CONTENT, file), "utf8"))]);
}
