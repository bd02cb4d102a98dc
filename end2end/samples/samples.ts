// The code fences of content/, parsed by a CommonMark parser independent of the portal's.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fromMarkdown } from "mdast-util-from-markdown";

export interface Sample {
  language: string;
  line: number;
  /** Caption, usually a file name. */
  title: string;
  /** Label of the tab, if any. */
  tab: string;
  code: string;
}

const CONTENT = "../content";
/** Names of a language, and the one under which its parser is listed. */
const NAMES: Record<string, string> = {
  sh: "bash", shell: "bash", terminal: "console", golang: "go", js: "typescript", javascript: "typescript", ts: "typescript", mjs: "typescript",
  md: "markdown", ndjson: "jsonl", ps1: "powershell", py: "python", rs: "rust", ini: "systemd", yml: "yaml", txt: "text",
};

/** Returns the name under which a language's parser is listed. */
export const grammars = (name: string) => NAMES[name] ?? name;

interface Node {
  type: string;
  lang?: string | null;
  meta?: string | null;
  value?: string;
  position?: { start: { line: number } };
  children?: Node[];
}

/** Lines of a fence marked as removed by its author; they are not part of the result. */
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

/** All pages with their fences. */
export function samples(): [string, Sample[]][] {
  const files = readdirSync(CONTENT, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md")).sort();
  return files.map((file) => [file, fencesOf(readFileSync(join(CONTENT, file), "utf8"))]);
}
