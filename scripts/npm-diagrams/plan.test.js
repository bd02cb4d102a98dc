// What is taken for a diagram, and what for a leftover. Run by: node --test scripts/npm-diagrams/plan.test.js
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";

import { fences } from "./fences.js";
import { plan } from "./plan.js";

const diagrams = (source) => fences(source).filter(({ info }) => info.startsWith("mermaid")).map(({ text }) => text);

test("a fence is found with its line and its text, each line ended", () => {
  const source = '---\ntitle: A\n---\nText.\n\n```mermaid title="T" alt="A b"\nflowchart TB\n\n  a --> b\n```\n';
  assert.deepEqual(fences(source), [{ info: 'mermaid title="T" alt="A b"', text: "flowchart TB\n\n  a --> b\n", line: 6 }]);
  assert.deepEqual(diagrams(source.replaceAll("\n", "\r\n")), ["flowchart TB\n\n  a --> b\n"]);
});

test("what is only shown is no diagram", () => {
  assert.deepEqual(diagrams("````markdown\n```mermaid\na\n```\n````\n"), []);
  assert.deepEqual(diagrams("~~~markdown\n```mermaid\na\n```\n~~~\n"), []);
  assert.deepEqual(diagrams("Text.\n\n    ```mermaid\n    a\n    ```\n"), []);
  assert.deepEqual(diagrams("<!--\n```mermaid\na\n```\n-->\n"), []);
});

test("indentation of lists, quotes and the fence itself is no part of the text", () => {
  assert.deepEqual(diagrams("- one\n\n  ```mermaid\n  a\n    b\n  ```\n"), ["a\n  b\n"]);
  assert.deepEqual(diagrams("> ```mermaid\n> a\n>   b\n> ```\n"), ["a\n  b\n"]);
  assert.deepEqual(diagrams("  ```mermaid\n  a\n   b\n c\n  ```\n"), ["a\n b\nc\n"]);
  assert.deepEqual(diagrams("Term\n: Meaning.\n\n  ```mermaid\n  a\n  ```\n"), ["a\n"]);
});

test("the end of what it is in ends a fence, and a directive ends a list", () => {
  assert.deepEqual(diagrams("> ```mermaid\n> a\nText.\n\n```mermaid\nb\n```\n"), ["a\n", "b\n"]);
  assert.deepEqual(diagrams(":::steps\n1. one\n:::\n\n   ```mermaid\n   a\nb\n   ```\n"), ["a\nb\n"]);
  assert.deepEqual(diagrams(":::details More\n```mermaid\na\n```\n:::\n"), ["a\n"]);
});

test("missing drawings are wanted, and only drawings that no page names are left over", (context) => {
  const content = mkdtempSync(join(tmpdir(), "diagrams-"));
  context.after(() => rmSync(content, { recursive: true }));
  const put = (path, text) => {
    mkdirSync(dirname(join(content, path)), { recursive: true });
    writeFileSync(join(content, path), text);
  };
  // printf 'flowchart TB\n  a --> b\n' | sha256sum
  const name = "a12dce738abc";
  put("docs/page.md", "```mermaid\nflowchart TB\n  a --> b\n```\n");
  put("docs/other.md", "```mermaid\nflowchart TB\n  a --> b\n```\n");
  put("docs/diagrams/0123456789ab.svg", "");
  put("docs/diagrams/0123456789ab.dark.svg", "");
  put("docs/diagrams/by-hand.svg", "");
  const relative = (path) => path.slice(content.length + 1);

  const before = plan(content);
  assert.deepEqual(before.diagrams.map(({ files, isDrawn }) => [relative(files.dark), isDrawn]), [[`docs/diagrams/${name}.dark.svg`, false]]);
  assert.deepEqual(before.leftover.map(relative), ["docs/diagrams/0123456789ab.dark.svg", "docs/diagrams/0123456789ab.svg"]);

  put(`docs/diagrams/${name}.svg`, "");
  assert.equal(plan(content).diagrams[0].isDrawn, false);
  put(`docs/diagrams/${name}.dark.svg`, "");
  assert.equal(plan(content).diagrams[0].isDrawn, true);
});
