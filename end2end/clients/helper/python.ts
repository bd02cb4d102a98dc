// Clients from PyPI, in the environment created by scripts/tools/python.sh.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

export const FOLDER = resolve(import.meta.dirname, "../python");

/** Runs a module; returns its output and exit code. */
export async function python(parts: string[], cwd: string, settings: Record<string, string>): Promise<{ output: string; code: number | null }> {
  const program = join(process.env.CLIENTS_VENV ?? "", "bin/python");
  if (!process.env.CLIENTS_VENV || !existsSync(program)) {
    throw new Error("CLIENTS_VENV is not a Python environment. Run `make test`, which creates one (scripts/tools/python.sh).");
  }
  const env = { PATH: process.env.PATH ?? "", PYTHONDONTWRITEBYTECODE: "1", PYTHONIOENCODING: "utf-8", ...settings };
  const child = spawn(program, ["-m", ...parts], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (part: string) => (output += part));
  const code = await new Promise<number | null>((ended, failed) => child.on("close", ended).on("error", failed));
  return { output, code };
}
