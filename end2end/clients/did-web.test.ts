// DIDs, resolved over TLS by web-did-resolver, which implements did:web in general.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, test } from "node:test";
import { Resolver, parse } from "did-resolver";
import { getResolver } from "web-did-resolver";
import { Organization } from "./helper/organization.ts";
import { startBehindTls } from "./helper/tls.ts";

const resolver = new Resolver(getResolver());
let service: Awaited<ReturnType<typeof startBehindTls>>, organization: Organization, host: string;
before(async () => {
  service = await startBehindTls();
  organization = await Organization.verified(service.api, service.origin);
  host = new URL(service.origin).host.replace(":", "%3A");
});
after(() => service.stop());

test("an agent's DID with the port encoded as %3A resolves over TLS to its DID document", async () => {
  const jwk = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
  const agent = await organization.agent({ publicKeys: [{ ...jwk, kid: "first" }], isPublic: true, endpointUrl: "https://agents.example.com/a" });
  assert.equal(agent.did, `did:web:${host}:agents:${agent.agentId}`);
  const { didDocument, didResolutionMetadata } = await resolver.resolve(agent.did);
  assert.deepEqual(didResolutionMetadata, { contentType: "application/did+ld+json" });
  const [method] = didDocument!.verificationMethod!;
  assert.equal(didDocument!.id, agent.did);
  assert.deepEqual(method.publicKeyJwk, { ...jwk, kid: "first" });
  assert.equal(method.controller, agent.did);
  assert.deepEqual(didDocument!.assertionMethod, [method.id]);
  assert.equal(parse(method.id)?.fragment, "first");
  for (const { id } of didDocument!.service!) assert.equal(parse(id)?.did, agent.did);
});

test("the service's own DID resolves to a DID document with the keys of the key set", async () => {
  const { didDocument, didResolutionMetadata } = await resolver.resolve(`did:web:${host}`);
  assert.equal(didResolutionMetadata.error, undefined);
  const { keys } = await (await fetch(`${service.origin}/.well-known/jwks.json`)).json();
  assert.deepEqual(didDocument!.verificationMethod!.map((method) => method.publicKeyJwk), keys);
});

test("the agent card that a DID document references is available over TLS", async () => {
  const agent = await organization.agent({ isPublic: true, endpointUrl: "https://agents.example.com/b" });
  const { didDocument } = await resolver.resolve(agent.did);
  const card = didDocument!.service!.find(({ type }) => type === "AgentCard")!;
  assert.equal((await fetch(card.serviceEndpoint as string)).status, 200);
});

test("a decommissioned agent's DID does not resolve, and the API's resolution returns 410 with deactivated set", async () => {
  const agent = await organization.agent();
  await organization.decommission(agent);
  const { didDocument, didResolutionMetadata } = await resolver.resolve(agent.did);
  assert.equal(didDocument, null);
  assert.equal(didResolutionMetadata.error, "notFound");
  const answer = await fetch(`${service.origin}/api/v1/agents/${agent.agentId}/did/resolve`);
  assert.equal(answer.status, 410);
  assert.equal((await answer.json()).didDocumentMetadata.deactivated, true);
});

test("a DID of no agent does not resolve", async () => {
  const { didResolutionMetadata } = await resolver.resolve(`did:web:${host}:agents:01993b6e-8123-7d11-8a2b-77c1d9a0be55`);
  assert.equal(didResolutionMetadata.error, "notFound");
});
