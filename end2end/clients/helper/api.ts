// A real API in a separate process: on a free port, with folders that are deleted afterwards. A test file starts one
// and stops it at the end, and fails unless the API exited normally.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const BINARY = process.env.API_BIN ?? resolve(import.meta.dirname, "../../../target/release/api");
const MANY = "1000000";
/** Unlimited requests: rate limits are not under test here. */
const LIMITS = [
  "ADDRESS_PER_MINUTE", "CREDENTIAL_PER_MINUTE", "TENANT_PER_MINUTE", "SIGNUP_PER_HOUR", "FAILURES_PER_HOUR",
  "MAILS_PER_HOUR", "REPORTS_PER_HOUR", "PROVISIONAL",
];

type Settings = Record<string, string>;

/** Folders that several API processes can use one after the other. */
export class Folders {
  readonly root = mkdtempSync(join(tmpdir(), "sentryagent-clients-"));
  readonly data = join(this.root, "data");
  readonly keys = join(this.root, "keys");
  readonly mail = join(this.root, "data", "mail");

  settings = (): Settings => ({ DATA_DIR: this.data, KEY_DIR: this.keys, MAIL_DIR: this.mail });

  remove = () => rmSync(this.root, { recursive: true, force: true });
}

/** Environment of the API, independent of the tests' own. */
const environment = (folders: Folders, settings: Settings = {}): Settings => ({
  PATH: process.env.PATH ?? "",
  SENTRYAGENT_ENV: "development",
  LOG_FORMAT: "json",
  API_ADDR: "127.0.0.1:0",
  ...Object.fromEntries(LIMITS.map((name) => [`LIMIT_${name}`, MANY])),
  ...folders.settings(),
  ...settings,
});

export class Api {
  readonly folders: Folders;
  /** Address of the listener. */
  address = "";
  private readonly child: ChildProcess;
  private readonly ownFolders: boolean;
  private readonly ended: Promise<unknown[]>;
  /** Logged errors. */
  private readonly faults: string[] = [];

  private constructor(child: ChildProcess, folders: Folders, ownFolders: boolean) {
    this.child = child;
    this.folders = folders;
    this.ownFolders = ownFolders;
    this.ended = once(child, "exit");
  }

  /** Starts an API and waits until it is ready. */
  static async start(settings: Settings = {}, folders?: Folders): Promise<Api> {
    const own = folders ?? new Folders();
    const child = spawn(BINARY, ["serve"], { env: environment(own, settings), stdio: ["ignore", "pipe", "pipe"] });
    const api = new Api(child, own, !folders);
    child.stderr!.on("data", (part: Buffer) => api.faults.push(part.toString()));
    const listening = new Promise<string>((found) => {
      createInterface(child.stdout!).on("line", (line) => {
        const event = JSON.parse(line) as { level: string; addr?: string };
        if (event.level === "ERROR") api.faults.push(line);
        if (event.addr) found(event.addr);
      });
    });
    const failed = once(child, "error").then(([error]) => Promise.reject(error as Error));
    const ended = api.ended.then(([code]) => Promise.reject(new Error(`the API exited with ${code}: ${api.faults.join("\n")}`)));
    // The promise that loses the race may reject without a handler.
    failed.catch(() => {});
    ended.catch(() => {});
    try {
      api.address = `http://${await Promise.race([listening, failed, ended])}`;
      const ready = await fetch(`${api.address}/health/ready`);
      if (!ready.ok) throw new Error(`/health/ready returned ${ready.status}`);
      return api;
    } catch (error) {
      child.kill("SIGKILL");
      if (!folders) own.remove();
      throw error;
    }
  }

  /** `http://localhost` with the port: the issuer, unless `ISSUER_URL` is set. */
  get origin(): string {
    return this.address.replace("127.0.0.1", "localhost");
  }

  /** Runs an API command in the same folders; returns its output. */
  command = (...parts: string[]) => command(this.folders, ...parts);

  /** Stops the API; fails if it had already exited, exited with an error, or logged an error. */
  async stop(): Promise<void> {
    const crashed = this.child.exitCode !== null || this.child.signalCode !== null;
    this.child.kill("SIGTERM");
    const [code, signal] = await this.ended;
    if (this.ownFolders) this.folders.remove();
    if (crashed || code !== 0 || this.faults.length) {
      throw new Error(`the API exited with ${code ?? signal}${crashed ? " unexpectedly" : ""}: ${this.faults.join("\n")}`);
    }
  }
}

/** Runs an API command in folders without a server. */
export async function command(folders: Folders, ...parts: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(BINARY, parts, { env: environment(folders) });
  return stdout.trim();
}
