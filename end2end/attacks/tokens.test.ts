// Attacks on authentication: forged tokens, tokens of what no longer exists, altered session handles, other schemes.
import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach } from "node:test";
import { Api } from "../clients/helper/api.ts";
import { token } from "../clients/helper/organization.ts";
import { type Answer, ask, sure } from "./helper/ask.ts";
import { attack } from "./helper/attack.ts";
import { type Forgery, forge, misissue } from "./helper/forgeries.ts";
import { Listener } from "./helper/listener.ts";
import { PRODUCTION } from "./helper/pair.ts";
import { Tenant } from "./helper/tenant.ts";

let api: Api, tenant: Tenant, listener: Listener;
/** The valid token that is forged. */
let valid: string;
before(async () => {
  api = await Api.start(PRODUCTION);
  tenant = await Tenant.create(api);
  listener = await Listener.start();
});
beforeEach(async () => {
  valid = await token(api.origin, tenant.credential);
});
after(async () => {
  await listener?.stop();
  await api?.stop();
});

const read = (bearer: string) => ask(api.address, "GET", "/api/v1/agents", { headers: { authorization: `Bearer ${bearer}` } });
const introspect = (bearer: string) => ask(api.address, "POST", "/api/v1/token/introspect", { token: tenant.token, body: new URLSearchParams({ token: bearer }) });

/** The places where a token counts: as the caller's own, and as the subject of introspection and revocation. */
const PLACES: [string, (bearer: string) => Promise<string | false>][] = [
  ["a protected operation", async (bearer) => {
    const answer = await read(bearer);
    return answer.status !== 401 && answer.status !== 400 && `${answer}`;
  }],
  ["the caller of an introspection", async (bearer) => {
    const answer = await ask(api.address, "POST", "/api/v1/token/introspect", { headers: { authorization: `Bearer ${bearer}` }, body: new URLSearchParams({ token: tenant.token }) });
    return answer.isSuccess && `${answer}`;
  }],
  ["an introspected token", async (bearer) => {
    const answer = await introspect(bearer);
    return answer.text !== '{"active":false}' && answer.status !== 400 && `${answer}`;
  }],
  ["a revoked token", async (bearer) => {
    await ask(api.address, "POST", "/api/v1/token/revoke", { token: tenant.token, body: new URLSearchParams({ token: bearer }) });
    // A forgery has the ID of the valid token, which has to stay valid.
    const answer = await read(valid);
    return answer.status !== 200 && `the valid token returns ${answer}`;
  }],
];

async function present(forgeries: Forgery[], tally: { attempt: (harm?: string | false) => void }) {
  for (const { how, token } of forgeries) {
    for (const [place, isAccepted] of PLACES) {
      const accepted = await isAccepted(token);
      tally.attempt(accepted && `${how} as ${place}: ${accepted}`);
    }
  }
}

attack("a forged access token is accepted nowhere", 4 * 130, async (tally) => {
  const { keys } = await sure(api.address, "GET", "/.well-known/jwks.json");
  assert.equal((await read(valid)).status, 200, "the valid token");
  await present(forge(valid, keys, listener.url), tally);
  assert.equal(listener.connections, 0, "connections to the URLs in headers of tokens");
});

attack("a token with invalid claims is accepted nowhere, even if the API's own key signed it", 4 * 18, async (tally) => {
  const { keys } = await sure(api.address, "GET", "/.well-known/jwks.json");
  const { kid } = JSON.parse(Buffer.from(valid.split(".")[0], "base64url").toString());
  const { n } = keys.find((key: { kid: string }) => key.kid === kid);
  const files = readdirSync(api.folders.keys).filter((name) => /rs256/i.test(name)).map((name) => createPrivateKey(readFileSync(join(api.folders.keys, name))));
  const key = files.find((key) => createPublicKey(key).export({ format: "jwk" }).n === n)!;
  const [control, ...wrong] = misissue(valid, key);
  assert.equal((await read(control.token)).status, 200, "with unchanged claims, the same way of signing makes a valid token");
  await present(wrong, tally);
});

attack("a token of something revoked, suspended or decommissioned is accepted nowhere", 20, async (tally) => {
  const { organization } = tenant;
  const agentWithToken = async () => {
    const agent = await organization.agent({ name: "Ending" });
    const credential = await organization.credentialOf(agent);
    return { agent, credential, bearer: await token(api.origin, credential), path: `/api/v1/agents/${agent.agentId}` };
  };
  const ends: [string, (made: Awaited<ReturnType<typeof agentWithToken>>) => Promise<Answer>][] = [
    ["a revoked credential", ({ path, credential }) => ask(api.address, "DELETE", `${path}/credentials/${credential.credentialId}`, { token: tenant.token })],
    ["a rotated credential", ({ path, credential }) => ask(api.address, "POST", `${path}/credentials/${credential.credentialId}/rotate`, { token: tenant.token, body: {} })],
    ["a decommissioned agent", ({ path }) => ask(api.address, "DELETE", path, { token: tenant.token })],
    ["a suspended agent", ({ path }) => ask(api.address, "PATCH", path, { token: tenant.token, body: { status: "suspended" } })],
    ["a revoked token", ({ bearer }) => ask(api.address, "POST", "/api/v1/token/revoke", { token: tenant.token, body: new URLSearchParams({ token: bearer }) })],
  ];
  for (const [what, end] of ends) {
    const made = await agentWithToken();
    assert.equal((await read(made.bearer)).status, 200, `the token before: ${what}`);
    assert.ok((await end(made)).isSuccess, what);
    await present([{ how: what, token: made.bearer }], tally);
  }
  const foreign = await token(api.origin, tenant.credential, { resource: "https://agents.example.com" });
  const answer = await read(foreign);
  tally.attempt(answer.status !== 401 && `a token for another audience: ${answer}`);
});

attack("an altered session handle, a secret or another scheme isn't accepted as a token", 80, async (tally) => {
  const { handle, credential } = tenant;
  assert.equal((await read(handle)).status, 200, "the valid handle");
  const altered = [...handle].map((letter, at) => handle.slice(0, at) + (letter === "A" ? "B" : "A") + handle.slice(at + 1)).filter((one) => one !== handle);
  const others = [
    handle.slice(0, -1), handle.slice(1), `${handle}A`, handle.toUpperCase(), handle.toLowerCase(), handle.replace("ssession_", ""), handle.replace("ssession_", "sadmin_"), `${handle}\t${handle}`, `${handle}=`,
    tenant.ids.sessionId, tenant.ids.agentId, tenant.organization.id, credential.clientSecret, tenant.organization.credential.clientSecret, `${credential.clientId}:${credential.clientSecret}`,
    "", "null", "undefined", "*", "' OR ''='",
  ];
  for (const one of [...altered, ...others]) {
    const answer = await read(one);
    tally.attempt(answer.status !== 401 && answer.status !== 400 && `${one.slice(0, 20)}…: ${answer}`);
  }
  const basic = Buffer.from(`${credential.clientId}:${credential.clientSecret}`).toString("base64");
  const agentToken = valid;
  const headers: Record<string, string | string[]>[] = [
    { authorization: `Basic ${basic}` }, { authorization: `DPoP ${agentToken}` }, { authorization: `DPoP ${agentToken}`, dpop: agentToken }, { authorization: `Token ${agentToken}` }, { authorization: agentToken },
    { authorization: `Bearer: ${agentToken}` }, { authorization: `Bearer=${agentToken}` }, { authorization: `Bearer ${agentToken}, Bearer ${agentToken}` }, { authorization: `Basic ${Buffer.from(`x:${agentToken}`).toString("base64")}` },
    { authorization: [`Bearer ${agentToken}`, "Bearer x"] }, { "x-authorization": `Bearer ${agentToken}` }, { "proxy-authorization": `Bearer ${agentToken}` }, { cookie: `session=${handle}; access_token=${agentToken}` }, { "x-api-key": agentToken },
    { "x-forwarded-user": tenant.organization.id }, { "x-original-authorization": `Bearer ${agentToken}` },
  ];
  for (const one of headers) {
    const answer = await ask(api.address, "GET", "/api/v1/agents", { headers: one });
    tally.attempt(answer.isSuccess && `${JSON.stringify(one).slice(0, 40)}: ${answer}`);
  }
  const inUrl = await ask(api.address, "GET", `/api/v1/agents?access_token=${agentToken}`);
  tally.attempt(inUrl.isSuccess && `a token in the URL: ${inUrl}`);
});
