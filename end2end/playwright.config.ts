// One real Chromium, one real portal and one real API of the release build. Each test's name is a claim.
import { defineConfig } from "@playwright/test";
import { API_BIN, PORTAL_BIN, demoFolder, demoSettings, feedbackLog, portalSettings } from "./helper/programs.js";

export { feedbackLog };
export const PORT = Number(process.env.END2END_PORT ?? 3900);
export const BASE_PORT = PORT + 1;
/** The API that both portals show. */
export const API_PORT = PORT + 2;

const api = `http://localhost:${API_PORT}`;

const serve = (port: number, base: string) => ({
  command: `${PORTAL_BIN} serve`,
  url: `http://localhost:${port}/readyz`,
  reuseExistingServer: false,
  env: portalSettings(port, api, base),
});

/** It begins with the demo data and nothing else, each time. */
const serveApi = {
  command: `rm -rf ${demoFolder(API_PORT)} && exec ${API_BIN} serve`,
  url: `${api}/health/ready`,
  reuseExistingServer: false,
  env: demoSettings(API_PORT, `http://localhost:${PORT}`),
};

/** Files whose tests take minutes in one worker each, most of them waiting. */
const LONG = ["marketplace/hostile.spec.ts", "marketplace/outage.spec.ts", "marketplace/walk.spec.ts", "onboarding/mail-server.spec.ts"];

export default defineConfig({
  testDir: ".",
  // The long ones begin first, so that none of them is left alone at the end.
  projects: [
    { testMatch: LONG.map((file) => `**/${file}`) },
    // Samples that are run need compilers: `npm run samples`.
    { testMatch: "**/*.spec.ts", testIgnore: ["samples/run/**", ...LONG.map((file) => `**/${file}`)] },
  ],
  // One more than two processors: some tests wait, for a minute until a mail may be sent again or until the portal hears of a change.
  workers: 3,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  // A condition that comes late on a slow machine is no defect: speed is `make bench`'s to judge.
  timeout: 60_000,
  // A tree is the same when nothing is missing and nothing was added.
  expect: { timeout: 15_000, toMatchAriaSnapshot: { children: "deep-equal", pathTemplate: "{testDir}/pages/tree/{arg}{ext}" } },
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
