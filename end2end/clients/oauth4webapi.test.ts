// The API, tested with oauth4webapi, which validates each response against its RFC and rejects deviations.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as oauth from "oauth4webapi";
import { Api } from "./helper/api.ts";
import { type Credential, Organization } from "./helper/organization.ts";

/** The API of the test has no TLS. */
const open = { [oauth.allowInsecureRequests]: true };
const ALGORITHMS = ["oauth2", "oidc"] as const;

let api: Api, issuer: URL, credential: Credential, client: oauth.Client, server: oauth.AuthorizationServer;
before(async () => {
  api = await Api.start();
  issuer = new URL(api.origin);
  const organization = await Organization.verified(api);
  credential = await organization.credentialOf(await organization.agent());
  client = { client_id: credential.clientId };
  server = await discover("oauth2");
});
after(() => api.stop());

async function discover(algorithm: (typeof ALGORITHMS)[number]) {
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm, ...open }));
}

async function grant(authentication: oauth.ClientAuth, parameters: Record<string, string> = {}) {
  const response = await oauth.clientCredentialsGrantRequest(server, client, authentication, parameters, open);
  return oauth.processClientCredentialsResponse(server, client, response);
}

const basic = () => oauth.ClientSecretBasic(credential.clientSecret);
const bearer = (token: string) => new Request(api.origin, { headers: { authorization: `Bearer ${token}` } });

for (const algorithm of ALGORITHMS) {
  test(`${algorithm} discovery returns the authorization server's metadata`, async () => {
    const found = await discover(algorithm);
    assert.equal(found.issuer, api.origin);
    assert.equal(found.jwks_uri, `${api.origin}/.well-known/jwks.json`);
    assert.ok(found.grant_types_supported?.includes("client_credentials"));
  });
}

for (const [where, authentication] of [["the Authorization header", basic], ["the request body", () => oauth.ClientSecretPost(credential.clientSecret)]] as const) {
  test(`the API issues a token for a client secret in ${where}`, async () => {
    const answer = await grant(authentication(), { scope: "agents:read tokens:read" });
    assert.equal(answer.token_type, "bearer");
    assert.equal(answer.scope, "agents:read tokens:read");
  });
}

test("an access token is a JWT according to RFC 9068", async () => {
  const { access_token } = await grant(basic());
  const claims = await oauth.validateJwtAccessToken(server, bearer(access_token), api.origin, open);
  assert.equal(claims.client_id, credential.clientId);
  assert.equal(claims.sub, credential.clientId);
});

test("a token for another resource is invalid for the API and valid for that resource", async () => {
  const resource = "https://agents.example.com";
  const { access_token } = await grant(basic(), { resource });
  await assert.rejects(oauth.validateJwtAccessToken(server, bearer(access_token), api.origin, open), /aud/);
  const claims = await oauth.validateJwtAccessToken(server, bearer(access_token), resource, open);
  assert.equal(claims.aud, resource);
});

test("introspection reports a token as active until the token is revoked", async () => {
  const { access_token } = await grant(basic());
  const introspect = async () =>
    oauth.processIntrospectionResponse(server, client, await oauth.introspectionRequest(server, client, basic(), access_token, open));
  const live = await introspect();
  assert.equal(live.active, true);
  assert.equal(live.iss, api.origin);
  await oauth.processRevocationResponse(await oauth.revocationRequest(server, client, basic(), access_token, open));
  assert.deepEqual(await introspect(), { active: false });
});

test("the revocation of an unknown token succeeds", async () => {
  await oauth.processRevocationResponse(await oauth.revocationRequest(server, client, basic(), "unknown", open));
});

test("a 401 response leads an unconfigured client to the authorization server, whose token the API accepts", async () => {
  const agents = new URL("/api/v1/agents", api.origin);
  const refused = await oauth.protectedResourceRequest("none", "GET", agents, undefined, undefined, open).catch((error: unknown) => error);
  assert.ok(refused instanceof oauth.WWWAuthenticateChallengeError);
  const { scheme, parameters } = refused.cause[0];
  assert.equal(scheme, "bearer");
  assert.equal(parameters.error, "invalid_token");
  assert.equal(parameters.resource_metadata, `${api.origin}/.well-known/oauth-protected-resource`);
  const resource = await oauth.processResourceDiscoveryResponse(issuer, await oauth.resourceDiscoveryRequest(issuer, open));
  assert.equal(new URL(agents).origin, resource.resource);
  assert.deepEqual(resource.authorization_servers, [api.origin]);
  const { access_token } = await grant(basic(), { scope: parameters.scope! });
  const answer = await oauth.protectedResourceRequest(access_token, "GET", agents, undefined, undefined, open);
  assert.equal(answer.status, 200);
});

test("the URL in an authentication challenge returns the protected resource's metadata", async () => {
  const challenge = (await fetch(`${api.origin}/api/v1/agents`)).headers.get("www-authenticate")!;
  const address = /resource_metadata="([^"]+)"/.exec(challenge)![1];
  const metadata = await (await fetch(address)).json();
  assert.equal(metadata.resource, api.origin);
  // RFC 6750, section 3.1: a request without authentication gets no error code.
  assert.doesNotMatch(challenge, /error=/);
});

test("a wrong client secret returns 401 with a Basic challenge and the error invalid_client", async () => {
  const error = await grant(oauth.ClientSecretBasic("wrong")).catch((error: unknown) => error);
  assert.ok(error instanceof oauth.WWWAuthenticateChallengeError);
  assert.deepEqual([error.status, error.cause[0].scheme], [401, "basic"]);
  assert.equal((await error.response.json()).error, "invalid_client");
});

test("an invalid resource returns the error invalid_target", async () => {
  await assert.rejects(grant(basic(), { resource: "not-absolute" }), { error: "invalid_target", status: 400 });
});

test("an unsupported grant type returns the error unsupported_grant_type", async () => {
  const response = await oauth.genericTokenEndpointRequest(server, client, basic(), "password", {}, open);
  await assert.rejects(oauth.processGenericTokenEndpointResponse(server, client, response), { error: "unsupported_grant_type" });
});
