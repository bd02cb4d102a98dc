// A real API for one page: with its own port and folders.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";

/** The program. */
export const API_BIN = resolve(process.env.API_BIN ?? "../target/release/api");

/** A free port. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

export interface Api {
  port: number;
  metricsPort: number;
  stop: () => Promise<void>;
}

/** Starts an API in a folder. Settings that readers don't set have their defaults, limits included. */
export async function startApi(folder: string): Promise<Api> {
  if (!existsSync(API_BIN)) throw new Error(`${API_BIN} does not exist. Run "cargo build --release --package api", or set API_BIN.`);
  const [port, metricsPort] = [await freePort(), await freePort()];
  const log = join(folder, ".api.log");
  const out = openSync(log, "w");
  const child: ChildProcess = spawn(API_BIN, ["serve"], {
    cwd: folder,
    stdio: ["ignore", out, out],
    env: { PATH: process.env.PATH, API_ADDR: `127.0.0.1:${port}`, SENTRYAGENT_ENV: "development", METRICS_ADDR: `127.0.0.1:${metricsPort}` },
  });
  const until = Date.now() + 30_000;
  for (;;) {
    const isReady = await fetch(`http://127.0.0.1:${port}/health/ready`).then((answer) => answer.ok, () => false);
    if (isReady) break;
    if (child.exitCode !== null || Date.now() > until) throw new Error(`the API did not start:\n${readFileSync(log, "utf8")}`);
    await new Promise((done) => setTimeout(done, 50));
  }
  return {
    port,
    metricsPort,
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}
