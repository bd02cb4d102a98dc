// Comparison of shown and actual output. IDs, times, secrets and hashes differ between runs; `…` matches anything.

/** Kinds of values that differ between runs. */
const KINDS: [RegExp, string][] = [
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<id>"],
  [/\b[0-9a-f]{64}\b/g, "<hash>"],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "<time>"],
  [/\bs(admin|agent|claim|link|session)_[\w-]{43}/g, "<$1 secret>"],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, "<token>"],
  // The thumbprint that identifies a key (RFC 7638).
  [/(?<![\w-])[\w-]{43}(?![\w-])/g, "<key>"],
  [/\b1[789]\d{8}\b/g, "<seconds>"],
  [/(;t=)\d+/g, "$1<n>"],
];

const alike = (text: string) => KINDS.reduce((text, [kind, name]) => text.replace(kind, name), text);
const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Returns whether a text matches the expected one. */
export function isLike(expected: string, came: string): boolean {
  const lines = alike(expected.trimEnd()).split("\n").map((line) =>
    line.trim() === "…" ? "(?:[^\\n]*\\n)*?[^\\n]*" : escape(line).replaceAll("…", "[^\\n]*"));
  return new RegExp(`^${lines.join("\\n")}$`).test(alike(came.trimEnd()));
}

/** Returns the path at which JSON differs from the expected one, if any. */
export function differs(expected: unknown, came: unknown, at = "the response"): string | undefined {
  if (Array.isArray(expected) && Array.isArray(came)) {
    if (expected.length !== came.length) return `${at} has ${came.length} items, not ${expected.length}`;
    return expected.map((one, index) => differs(one, came[index], `${at}[${index}]`)).find(Boolean);
  }
  if (expected && came && typeof expected === "object" && typeof came === "object" && !Array.isArray(expected) && !Array.isArray(came)) {
    const [wanted, given] = [Object.keys(expected).sort(), Object.keys(came).sort()];
    if (wanted.join() !== given.join()) return `${at} has ${given.join(", ")}; the page shows ${wanted.join(", ")}`;
    return wanted.map((key) => differs((expected as never)[key], (came as never)[key], `${at}.${key}`)).find(Boolean);
  }
  // Durations in milliseconds differ between runs.
  if (at.endsWith("Ms") && typeof expected === "number" && typeof came === "number") return;
  const [wanted, given] = [JSON.stringify(expected), JSON.stringify(came)];
  return isLike(wanted, given) ? undefined : `${at} is ${given}; the page shows ${wanted}`;
}

/** Compares an HTTP response: status, the headers on the page, and the body if the page shows one. */
export function httpDiffers(expected: string, came: string): string | undefined {
  const [wantedHead, wantedBody] = expected.split("\n\n", 2);
  const [givenHead, givenBody = ""] = came.replaceAll("\r", "").split("\n\n", 2);
  const [wanted, given] = [wantedHead.split("\n"), givenHead.split("\n")];
  if (!isLike(wanted[0], given[0])) return `the status is ${given[0]}; the page shows ${wanted[0]}`;
  const lower = (line: string) => line.replace(/^[^:]+/, (name) => name.toLowerCase());
  for (const line of wanted.slice(1)) {
    if (!given.slice(1).some((one) => isLike(lower(line), lower(one)))) return `no header matches ${line}:\n${givenHead}`;
  }
  if (!wantedBody) return;
  return differs(JSON.parse(wantedBody), JSON.parse(givenBody), "the body");
}
