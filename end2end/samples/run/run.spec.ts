// Runs every sample of guides, quickstarts and the API's operation like a reader: page by page, from the top, in one
// folder and one shell, against a real API. The output must match the page.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { steps } from "../parsers.js";
import { samples, type Sample } from "../samples.js";
import { API_BIN, freePort, startApi } from "./api.js";
import { differs, httpDiffers, isLike } from "./compare.js";
import { COMMANDS, PAGES } from "./not-run.js";
import { environment } from "./environment.js";
import { openShell, type Shell } from "./shell.js";

/** Pages whose samples are run. */
const WANTED = /^(docs\/guides\/|docs\/operate\/api|quickstarts\/)/;
/** Languages of programs: a sample in one of them is a file that a later command runs. */
const PROGRAMS = new Set(["go", "python", "rust", "typescript"]);
const PROGRAM_RUNS: [RegExp, string][] = [[/\bnode /, "Node.js"], [/\bpython3 /, "Python"], [/\bgo run /, "Go"], [/\bcargo run /, "Rust"]];
/** Longest wait for an email, in milliseconds. */
const MAIL_TIMEOUT = 20_000;
/** The file that cargo runs if no program is named. */
const CRATE_MAIN = "src/main.rs";
const FILE = /^[\w.-]+(\/[\w.-]+)*\.\w+$/;

const pages = samples().filter(([page]) => WANTED.test(page));

class Page {
  problems: string[] = [];
  counts: Record<string, number> = {};
  private commands: string[] = [];
  private files = new Map<string, Sample>();
  private last = "";

  constructor(private page: string, private folder: string, private ports: Map<string, string>, private shell: Shell) {}

  /** Mapping between the ports on the pages and the actual ones. */
  private here = (text: string) => this.ported(text, [...this.ports]);
  private back = (text: string) => this.ported(text, [...this.ports].map(([named, own]) => [own, named]));
  private ported = (text: string, pairs: string[][]) =>
    pairs.reduce((text, [from, to]) => text.replaceAll(new RegExp(`(localhost(?::|%3A)|listen\\(|127\\.0\\.0\\.1", )${from}\\b`, "g"), `$1${to}`), text);

  private wrong(sample: Sample, what: string) {
    this.problems.push(`content/${this.page}:${sample.line}: ${what}`);
  }

  async run(sample: Sample) {
    const { language, title, code } = sample;
    if (title === "Response") return this.answer(sample);
    if (FILE.test(title) && language !== "console") {
      const path = join(this.folder, title);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${this.here(code)}\n`);
      if (PROGRAMS.has(language)) this.files.set(title, sample);
      return;
    }
    if (PROGRAMS.has(language)) return this.wrong(sample, `a program in ${language} requires a file name as its title so that it can be run`);
    if (language === "bash") return isSkipped(this.page, code) ? undefined : this.step(sample, code, []);
    if (language !== "console") return;
    for (const { command, output } of steps(code)) {
      if (!isSkipped(this.page, command)) await this.step(sample, command, output);
    }
  }

  private async step(sample: Sample, command: string, expected: string[]) {
    const kind = PROGRAM_RUNS.find(([pattern]) => pattern.test(command))?.[1] ?? "shell";
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
    this.commands.push(command);
    const { status, output } = await this.repeat(command);
    const came = this.back(output);
    this.last = came;
    const shown = expected.join("\n").trimEnd();
    if (status !== 0 && !shown) this.wrong(sample, `${command}\nexited with ${status}:\n${came}`);
    if (shown && !isLike(shown, came)) this.wrong(sample, `${command}\nprinted:\n${came}\nthe page shows:\n${shown}`);
    // An unset variable would only fail much later.
    for (const [, name] of command.matchAll(/^(\w+)=\$\(/gm)) {
      const value = (await this.shell.run(`printf %s "$${name}"`)).output;
      if (!value || value === "null") this.wrong(sample, `${command}\nleft ${name} empty`);
    }
  }

  /** Runs a command; one that reads an email into a variable, until the email has arrived: a reader waits for it. */
  private async repeat(command: string) {
    const variable = command.includes("/dev/mail") ? /^(\w+)=\$\(/m.exec(command)?.[1] : undefined;
    for (const end = Date.now() + MAIL_TIMEOUT; ; ) {
      const result = await this.shell.run(this.here(command));
      if (!variable || Date.now() > end) return result;
      const value = (await this.shell.run(`printf %s "$${variable}"`)).output;
      if (value && value !== "null") return result;
    }
  }

  /** Compares the shown output with that of the last command. */
  private answer(sample: Sample) {
    this.counts.answers = (this.counts.answers ?? 0) + 1;
    let problem: string | undefined;
    try {
      if (sample.language === "json") problem = differs(JSON.parse(sample.code), JSON.parse(this.last));
      else if (sample.language === "http") problem = httpDiffers(sample.code, this.last);
      else problem = isLike(sample.code, this.last) ? undefined : "the output differs";
    } catch (error) {
      problem = (error as Error).message;
    }
    if (problem) this.wrong(sample, `${problem}\nafter ${this.commands.at(-1)}, which printed:\n${this.last}`);
  }

  /** Reports programs that no command runs. `all` contains the page's commands, including those of other tabs. */
  finish(all: string[]) {
    for (const [title, sample] of this.files) {
      const names = [title, basename(title).replace(/\.\w+$/, ""), ...(title === CRATE_MAIN ? ["cargo run"] : [])];
      const others = [...this.files].filter(([other]) => other !== title).map(([, other]) => other.code);
      const isUsed = [...all, ...others].some((text) => names.some((name) => new RegExp(`(^|[\\s/'"])${name}\\b`, "m").test(text)));
      if (!isUsed) this.wrong(sample, `no command of the page runs ${title}`);
    }
  }
}

const isSkipped = (page: string, command: string) => COMMANDS.some((entry) => entry.page === page && command.startsWith(entry.begins));

const isTerminal = ({ language, title }: Sample) => language === "console" || (language === "bash" && !FILE.test(title));

const commandsOf = (found: Sample[]) => found.filter(isTerminal).flatMap(({ language, code }) =>
  language === "console" ? steps(code).map(({ command }) => command) : [code]);

/** The samples for one reader: of tabs with commands, the one in the reader's language, or else the first. */
function chosen(found: Sample[], label: string): Sample[] {
  return found.filter((sample, index) => {
    if (!sample.tab || !isTerminal(sample)) return true;
    let [first, last] = [index, index];
    while (found[first - 1]?.tab && isTerminal(found[first - 1])) first -= 1;
    while (found[last + 1]?.tab && isTerminal(found[last + 1])) last += 1;
    const group = found.slice(first, last + 1);
    return (group.find(({ tab }) => tab === label) ?? group[0]) === sample;
  });
}

for (const [page, found] of pages) {
  if (page in PAGES) continue;
  const labels = [...new Set(found.filter(isTerminal).map(({ tab }) => tab).filter(Boolean))];
  for (const label of labels.length ? labels : [""]) {
    test(`the samples of ${page} run and print the output that the page shows${label && `, with ${label}`}`, async () => {
      const folder = realpathSync(mkdtempSync(join(tmpdir(), "sentryagent-samples-")));
      const api = await startApi(folder);
      const shell = openShell(folder, environment(folder));
      try {
        symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
        mkdirSync(join(folder, "target/release"), { recursive: true });
        symlinkSync(API_BIN, join(folder, "target/release/api"));
        // Crates of samples use the versions of the workspace.
        writeFileSync(join(folder, "Cargo.lock"), readFileSync("../Cargo.lock"));
        const ports = new Map([["8080", `${api.port}`], ["9090", `${await freePort()}`], ["9100", `${api.metricsPort}`]]);
        const run = new Page(page, folder, ports, shell);
        for (const sample of chosen(found, label)) await run.run(sample);
        run.finish(commandsOf(found));
        console.log(`${page}: ${Object.entries(run.counts).map(([what, count]) => `${count} ${what}`).join(", ")}`);
        expect(run.problems.join("\n\n")).toBe("");
      } finally {
        shell.end();
        await api.stop();
        if (!process.env.KEEP_SAMPLES) rmSync(folder, { recursive: true, force: true });
      }
    });
  }
}

test("every page and command that is excluded from the run still exists", () => {
  const all = new Map(pages);
  const gone = COMMANDS.filter(({ page, begins }) => !commandsOf(all.get(page) ?? []).some((command) => command.startsWith(begins)));
  expect([...Object.keys(PAGES).filter((page) => !all.has(page)), ...gone.map(({ page, begins }) => `${page}: ${begins}`)]).toEqual([]);
});

test("the comparison reports different output and ignores values that differ between runs", () => {
  const id = "01a2133e-7ce7-7257-ba86-ba4053f8bd01";
  expect(isLike(`agent ${id} …`, "agent 01a2133e-7ce7-7257-ba86-ba4053f8bd02 is there")).toBe(true);
  expect(isLike("a\n…\nd", "a\nb\nc\nd")).toBe(true);
  expect(isLike("active: true", "active: false")).toBe(false);
  expect(differs({ a: [1, { b: id }] }, { a: [1, { b: "01a2133e-7ce7-7257-ba86-ba4053f8bd09" }] })).toBeUndefined();
  expect(differs({ a: 1 }, { a: 2 })).toContain("the response.a");
  expect(differs({ a: 1 }, { a: 1, b: 2 })).toContain("a, b");
  expect(httpDiffers("HTTP/1.1 429 Too Many Requests\nRetry-After: 1", "HTTP/1.1 429 Too Many Requests\r\nretry-after: 1\r\n\r\n{}")).toBeUndefined();
  expect(httpDiffers("HTTP/1.1 200 OK", "HTTP/1.1 201 Created\r\n\r\n")).toContain("201");
});
