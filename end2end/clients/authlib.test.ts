// The API, tested from Python: python/test_authlib.py.
import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { after, before, test } from "node:test";
import { Api } from "./helper/api.ts";
import { Organization } from "./helper/organization.ts";
import { FOLDER, python } from "./helper/python.ts";

let api: Api;
before(async () => {
  api = await Api.start();
});
after(() => api.stop());

test("Authlib requests, validates, introspects and revokes tokens", async (context) => {
  const organization = await Organization.verified(api);
  const { clientId, clientSecret } = await organization.credentialOf(await organization.agent());
  const settings = { API_ORIGIN: api.origin, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret, AUTHLIB_INSECURE_TRANSPORT: "1" };
  const { output, code } = await python(["pytest", "-q", "-rA", "-p", "no:cacheprovider", "--tb=short", FOLDER], tmpdir(), settings);
  const passed = [...output.matchAll(/^PASSED .*::(\w+)/gm)];
  for (const [, name] of passed) context.diagnostic(name.replaceAll("_", " "));
  assert.equal(code, 0, output);
  assert.ok(passed.length > 0, output);
});
