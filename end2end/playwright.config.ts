// One real Chromium, one real portal of the release build. Each test's name is a claim.
import { defineConfig } from "@playwright/test";

export const PORT = Number(process.env.END2END_PORT ?? 3900);
export const BASE_PORT = PORT + 1;

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
    LOG_LEVEL: "warn",
  },
});

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  timeout: 30_000,
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
