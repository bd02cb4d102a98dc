// Tokens, verified by jose, which is configured only with the URL of the key set.
import assert from "node:assert/strict";
import { readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify } from "jose";
import { Api, Folders, command } from "./helper/api.ts";
import { type Credential, Organization, token } from "./helper/organization.ts";

const folders = new Folders();
let api: Api, origin: string, credential: Credential;
before(async () => {
  api = await Api.start({}, folders);
  origin = api.origin;
  const organization = await Organization.verified(api);
  credential = await organization.credentialOf(await organization.agent());
});
after(async () => {
  await api.stop();
  folders.remove();
});

const remoteKeys = () => createRemoteJWKSet(new URL("/.well-known/jwks.json", origin), { cooldownDuration: 0 });
const wanted = () => ({ issuer: origin, audience: origin, typ: "at+jwt" });

/** Ages the key folder by some minutes. */
function age(minutes: number) {
  for (const name of readdirSync(folders.keys)) {
    const older = name.replace(/\d{13}/, (made) => String(Number(made) - minutes * 60_000));
    renameSync(join(folders.keys, name), join(folders.keys, older));
  }
}

/** Restarts the API with other settings. */
async function restart(settings: Record<string, string> = {}) {
  await api.stop();
  api = await Api.start({ API_ADDR: api.address.replace("http://", ""), ...settings }, folders);
}

test("jose verifies a token against the remote key set", async () => {
  const { payload, protectedHeader } = await jwtVerify(await token(origin, credential), remoteKeys(), wanted());
  assert.equal(protectedHeader.alg, "RS256");
  assert.equal(payload.sub, credential.clientId);
  assert.equal(payload.exp! - payload.iat!, 3600);
});

test("jose rejects a token for another audience", async () => {
  const foreign = await token(origin, credential, { resource: "https://agents.example.com" });
  await assert.rejects(jwtVerify(foreign, remoteKeys(), wanted()), { code: "ERR_JWT_CLAIM_VALIDATION_FAILED", claim: "aud" });
});

test("jose rejects a token with a modified payload or signature", async () => {
  const sound = await token(origin, credential);
  const [header, payload, signature] = sound.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  const other = Buffer.from(JSON.stringify({ ...claims, scope: "admin:orgs" })).toString("base64url");
  await assert.rejects(jwtVerify([header, other, signature].join("."), remoteKeys(), wanted()), errors.JWSSignatureVerificationFailed);
  const wrong = (signature[0] === "A" ? "B" : "A") + signature.slice(1);
  await assert.rejects(jwtVerify([header, payload, wrong].join("."), remoteKeys(), wanted()), errors.JWSSignatureVerificationFailed);
});

test("the published key set contains no private part of a key", async () => {
  const { keys } = await (await fetch(`${origin}/.well-known/jwks.json`)).json();
  assert.ok(keys.length >= 2);
  for (const key of keys) {
    assert.deepEqual(Object.keys(key).filter((member) => ["d", "p", "q", "dp", "dq", "qi", "k"].includes(member)), []);
    assert.ok(key.kid && key.alg && key.use === "sig", JSON.stringify(key));
  }
});

test("after a key rotation, jose verifies the old token and a new token with the same key set", async () => {
  const keys = remoteKeys();
  const before = await token(origin, credential);
  await jwtVerify(before, keys, wanted());
  const kid = await command(folders, "keys", "rotate");
  // The API signs with a new key two minutes after its creation.
  age(3);
  await restart();
  const behind = await token(origin, credential);
  assert.equal(decodeProtectedHeader(behind).kid, kid);
  assert.notEqual(decodeProtectedHeader(before).kid, kid);
  await jwtVerify(behind, keys, wanted());
  await jwtVerify(before, keys, wanted());
  await jwtVerify(before, remoteKeys(), wanted());
});

test("jose verifies a token that is signed with EdDSA", async () => {
  await restart({ TOKEN_ALGORITHM: "EdDSA" });
  const { protectedHeader } = await jwtVerify(await token(origin, credential), remoteKeys(), wanted());
  assert.equal(protectedHeader.alg, "EdDSA");
});
