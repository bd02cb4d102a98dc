// The HTML and the Markdown form of a page as comparable lists: headings, code, and text in segments. A segment is a
// run of text without blocks, links or images. HTML is parsed by the browser, Markdown by a parser that shares no code
// with the portal's.
import type { Page } from "@playwright/test";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

export type Face = {
  headings: string[];
  code: string[];
  texts: string[];
  /** Targets of links and images. */
  links: string[];
  /** Form fields: label and name. Markdown has no fields; it describes the request instead. */
  fields: { label: string; name: string }[];
};

const empty = (): Face => ({ headings: [], code: [], texts: [], links: [], fields: [] });

type Node = {
  type: string;
  value?: string;
  depth?: number;
  lang?: string | null;
  meta?: string | null;
  alt?: string | null;
  url?: string;
  children?: Node[];
  position?: { start: { offset?: number } };
};

const squeezed = (text: string) => text.replace(/\s+/g, " ").trim();
const attribute = (meta: string | null | undefined, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(meta ?? "")?.[1];

/** Content of the Markdown form, without its front matter and the line with the list of all pages. */
export function markdownFace(markdown: string): Face {
  const body = markdown.replace(/^---\n[\s\S]*?\n---\n\n> All pages as Markdown: \S+\n/, "");
  const face = empty();
  let run = "";
  const flush = () => {
    // `Term` and `: description` below form a definition list, for which GitHub's Markdown has no syntax.
    for (const text of run.split(/\n: /).map(squeezed)) if (text) face.texts.push(text);
    run = "";
  };
  const plain = (node: Node): string => node.value ?? node.alt ?? (node.children ?? []).map(plain).join("");
  const walk = (node: Node): void => {
    switch (node.type) {
      case "text":
      case "inlineCode":
        run += node.value;
        return;
      case "break":
        run += " ";
        return;
      case "html":
        if (/^<br/.test(node.value!)) run += " ";
        return;
      case "footnoteReference":
        return;
      case "image":
        flush();
        face.links.push(node.url!);
        face.texts.push(squeezed(node.alt ?? ""));
        return;
      case "definition":
        face.links.push(node.url!);
        return;
      case "link": {
        // The portal's pages do not link a bare URL in the text. The parser may omit its position.
        const written = node.position !== undefined && /[[<]/.test(body[node.position.start.offset!]);
        if (written) {
          flush();
          face.links.push(node.url!);
        }
        node.children!.forEach(walk);
        if (written) flush();
        return;
      }
      case "code":
        flush();
        face.texts.push(...[attribute(node.meta, "title"), node.lang === "mermaid" ? attribute(node.meta, "alt") : undefined].filter((text) => text !== undefined));
        if (node.lang !== "mermaid") face.code.push(node.value!);
        return;
      case "heading":
        flush();
        face.headings.push(`${node.depth} ${squeezed(plain(node))}`);
        node.children!.filter((child) => child.type === "link").forEach((link) => face.links.push(link.url!));
        return;
      case "blockquote": {
        flush();
        const first = node.children?.[0]?.children?.[0];
        const callout = first?.type === "text" ? /^\[!([A-Z])([A-Z]+)\]\n?/.exec(first.value!) : null;
        if (callout) {
          face.texts.push(callout[1] + callout[2].toLowerCase());
          first!.value = first!.value!.slice(callout[0].length);
        }
        break;
      }
    }
    const isInline = ["emphasis", "strong", "delete"].includes(node.type);
    if (!isInline) flush();
    node.children?.forEach(walk);
    if (!isInline) flush();
  };
  walk(fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node);
  return face;
}

/** Content of a page's main element, without navigation and controls. */
export const htmlFace = (page: Page, html: string): Promise<Face> =>
  page.evaluate(({ html, face }) => {
    const main = new DOMParser().parseFromString(html, "text/html").querySelector("main")!;
    const squeezed = (text: string) => text.replace(/\s+/g, " ").trim();
    const skipped = [
      "nav", ".tools", ".feedback", "label", "button", "input", "script", ".visually-hidden", "[aria-hidden=true]",
      // Placeholder of the result.
      ".answer:not(.wrong):has(> code[hidden])",
      // Footnote numbers and their back links; the dark variant of an image; the length of collapsed code.
      "sup:has(> a[id^=fnref])", ".footnotes a[href^='#fnref']", ".on-dark", ".code-fold > summary > span",
    ].join();
    let run = "";
    const flush = () => {
      if (squeezed(run)) face.texts.push(squeezed(run));
      run = "";
    };
    const walk = (node: Node): void => {
      if (node instanceof Text) run += node.data;
      if (!(node instanceof Element) || node.matches(skipped)) return;
      const name = node.localName;
      if (name === "br") run += " ";
      if (name === "a") face.links.push(node.getAttribute("href")!);
      if (/^h[1-6]$/.test(name)) {
        flush();
        face.headings.push(`${name[1]} ${squeezed(node.textContent!)}`);
        const links = [...node.querySelectorAll("a")].map((link) => link.getAttribute("href")!);
        face.links.push(...links.filter((href) => href !== `#${node.id}`));
      } else if (node.matches(".stamps")) {
        // In Markdown, the verification badges of an agent are one line.
        flush();
        face.texts.push([...node.children].map((stamp) => squeezed(stamp.textContent!)).join("; "));
      } else if (name === "pre") {
        flush();
        face.code.push(node.textContent!);
      } else if (name === "img") {
        flush();
        face.texts.push(squeezed(node.getAttribute("alt")!));
        if (!node.closest(".diagram")) face.links.push(node.getAttribute("src")!);
      } else {
        const isInline = ["em", "strong", "code", "kbd", "mark", "sub", "sup", "del", "wbr", "br"].includes(name);
        if (!isInline) flush();
        node.childNodes.forEach(walk);
        if (!isInline) flush();
      }
    };
    walk(main);
    main.querySelectorAll<HTMLInputElement>("form:not(.feedback) input[name]").forEach((input) => {
      face.fields.push({ label: input.labels![0].textContent!, name: input.name });
    });
    return face;
  }, { html, face: empty() });

/** All content of a form, code line by line. */
export const segments = ({ headings, code, texts }: Face) =>
  [...headings, ...texts, ...code.flatMap((block) => block.split("\n").map((line) => line.trimEnd()))].filter((text) => text !== "");

/** Items of `ours` that are missing in `others`, as often as each is missing. */
export function missing(ours: string[], others: string[]): string[] {
  const left = new Map<string, number>();
  others.forEach((text) => left.set(text, (left.get(text) ?? 0) + 1));
  return ours.filter((text) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count < 1;
  });
}
