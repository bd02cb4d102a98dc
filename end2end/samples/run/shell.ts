// One bash for a page: state set by a sample is available to the next.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

export interface Ran {
  status: number;
  output: string;
}

export interface Shell {
  run: (command: string) => Promise<Ran>;
  /** Ends the shell with all its child processes. */
  end: () => void;
}

/** Timeouts of a command and of a build, in milliseconds. */
const LONGEST = 30_000;
const LONGEST_BUILD = 600_000;

export function openShell(folder: string, env: NodeJS.ProcessEnv): Shell {
  const bash = spawn("bash", ["--noprofile", "--norc"], { cwd: folder, env, detached: true, stdio: ["pipe", "ignore", "ignore", "pipe"] });
  const statuses = createInterface({ input: bash.stdio[3] as Readable })[Symbol.asyncIterator]();
  let count = 0;
  return {
    run: async (command) => {
      const { status, stderr } = spawnSync("bash", ["-n"], { input: `${command}\n`, encoding: "utf8" });
      if (status !== 0) throw new Error(`incomplete command: ${command}\n${stderr}`);
      const longest = /\b(cargo|go) /.test(command) ? LONGEST_BUILD : LONGEST;
      // A separate output file for each command: a background server continues to write to its own.
      const file = join(folder, `.output-${(count += 1)}`);
      bash.stdin!.write(`{\n${command}\n} </dev/null >${file} 2>&1 3>&-\nprintf '%s\\n' "$?" >&3\n`);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, fail) => {
        timer = setTimeout(() => fail(new Error(`timed out after ${longest / 1000} s: ${command}`)), longest);
      });
      try {
        const { value, done } = await Promise.race([statuses.next(), late]);
        if (done) throw new Error(`the shell exited during: ${command}`);
        return { status: Number(value), output: readFileSync(file, "utf8") };
      } finally {
        clearTimeout(timer);
      }
    },
    end: () => {
      try {
        process.kill(-bash.pid!, "SIGKILL");
      } catch {
        // The shell has already exited.
      }
    },
  };
}
