// The environment in which samples run.
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** Compiler cache: one folder for all pages and runs, so that a crate is built once. */
const BUILT = resolve(process.env.SAMPLES_BUILT ?? "../target/samples");

/** The environment of a reader with all prerequisites of the pages. */
export function environment(folder: string): NodeJS.ProcessEnv {
  const home = homedir();
  const tools = [dirname(process.execPath), process.env.SAMPLES_PYTHON && join(process.env.SAMPLES_PYTHON, "bin"), process.env.SAMPLES_GO && join(process.env.SAMPLES_GO, "bin")];
  return {
    PATH: [...tools, process.env.PATH].filter(Boolean).join(":"),
    HOME: folder,
    LANG: "C.UTF-8",
    CARGO_HOME: process.env.CARGO_HOME ?? join(home, ".cargo"),
    RUSTUP_HOME: process.env.RUSTUP_HOME ?? join(home, ".rustup"),
    RUSTUP_TOOLCHAIN: process.env.RUSTUP_TOOLCHAIN,
    CARGO_TARGET_DIR: BUILT,
    CARGO_BUILD_JOBS: process.env.CARGO_BUILD_JOBS,
    CARGO_NET_OFFLINE: "true",
    CARGO_PROFILE_DEV_DEBUG: "0",
    GOCACHE: join(BUILT, "go"),
    GOTOOLCHAIN: "local",
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONUNBUFFERED: "1",
  };
}
