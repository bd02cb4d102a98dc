// A program with only the URL of /get-started.md: its commands, run unmodified, create an agent that gets a token.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fencesOf } from "../samples/samples.js";
import { expect, test } from "./reader.js";

test("the commands in the Markdown of the Get started page create an agent whose credential gets a token", async ({ market }) => {
  const markdown = await (await fetch(`${market.origin}/get-started.md`)).text();
  const [signUp, register, credential] = fencesOf(markdown).map(({ code }) => code);
  // Instructions between the commands: response fields that later commands use.
  const script = [
    `SIGNED=$(${signUp})`,
    "CLIENT_ID=$(jq -r .credential.clientId <<< \"$SIGNED\"); CLIENT_SECRET=$(jq -r .credential.clientSecret <<< \"$SIGNED\")",
    `{ ${register}\n} > agent.json`,
    "AGENT_ID=$(jq -r .agentId agent.json)",
    credential,
  ].join("\n");
  const { stdout } = await promisify(execFile)("bash", ["-eu", "-o", "pipefail", "-c", `cd "$(mktemp -d)"\n${script}`], { timeout: 20_000 });
  const { clientId, clientSecret } = JSON.parse(stdout);
  const form = new URLSearchParams({ grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret });
  const answer = await fetch(`${market.registry.origin}/api/v1/token`, { method: "POST", body: form });
  expect(answer.status).toBe(200);
  expect((await answer.json()).access_token).toBeTruthy();
});
