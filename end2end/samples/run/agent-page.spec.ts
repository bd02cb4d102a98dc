// Runs the samples of an agent's page unmodified: each gets a token of a real API and calls a real agent.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Api } from "../../clients/helper/api.js";
import { Organization } from "../../clients/helper/organization.js";
import { certificate } from "../../clients/helper/tls.js";
import { Portal } from "../../helper/portal.js";
import { fencesOf } from "../samples.js";
import { startAgent } from "./agent-endpoint.js";
import { environment } from "./environment.js";
import { manifest } from "./manifest.js";
import { openShell } from "./shell.js";

/** File name and command of a sample, by language. */
const RUNS: Record<string, { file: string; command: string }> = {
  bash: { file: "call.sh", command: "bash -eu -o pipefail call.sh" },
  typescript: { file: "call.mjs", command: "node call.mjs" },
  python: { file: "call.py", command: "python3 call.py" },
  rust: { file: "src/main.rs", command: "cargo run --quiet" },
};

test("every sample on an agent's page calls the agent with a token", async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "sentryagent-samples-")));
  const paper = certificate();
  const api = await Api.start();
  const agent = await startAgent(paper, api.origin);
  const portal = await Portal.start(api.origin);
  writeFileSync(join(folder, "ca.pem"), paper.ca);
  const ca = join(folder, "ca.pem");
  // The system's trusted CAs: here, a CA of the test.
  const trust = { CURL_CA_BUNDLE: ca, NODE_EXTRA_CA_CERTS: ca, SSL_CERT_FILE: ca };
  const organization = await Organization.verified(api);
  const { clientId, clientSecret } = await organization.credentialOf(await organization.agent());
  const shell = openShell(folder, { ...environment(folder), ...trust, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret });
  try {
    const called = await organization.agent({ name: "Echo", endpointUrl: agent.url, isPublic: true });
    const page = await fetch(`${portal.origin}/marketplace/${called.agentId}.md`);
    expect(page.status).toBe(200);
    const shown = fencesOf(await page.text()).filter(({ language, code }) => language !== "json" && code.includes(agent.url));
    expect(shown.map(({ language }) => language).sort()).toEqual(Object.keys(RUNS).sort());
    writeFileSync(join(folder, "client.curl"), `user = "${clientId}:${clientSecret}"\n`);
    writeFileSync(join(folder, "Cargo.lock"), readFileSync("../Cargo.lock"));
    mkdirSync(join(folder, "src"));
    for (const sample of shown) {
      const { file, command } = RUNS[sample.language];
      writeFileSync(join(folder, file), `${sample.code}\n`);
      if (sample.language === "rust") writeFileSync(join(folder, "Cargo.toml"), manifest(sample.code));
      const before = agent.heard.length;
      const { status, output } = await shell.run(command);
      expect(status, `${command} printed:\n${output}`).toBe(0);
      expect(output, command).toContain("You said: Hello");
      expect(agent.heard.slice(before), command).toEqual([{ words: "Hello", from: clientId }]);
    }
  } finally {
    shell.end();
    await portal.stop();
    await agent.stop();
    await api.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
