// The samples of guides and quickstarts, each page against an API of its own, and those of pages that the
// portal makes for one reader.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  // One more than processors: a page of settings waits until the API has read its keys anew.
  workers: 3,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  // Compilers are among what is run.
  timeout: 900_000,
});
