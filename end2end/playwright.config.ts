// One real Chromium, one real portal and one real API of the release build. Each test's name is a claim.
import { defineConfig } from "@playwright/test";
import { API_BIN, PORTAL_BIN, demoFolder, demoSettings, feedbackLog, portalSettings } from "./helper/programs.js";

export { feedbackLog };
export const PORT = Number(process.env.END2END_PORT ?? 3900);
export const BASE_PORT = PORT + 1;
/** The API of both portals. */
export const API_PORT = PORT + 2;

const api = `http://localhost:${API_PORT}`;

const serve = (port: number, base: string) => ({
  command: `${PORTAL_BIN} serve`,
  url: `http://localhost:${port}/readyz`,
  reuseExistingServer: false,
  // The portal that most tests use serves what production does.
  env: { ...portalSettings(port, api, base), RECOMPRESS: String(base === "") },
});

/** Starts each time with the demo data only. */
const serveApi = {
  command: `rm -rf ${demoFolder(API_PORT)} && exec ${API_BIN} serve`,
  url: `${api}/health/ready`,
  reuseExistingServer: false,
  env: demoSettings(API_PORT, `http://localhost:${PORT}`),
};

/** Files whose tests take minutes in one worker each, mostly waiting. */
const LONG = ["marketplace/hostile.spec.ts", "marketplace/outage.spec.ts", "marketplace/walk.spec.ts", "onboarding/mail-server.spec.ts"];

/** Snapshots are written after the retries of an assertion, one after the other. Workers inherit the environment. */
if (process.argv.some((argument) => argument.startsWith("--update-snapshots"))) process.env.UPDATES_SNAPSHOTS = "yes";
const isUpdating = process.env.UPDATES_SNAPSHOTS === "yes";

export default defineConfig({
  testDir: ".",
  // The long ones start first, so that none remains alone at the end.
  projects: [
    { testMatch: LONG.map((file) => `**/${file}`) },
    // Samples that are run need compilers: `npm run samples`.
    { testMatch: "**/*.spec.ts", testIgnore: ["samples/run/**", ...LONG.map((file) => `**/${file}`)] },
  ],
  // One more than two processors: some tests wait, for a minute between emails or until the portal receives a change.
  workers: 3,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  // A condition that is met late on a slow machine is no defect: `make bench` measures speed.
  timeout: isUpdating ? 300_000 : 60_000,
  // A tree matches if nothing is missing and nothing was added.
  expect: { timeout: isUpdating ? 2_000 : 15_000, toMatchAriaSnapshot: { children: "deep-equal", pathTemplate: "{testDir}/pages/tree/{arg}{ext}" } },
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
  webServer: [serveApi, serve(PORT, ""), serve(BASE_PORT, "/developers")],
});
