// The code fences of a page, as CommonMark sees them: none that is shown in a longer fence, in a comment or in indented
// code; those in lists and quotes without what stands in front of them there. Reads blocks only, and needs no package.

const FENCE = /^(?:(`{3,})([^`]*)|(~{3,})(.*))$/;
const HEADING = /^#{1,6}(?:[ \t]|$)/;
const UNDERLINE = /^(?:=+|-+)[ \t]*$/;
const RULE = /^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/;
const ITEM = /^(?:[*+-]|(\d{1,9})[.)])(?=[ \t]|$)/;
const DEFINITION = /^:(?=[ \t])/;
const FOOTNOTE = /^\[\^[^\]\s]+\]:/;
// A directive ends paragraphs and lists, as the comment does that the portal makes of it.
const DIRECTIVE = /^:{3,}[ \t]*(?:[a-z-]+(?:[ \t].*)?)?$/;
// HTML: how a block of it begins, and what its last line holds. https://spec.commonmark.org/0.31.2/#html-blocks
const NAMES =
  "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|" +
  "fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|" +
  "menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul";
const BLANK = /^[ \t]*$/;
const HTML = [
  [/^<(?:script|pre|style|textarea)(?:\s|>|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<![a-z]/i, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
  [new RegExp(`^</?(?:${NAMES})(?:\\s|/?>|$)`, "i"), BLANK],
];
const ATTRIBUTE = String.raw`\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>${"`"}]+|'[^']*'|"[^"]*"))?`;
const LONE_TAG = new RegExp(String.raw`^(?:<[a-z][a-z0-9-]*(?:${ATTRIBUTE})*\s*/?>|</[a-z][a-z0-9-]*\s*>)\s*$`, "i");

/**
 * All fences of a page: `{ info, text, line }`, with the line of the opening one, from 1. The text is what stands
 * between the fence's lines, each line ended by "\n".
 */
export function fences(source) {
  const lines = source.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  const ends = (line, index) => index > 0 && line.trimEnd() === "---";
  const body = lines[0]?.trimEnd() === "---" ? lines.findIndex(ends) + 1 : 0;
  const reader = new Reader();
  for (let index = body; index < lines.length; index += 1) reader.read(lines[index], index + 1);
  return reader.found;
}

/** Where in a line we are. A tab reaches to the next multiple of four columns, and may be used up in part. */
class Cursor {
  constructor(line) {
    Object.assign(this, { line, offset: 0, column: 0, spaces: 0 });
  }

  /** Goes over white space, at most so many columns; says how many. */
  skip(most = Infinity) {
    const start = this.column;
    for (; this.column - start < most; this.column += 1, this.spaces -= 1) {
      if (this.spaces > 0) continue;
      const sign = this.line[this.offset];
      if (sign !== " " && sign !== "\t") break;
      this.spaces = sign === "\t" ? 4 - (this.column % 4) : 1;
      this.offset += 1;
    }
    return this.column - start;
  }

  take(length) {
    this.offset += length;
    this.column += length;
  }

  copy() {
    return Object.assign(new Cursor(this.line), this);
  }

  rest() {
    return " ".repeat(this.spaces) + this.line.slice(this.offset);
  }
}

class Reader {
  found = [];
  /** What the line is in, from the outside: quotes, and items with the width of what stands before their text. */
  containers = [];
  /** The innermost block: "paragraph", { fence… }, { html } with what ends it, or null. */
  leaf = null;

  read(line, number) {
    const at = new Cursor(line);
    let matched = 0;
    while (matched < this.containers.length && continues(this.containers[matched], at)) matched += 1;
    const inside = matched === this.containers.length;
    if (inside && this.leaf?.fence) return this.readFence(at);
    if (inside && this.leaf?.html) return this.endHtml(at.rest());

    // What begins here ends all that the line is not in; mere text goes on with a paragraph even so.
    let interrupted = inside && this.leaf === "paragraph";
    for (;;) {
      const ahead = at.copy();
      const indent = ahead.skip();
      const text = ahead.rest();
      if (text === "" || indent > 3) break;
      const container = this.container(text, indent, ahead, interrupted);
      const leaf = container ? null : this.block(text, indent, number, interrupted);
      if (!container && leaf === undefined) break;
      this.containers.length = matched;
      this.leaf = leaf;
      if (!container) return leaf?.html && leaf.html !== BLANK && this.endHtml(text);
      this.containers.push(container);
      matched += 1;
      interrupted = false;
      Object.assign(at, ahead);
    }
    this.readText(at, matched);
  }

  /** The quote or item that begins here, with the cursor moved to its text. */
  container(text, indent, at, interrupted) {
    if (text.startsWith(">")) {
      at.take(1);
      at.skip(1);
      return { quote: true };
    }
    const note = FOOTNOTE.exec(text);
    if (note) {
      at.take(note[0].length);
      at.skip();
      return { width: 4 };
    }
    const item = RULE.test(text) ? null : (ITEM.exec(text) ?? (this.mayDefine(interrupted) ? DEFINITION.exec(text) : null));
    if (!item || (interrupted && UNDERLINE.test(text))) return null;
    const empty = BLANK.test(text.slice(item[0].length));
    if (interrupted && text[0] !== ":" && (empty || (item[1] && Number(item[1]) !== 1))) return null;
    at.take(item[0].length);
    const ahead = at.copy();
    const spaces = ahead.skip();
    const padding = empty || spaces > 4 ? 1 : spaces;
    at.skip(padding);
    return { width: indent + item[0].length + padding, empty, definition: text[0] === ":" };
  }

  /** A definition follows its term, or another definition. */
  mayDefine(interrupted) {
    return interrupted || this.containers.some((container) => container.definition);
  }

  /** The block that begins here and holds no others: null for one of a single line, undefined for none. */
  block(text, indent, line, interrupted) {
    const fence = FENCE.exec(text);
    if (fence) {
      const [, ticks, info, tildes, tildesInfo] = fence;
      this.found.push({ info: (info ?? tildesInfo).trim(), text: "", line });
      return { fence: ticks ?? tildes, indent };
    }
    if (DIRECTIVE.test(text) || HEADING.test(text)) return null;
    if (interrupted && UNDERLINE.test(text)) return null;
    if (RULE.test(text)) return null;
    const html = HTML.find(([start]) => start.test(text));
    if (html) return { html: html[1] };
    if (LONE_TAG.test(text) && this.leaf !== "paragraph") return { html: BLANK };
    return undefined;
  }

  readFence(at) {
    const { fence, indent } = this.leaf;
    const ahead = at.copy();
    const closing = ahead.skip() < 4 && ahead.rest().trimEnd();
    if (closing && closing.length >= fence.length && closing === fence[0].repeat(closing.length)) {
      this.leaf = null;
    } else {
      at.skip(indent);
      this.found.at(-1).text += `${at.rest()}\n`;
    }
  }

  endHtml(text) {
    if (this.leaf.html.test(text)) this.leaf = null;
  }

  readText(at, matched) {
    const indent = at.skip();
    const blank = at.rest() === "";
    const lazy = !blank && this.leaf === "paragraph" && matched < this.containers.length;
    if (lazy) return;
    if (matched < this.containers.length) this.leaf = null;
    this.containers.length = matched;
    const inner = this.containers.at(-1);
    if (blank) this.leaf = null;
    else if (indent < 4 || this.leaf === "paragraph") this.leaf = "paragraph";
    if (inner?.empty) inner.empty = blank ? "closing" : false;
  }
}

/** Whether the line goes on in the container; moves the cursor over what belongs to it. */
function continues(container, at) {
  const ahead = at.copy();
  const indent = ahead.skip();
  if (container.quote) {
    if (indent > 3 || ahead.rest()[0] !== ">") return false;
    ahead.take(1);
    ahead.skip(1);
  } else if (ahead.rest() === "") {
    // An item that begins with an empty line and goes on with another is over.
    if (container.empty === "closing") return false;
  } else if (indent < container.width) {
    return false;
  } else {
    Object.assign(ahead, at);
    ahead.skip(container.width);
  }
  Object.assign(at, ahead);
  return true;
}
