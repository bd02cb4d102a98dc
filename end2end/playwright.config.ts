// One real Chromium, one real portal of the release build. Each test's name is a claim.
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

export const PORT = Number(process.env.END2END_PORT ?? 3900);
export const BASE_PORT = PORT + 1;
/** Where the server writes what readers say of pages. */
export const feedbackLog = (port: number) => join(tmpdir(), `sentryagent-end2end-${port}.jsonl`);

const serve = (port: number, base: string) => ({
  command: "../target/release/portal serve",
  url: `http://localhost:${port}/readyz`,
  reuseExistingServer: false,
  env: {
    PORTAL_ADDR: `127.0.0.1:${port}`,
    PUBLIC_SITE_URL: `http://localhost:${port}`,
    BASE_PATH: base,
    CONTENT_DIR: "../content",
    PORTAL_SITE_ROOT: "../target/site",
    EDIT_URL: "https://example.com/edit/main/content",
    FEEDBACK_LOG: feedbackLog(port),
    // So that a test can be whom it likes.
    TRUSTED_PROXIES: "127.0.0.1",
    LOG_LEVEL: "warn",
  },
});

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  // These need compilers and an API, and no portal: `npm run samples`.
  testIgnore: "samples/run/**",
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  timeout: 30_000,
  // A tree is the same when nothing is missing and nothing was added.
  expect: { toMatchAriaSnapshot: { children: "deep-equal", pathTemplate: "{testDir}/pages/tree/{arg}{ext}" } },
  use: {
    baseURL: `http://localhost:${PORT}`,
    browserName: "chromium",
    permissions: ["clipboard-read", "clipboard-write"],
    launchOptions: {
      executablePath: process.env.CHROMIUM_BIN || "/usr/bin/chromium",
      args: [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
      ],
    },
  },
  webServer: [serve(PORT, ""), serve(BASE_PORT, "/developers")],
});
