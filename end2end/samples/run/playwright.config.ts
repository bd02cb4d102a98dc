// The samples of guides and quickstarts, each page with its own API, and those of pages that the portal renders for one reader.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  // One more worker than processors: a page on settings waits until the API has reloaded its keys.
  workers: 3,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  // Includes the time of compilers.
  timeout: 900_000,
});
