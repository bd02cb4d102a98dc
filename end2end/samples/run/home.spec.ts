// The terminal on the home page that registers an agent: compared with the API's responses. RECORD=1 records it again.
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { steps } from "../parsers.js";
import { samples } from "../samples.js";
import { startApi } from "./api.js";
import { isLike } from "./compare.js";
import { openShell } from "./shell.js";

const TRANSCRIPT = "../app/src/pages/home/registered.console";
/** The API's port, as on the page. */
const NAMED = 8080;
/** The file of the request: that of the quickstart. */
const AGENT = samples().flatMap(([page, found]) => (page === "quickstarts/first-agent.md" ? found : [])).find(({ title }) => title === "agent.json")!.code;

test("the commands in the home page's terminal print the output that the page shows", async () => {
  const shown = steps(readFileSync(TRANSCRIPT, "utf8"));
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "sentryagent-home-")));
  const api = await startApi(folder);
  const shell = openShell(folder, { PATH: process.env.PATH, HOME: folder, LANG: "C.UTF-8" });
  try {
    const here = `http://localhost:${api.port}`;
    const { credential } = await fetch(`${here}/api/v1/signup`, { method: "POST" }).then((answer) => answer.json());
    const body = new URLSearchParams({ grant_type: "client_credentials", client_id: credential.clientId, client_secret: credential.clientSecret });
    const { access_token } = await fetch(`${here}/api/v1/token`, { method: "POST", body }).then((answer) => answer.json());
    await shell.run(`TOKEN=${access_token}`);
    writeFileSync(join(folder, "agent.json"), `${AGENT}\n`);
    const came: { command: string; output: string }[] = [];
    for (const { command } of shown) {
      const { output } = await shell.run(command.replaceAll(`localhost:${NAMED}`, `localhost:${api.port}`));
      came.push({ command, output: output.replaceAll(`localhost%3A${api.port}`, `localhost%3A${NAMED}`).trimEnd() });
    }
    expect(came.at(-1)!.output).toContain('"did": "did:web:');
    if (process.env.RECORD) writeFileSync(TRANSCRIPT, came.map(({ command, output }) => `$ ${command}\n${output}\n`).join(""));
    else for (const [index, { output }] of came.entries()) expect(isLike(shown[index].output.join("\n"), output), `the command printed:\n${output}`).toBe(true);
  } finally {
    shell.end();
    await api.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
