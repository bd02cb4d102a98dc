// The API, tested with openid-client: discovery, tokens, introspection, revocation.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as client from "openid-client";
import { Api } from "./helper/api.ts";
import { type Credential, Organization } from "./helper/organization.ts";

let api: Api, credential: Credential;
before(async () => {
  api = await Api.start();
  const organization = await Organization.verified(api);
  credential = await organization.credentialOf(await organization.agent());
});
after(() => api.stop());

const discover = (authentication: client.ClientAuth, algorithm?: "oauth2") =>
  client.discovery(new URL(api.origin), credential.clientId, undefined, authentication, {
    algorithm,
    // The API of the test has no TLS.
    execute: [client.allowInsecureRequests],
  });

const METHODS = {
  "Basic": () => client.ClientSecretBasic(credential.clientSecret),
  "the request body": () => client.ClientSecretPost(credential.clientSecret),
};

for (const [where, authentication] of Object.entries(METHODS)) {
  test(`openid-client requests, introspects and revokes a token with client authentication through ${where}`, async () => {
    const config = await discover(authentication());
    assert.equal(config.serverMetadata().issuer, api.origin);
    const { access_token, token_type, scope, expires_in } = await client.clientCredentialsGrant(config, { scope: "agents:read" });
    assert.deepEqual({ token_type, scope, expires_in }, { token_type: "bearer", scope: "agents:read", expires_in: 3600 });
    const live = await client.tokenIntrospection(config, access_token);
    assert.equal(live.active, true);
    assert.equal(live.client_id, credential.clientId);
    await client.tokenRevocation(config, access_token);
    assert.deepEqual(await client.tokenIntrospection(config, access_token), { active: false });
  });
}

test("openid-client discovers the authorization server according to RFC 8414", async () => {
  const config = await discover(METHODS["Basic"](), "oauth2");
  assert.equal(config.serverMetadata().token_endpoint, `${api.origin}/api/v1/token`);
});

test("openid-client calls the API as a protected resource with its token", async () => {
  const config = await discover(METHODS["Basic"]());
  const { access_token } = await client.clientCredentialsGrant(config);
  const own = new URL(`/api/v1/agents/${credential.clientId}`, api.origin);
  const response = await client.fetchProtectedResource(config, access_token, own, "GET");
  assert.equal(response.status, 200);
});

test("openid-client reports a wrong client secret as invalid_client", async () => {
  const config = await discover(client.ClientSecretBasic("wrong"));
  const error = await client.clientCredentialsGrant(config).catch((error: unknown) => error);
  assert.ok(error instanceof client.WWWAuthenticateChallengeError);
  assert.deepEqual([error.status, error.cause[0].scheme], [401, "basic"]);
  assert.equal((await error.response.json()).error, "invalid_client");
});

test("openid-client reports a scope that the credential lacks as invalid_scope", async () => {
  const config = await discover(METHODS["Basic"]());
  await assert.rejects(client.clientCredentialsGrant(config, { scope: "admin:orgs" }), { error: "invalid_scope", status: 400 });
});
