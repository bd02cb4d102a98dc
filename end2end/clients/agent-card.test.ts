// Agent cards, read by the A2A SDK. The signature is verified twice: by the SDK, and by jose over canonicalize's output.
import assert from "node:assert/strict";
import { after, before, mock, test } from "node:test";
import { AgentCard, canonicalizeAgentCard, verifyAgentCardSignature } from "@a2a-js/sdk";
import { ClientFactory, DefaultAgentCardResolver, JsonRpcTransportFactory } from "@a2a-js/sdk/client";
import canonicalize from "canonicalize";
import { createRemoteJWKSet, flattenedVerify, importJWK } from "jose";
import { Api } from "./helper/api.ts";
import { Organization } from "./helper/organization.ts";

const ENDPOINT = "https://agents.example.com/invoices";
/** Agents whose cards differ in their optional parts. */
const AGENTS = {
  "with only capabilities": {},
  "without a description": { description: "" },
  "with skills": { skills: [{ id: "flag", name: "Flag", description: "Flags \u{1F600} invoices", tags: ["finance"], examples: ["Flag 7"] }] },
  "with a skill that has only an ID and a name": { skills: [{ id: "flag", name: "Flag" }] },
  "with a skill that has empty fields": { skills: [{ id: "flag", name: "Flag", description: "", tags: [], examples: [], inputModes: [] }] },
};

let api: Api, organization: Organization;
before(async () => {
  api = await Api.start();
  organization = await Organization.verified(api);
  // The SDK logs every invalid signature, also where a test expects one.
  mock.method(console, "debug", () => {});
});
after(() => api.stop());

async function addressOf(fields: object): Promise<string> {
  const agent = await organization.agent({ endpointUrl: ENDPOINT, isPublic: true, ...fields });
  return `${api.origin}/agents/${agent.agentId}/agent-card.json`;
}

const read = async (fields: object = {}) => (await fetch(await addressOf(fields))).json();

/** Returns the key that a signature references. Its key set must be the API's. */
async function keyOf(kid: string, jku?: string) {
  assert.equal(jku, `${api.origin}/.well-known/jwks.json`);
  const { keys } = await (await fetch(jku)).json();
  return importJWK(keys.find((key: { kid: string }) => key.kid === kid));
}

for (const [which, fields] of Object.entries(AGENTS)) {
  test(`the A2A SDK verifies the signature of an agent card ${which} and rejects a modified card`, async () => {
    const card = await read(fields);
    await verifyAgentCardSignature(keyOf)(card);
    const changed = { ...card, name: `${card.name}.` };
    await assert.rejects(verifyAgentCardSignature(keyOf)(changed), /No valid signatures/);
  });

  test(`jose verifies the signature over the RFC 8785 form of an agent card ${which} and rejects a modified card`, async () => {
    const { signatures: [signature], ...card } = await read(fields);
    const keys = createRemoteJWKSet(new URL("/.well-known/jwks.json", api.origin));
    const payload = Buffer.from(canonicalize(card)!).toString("base64url");
    await flattenedVerify({ ...signature, payload }, keys);
    const other = Buffer.from(canonicalize({ ...card, version: "9.9.9" })!).toString("base64url");
    await assert.rejects(flattenedVerify({ ...signature, payload: other }, keys), { code: "ERR_JWS_SIGNATURE_VERIFICATION_FAILED" });
  });

  test(`an agent card ${which} contains only fields that A2A 1.0 defines`, async () => {
    const { signatures: _, ...card } = await read(fields);
    assert.deepEqual(JSON.parse(canonicalizeAgentCard(card)), card);
  });
}

test("a skill with a field that A2A does not define is rejected with 400, because no verifier would see the field", async () => {
  await assert.rejects(organization.agent({ skills: [{ id: "flag", name: "Flag", price: 1.5 }] }), /returned 400: .*price/);
});

test("the A2A SDK resolves an agent card with the agent's name and endpoint", async () => {
  const card = await new DefaultAgentCardResolver().resolve(await addressOf({ name: "Invoice screener" }), "");
  assert.equal(card.name, "Invoice screener");
  assert.deepEqual(card.supportedInterfaces.map(({ url, protocolBinding, protocolVersion }) => [url, protocolBinding, protocolVersion]),
    [[ENDPOINT, "JSONRPC", "1.0"]]);
});

test("a client that the A2A SDK creates from an agent card calls the agent's endpoint", async () => {
  const called: string[] = [];
  const fetchImpl = async (url: unknown) => {
    called.push(String(url));
    return Response.json({ jsonrpc: "2.0", id: 1, result: { id: "7" } });
  };
  const factory = new ClientFactory({ transports: [new JsonRpcTransportFactory({ fetchImpl })] });
  const client = await factory.createFromUrl(await addressOf({}), "");
  const task = await client.getTask({ tenant: "", id: "7" });
  assert.deepEqual([called, task.id], [[ENDPOINT], "7"]);
});

test("the A2A SDK reads from an agent card how to request a token for the agent", async () => {
  const { securitySchemes, securityRequirements } = AgentCard.fromJSON(await read());
  const { scheme } = securitySchemes.sentryagent;
  assert.equal(scheme?.$case, "oauth2SecurityScheme");
  assert.equal(scheme.value.oauth2MetadataUrl, `${api.origin}/.well-known/oauth-authorization-server`);
  const flow = scheme.value.flows?.flow;
  assert.equal(flow?.$case, "clientCredentials");
  assert.equal(flow.value.tokenUrl, `${api.origin}/api/v1/token`);
  assert.deepEqual(securityRequirements.map(({ schemes }) => Object.keys(schemes)), [["sentryagent"]]);
});
