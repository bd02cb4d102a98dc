// A portal of a test: on its own port, with the test's settings.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { expect } from "@playwright/test";
import { freePort } from "./addresses.js";
import { PORTAL_BIN, type Settings, feedbackLog, portalSettings } from "./programs.js";

export class Portal {
  readonly port: number;
  private readonly child: ChildProcess;
  /** Logged errors. */
  private readonly faults: string[] = [];

  private constructor(port: number, settings: Settings) {
    this.port = port;
    this.child = spawn(PORTAL_BIN, ["serve"], { env: { PATH: process.env.PATH ?? "", ...settings }, stdio: ["ignore", "pipe", "pipe"] });
    this.child.on("error", (error) => this.faults.push(String(error)));
    this.child.stderr!.on("data", (part: Buffer) => this.faults.push(part.toString()));
    // Warnings are allowed: many tests simulate outages.
    createInterface(this.child.stdout!).on("line", (line) => { if (/"level":"ERROR"/.test(line)) this.faults.push(line); });
  }

  /** Starts a portal for the API at an origin, and waits until it is ready. */
  static async start(api: string, more: Settings = {}): Promise<Portal> {
    const port = await freePort();
    const portal = new Portal(port, { ...portalSettings(port, api), LOG_FORMAT: "json", ...more });
    const answers = async () => {
      expect(portal.faults).toEqual([]);
      expect((await fetch(`${portal.origin}/readyz`)).status).toBe(200);
    };
    await expect(answers).toPass({ intervals: [50], timeout: 20_000 });
    return portal;
  }

  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  /** Resident memory, and its peak since the last call, in KiB (proc(5), VmRSS and VmHWM). */
  memory(): { now: number; most: number } {
    const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
    const [now, most] = ["VmRSS", "VmHWM"].map((name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)![1]));
    // Resets the peak.
    writeFileSync(`/proc/${this.child.pid}/clear_refs`, "5");
    return { now, most };
  }

  /** Stops the portal; fails if it had ended before or logged an error. */
  async stop(): Promise<void> {
    const crashed = this.child.exitCode !== null || this.child.signalCode !== null;
    const ended = once(this.child, "exit");
    this.child.kill("SIGTERM");
    if (!crashed) await ended;
    rmSync(feedbackLog(this.port), { force: true });
    if (crashed || this.faults.length) throw new Error(`the portal ${crashed ? "ended by itself" : "told of errors"}: ${this.faults.join("\n")}`);
  }
}
