// Parsers of languages: the language's own program or its usual parser if available, or else its tree-sitter grammar.
// Each returns the error, if any.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse as parseJsonc, printParseErrorCode, type ParseError } from "jsonc-parser";
import { parse as parseToml } from "smol-toml";
import { parseAllDocuments } from "yaml";

type Parse = (code: string) => string | undefined | Promise<string | undefined>;

/** Languages without a parser: any text is valid. Diagrams are drawn by `make diagrams`, and an undrawn one fails the check. */
export const NO_SYNTAX = new Set(["text", "markdown", "mermaid"]);

/** The message of a parser's exception. */
const thrown = (parse: (code: string) => unknown): Parse => (code) => {
  try {
    parse(code);
  } catch (error) {
    return (error as Error).message;
  }
};

const require = createRequire(import.meta.url);
const sitter = require("@vscode/tree-sitter-wasm");
const wasm = dirname(require.resolve("@vscode/tree-sitter-wasm"));
let started: Promise<void> | undefined;

/** Parses with a tree-sitter grammar: returns the first error or missing token. */
const grammar = (name: string): Parse => async (code) => {
  await (started ??= sitter.Parser.init());
  const parser = new sitter.Parser();
  parser.setLanguage(await sitter.Language.load(readFileSync(join(wasm, `tree-sitter-${name}.wasm`))));
  const tree = parser.parse(`${code}\n`);
  if (!tree.rootNode.hasError) return;
  let at = tree.rootNode;
  for (;;) {
    const inner = at.children.find((child: { hasError: boolean; isMissing: boolean; isError: boolean }) => child.hasError || child.isMissing);
    if (!inner) break;
    at = inner;
  }
  return `line ${at.startPosition.row + 1}: ${at.isMissing ? `${at.type} is missing` : code.split("\n")[at.startPosition.row]}`;
};

/** A terminal command with its output. */
export interface Step {
  command: string;
  output: string[];
}

/** The commands of a terminal: lines after a prompt, with their continuations by backslash or here-document. */
export function steps(session: string): Step[] {
  const found: Step[] = [];
  let goesOn = false;
  let until: string | undefined;
  for (const line of session.split("\n")) {
    const last = found.at(-1);
    if (last && until !== undefined) {
      last.command += `\n${line}`;
      if (line === until) until = undefined;
      continue;
    }
    if (!goesOn && !line.startsWith("$ ")) {
      last?.output.push(line);
      continue;
    }
    const command = goesOn ? line : line.slice(2);
    if (last && goesOn) last.command += `\n${command}`;
    else found.push({ command, output: [] });
    goesOn = command.endsWith("\\");
    until = /<<-?\s*['"]?(\w+)['"]?/.exec(command)?.[1];
  }
  return found;
}

/** Parses with bash, without running anything. */
const bash: Parse = (code) => {
  const { status, stderr } = spawnSync("bash", ["-n"], { input: `${code}\n`, encoding: "utf8" });
  return status === 0 ? undefined : stderr.trim();
};

/** Checks with nginx, within the block that a configuration fragment belongs to; its files are dummies. */
const nginx: Parse = (code) => {
  const folder = mkdtempSync(join(tmpdir(), "sentryagent-nginx-"));
  try {
    const made = spawnSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=a",
      "-keyout", join(folder, "key"), "-out", join(folder, "pem")], { encoding: "utf8" });
    if (made.status !== 0) return `openssl did not create a certificate: ${made.stderr || made.error}`;
    const own = code
      .replace(/(ssl_certificate_key) [^;]+;/g, `$1 ${folder}/key;`)
      .replace(/(ssl_certificate) [^;]+;/g, `$1 ${folder}/pem;`)
      .replace(/\/var\/[\w./-]+/g, (path) => join(folder, path.replaceAll("/", "-")));
    const isHttp = /^\s*(server|upstream|log_format|proxy_cache_path|map)\b/m.test(code);
    const file = join(folder, "nginx.conf");
    writeFileSync(file, `pid ${folder}/pid;\nevents {}\nhttp {\n${isHttp ? own : `server {\n${own}\n}`}\n}\n`);
    const { status, stderr, error } = spawnSync("nginx", ["-t", "-q", "-c", file, "-e", "stderr"], { encoding: "utf8" });
    return status === 0 ? undefined : stderr?.trim() || String(error);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Lines of systemd.syntax(7): a section, a key with its value, a comment, or an empty line. */
const systemd: Parse = (code) =>
  code.split("\n").find((line) => !/^(\[[\w.@-]+\]|[A-Z]\w*=.*|[#;].*|\s*)$/.test(line));

/** The head of a message: a request or status line, then fields (RFC 9112, section 2.1). */
const http: Parse = (code) => {
  const [first, ...rest] = code.split("\n");
  if (!/^([A-Z]+ \S+( HTTP\/[\d.]+)?|HTTP\/[\d.]+ \d{3}( .*)?)$/.test(first)) return `neither a request line nor a status line: ${first}`;
  const end = rest.indexOf("");
  return rest.slice(0, end < 0 ? undefined : end).find((line) => !/^([!#$%&'*+.^_`|~\w-]+:.*|\s+.+)$/.test(line));
};

const diff: Parse = (code) => code.split("\n").find((line) => !/^([-+ @\\]|diff |index |$)/.test(line));

/** Parsers by the languages' names. */
export const PARSERS: Record<string, Parse> = {
  bash,
  console: (code) => bash(steps(code).map((step) => step.command).join("\n")),
  diff,
  go: grammar("go"),
  http,
  json: thrown(JSON.parse),
  jsonc: (code) => {
    const errors: ParseError[] = [];
    parseJsonc(code, errors, { allowTrailingComma: true });
    return errors.map(({ error, offset }) => `${printParseErrorCode(error)} at ${offset}`).join(", ") || undefined;
  },
  jsonl: thrown((code) => code.split("\n").filter(Boolean).forEach((line) => JSON.parse(line))),
  nginx,
  powershell: grammar("powershell"),
  python: grammar("python"),
  rust: grammar("rust"),
  systemd,
  toml: thrown(parseToml),
  typescript: grammar("typescript"),
  yaml: (code) => parseAllDocuments(code).flatMap((document) => ("errors" in document ? document.errors : []))[0]?.message,
};
