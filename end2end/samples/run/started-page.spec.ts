// The first call's samples on the progress page: each is run unmodified, with the file from the page, and the page
// detects its call.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test as base } from "@playwright/test";
import { Api } from "../../clients/helper/api.js";
import { Portal } from "../../helper/portal.js";
import { backdate } from "../../onboarding/form-key.js";
import browser from "../../playwright.config.js";
import { environment } from "./environment.js";
import { manifest } from "./manifest.js";
import { openShell } from "./shell.js";

/** By a tab's label: file name of the sample, and its command unless its first line contains it. */
const RUNS: Record<string, { file: string; command?: string }> = {
  curl: { file: "first.sh", command: "bash -eu -o pipefail first.sh" },
  "Node.js": { file: "first.mjs" },
  Python: { file: "first.py" },
  Go: { file: "first.go" },
  Rust: { file: "src/main.rs" },
};

/** One API and one portal for all samples of a worker: each sample creates its own organization. */
const test = base.extend<object, { service: { api: Api; portal: Portal } }>({
  service: [
    async ({}, use) => {
      const api = await Api.start();
      const portal = await Portal.start(api.origin);
      await use({ api, portal });
      await portal.stop();
      await api.stop();
    },
    { scope: "worker" },
  ],
});
test.use(browser.use!);

for (const [label, { file, command }] of Object.entries(RUNS)) {
  test(`the ${label} sample of the first call runs unmodified, and the page detects the call`, async ({ page, service: { portal } }) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "sentryagent-samples-")));
    const shell = openShell(folder, environment(folder));
    try {
      await page.goto(`${portal.origin}/get-started`);
      await page.getByLabel("Name", { exact: true }).fill("Tab by tab");
      await page.getByLabel("Capabilities").fill("invoices:read");
      await backdate(page);
      await page.getByRole("button", { name: "Create agent" }).click();
      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: "Download sentryagent.env" }).click();
      await (await download).saveAs(join(folder, "sentryagent.env"));

      const tabs = page.locator(".tabs > details");
      expect(await tabs.locator("summary").allTextContents()).toEqual(Object.keys(RUNS));
      await tabs.locator("summary").getByText(label, { exact: true }).click();
      const code = (await tabs.filter({ has: page.locator("summary", { hasText: new RegExp(`^${label}$`) }) }).locator("pre code").innerText()).trimEnd();
      mkdirSync(join(folder, "src"));
      writeFileSync(join(folder, file), `${code}\n`);
      if (label === "Rust") {
        writeFileSync(join(folder, "Cargo.toml"), manifest(code));
        writeFileSync(join(folder, "Cargo.lock"), readFileSync("../Cargo.lock"));
      }
      // The command in a program's first line.
      const said = command ?? code.split("\n")[0].replace(/^(\/\/|#) /, "");
      const { status, output } = await shell.run(said);
      expect(status, `${said} printed:\n${output}`).toBe(0);
      const called = JSON.parse(output);
      expect(called.name).toBe("Tab by tab");
      await expect(page.locator(".arrived").first()).toContainText(`GET /api/v1/agents/${called.agentId}`);
    } finally {
      shell.end();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
