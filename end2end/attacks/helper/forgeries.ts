// Forged access tokens: variants of a valid one that somebody without the API's keys can make, and some that are signed
// with them for another purpose or another time.
import { type JsonWebKey, type KeyObject, createHmac, createPublicKey, generateKeyPairSync, sign } from "node:crypto";

export type Forgery = { how: string; token: string };
type Fields = Record<string, unknown>;

const base64url = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const parse = (part: string): Fields => JSON.parse(Buffer.from(part, "base64url").toString());
const rsa = (input: string, key: KeyObject) => sign("sha256", Buffer.from(input), key).toString("base64url");

/** A token of header and claims with a signature by a function. */
const made = (header: unknown, claims: unknown, signed: (input: string) => string): string => {
  const input = `${base64url(header)}.${base64url(claims)}`;
  return `${input}.${signed(input)}`;
};

/** Forgeries of a valid RS256 token. `published` are the API's public keys; `listener` is a URL of the attacker. */
export function forge(valid: string, published: (JsonWebKey & { kid: string; alg: string })[], listener: string): Forgery[] {
  const [head, body, signature] = valid.split(".");
  const [header, claims] = [parse(head), parse(body)];
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const foreign = (input: string) => rsa(input, privateKey);
  const jwk = { ...publicKey.export({ format: "jwk" }), kid: header.kid, alg: "RS256", use: "sig" };
  const forgeries: Forgery[] = [];
  const add = (how: string, token: string) => forgeries.push({ how, token });

  for (const alg of ["none", "None", "NONE", "nOnE", "", null, undefined, 0, ["RS256"], "none\0"]) {
    for (const end of ["", signature, "e30"]) add(`alg ${JSON.stringify(alg)}, signature ${end.slice(0, 3)}`, made({ ...header, alg }, claims, () => end));
  }
  // A verifier that believes the header takes the public key as a shared secret.
  const rsaKey = published.find(({ kid }) => kid === header.kid)!;
  const key = createPublicKey({ key: rsaKey, format: "jwk" });
  const secrets = [
    key.export({ type: "spki", format: "pem" }), key.export({ type: "pkcs1", format: "pem" }), key.export({ type: "spki", format: "der" }),
    JSON.stringify(rsaKey), Buffer.from(rsaKey.n!, "base64url"), rsaKey.n!, "", "secret",
  ];
  for (const [at, secret] of secrets.entries()) {
    for (const bits of [256, 384, 512]) {
      add(`HS${bits} with public value ${at}`, made({ ...header, alg: `HS${bits}` }, claims, (input) => createHmac(`sha${bits}`, secret).update(input).digest("base64url")));
    }
  }
  for (const kid of [...published.map((one) => one.kid).filter((kid) => kid !== header.kid), "", "../../../dev/null", "/dev/null", "' OR 1=1 --", "0", null, undefined, [header.kid], `${header.kid}\0`]) {
    add(`valid signature, kid ${JSON.stringify(kid)}`, `${base64url({ ...header, kid })}.${body}.${signature}`);
    add(`own key, kid ${JSON.stringify(kid)}`, made({ ...header, kid }, claims, foreign));
  }
  for (const more of [
    { jwk }, { jku: `${listener}/jwks.json` }, { x5u: `${listener}/chain.pem` }, { x5c: [base64url("certificate")] }, { jku: `${listener}/jwks.json`, jwk },
    { crit: ["exp"] }, { crit: ["b64"], b64: false }, { zip: "DEF" }, { cty: "JWT" }, { typ: "JWT" }, {},
  ]) add(`own key, header ${Object.keys(more)}`, made({ ...header, ...more }, claims, foreign));
  for (const alg of ["RS384", "RS512", "PS256", "ES256", "EdDSA", "rs256", "HS256"]) add(`valid signature, alg ${alg}`, `${base64url({ ...header, alg })}.${body}.${signature}`);
  for (const typ of ["JWT", "jwt", "AT+JWT ", "application/at+jwt", "at+jwt\0", "audit-head+jwt", "id_token+jwt", "", null, undefined]) {
    add(`valid signature, typ ${JSON.stringify(typ)}`, `${base64url({ ...header, typ })}.${body}.${signature}`);
  }
  const others: Fields[] = [
    { scope: "admin:orgs agents:write" }, { sub: "00000000-0000-7000-8000-000000000000" }, { client_id: "x" }, { exp: 9_999_999_999 }, { exp: "9999999999" }, { exp: null },
    { iss: "https://evil.example" }, { aud: "https://evil.example" }, { organization_id: "00000000-0000-7000-8000-000000000000" }, { nbf: 9_999_999_999 }, { jti: "1" }, { cnf: { jkt: "x" } },
  ];
  for (const other of others) add(`altered claim ${Object.keys(other)}`, `${head}.${base64url({ ...claims, ...other })}.${signature}`);
  // Two members with one name: the verifier and the reader may take different ones.
  add("a claim twice", `${head}.${base64url(JSON.stringify(claims).replace("{", '{"scope":"admin:orgs",'))}.${signature}`);
  add("a header member twice", `${base64url(JSON.stringify(header).replace("{", '{"alg":"none",'))}.${body}.${signature}`);
  for (const length of [0, 1, 10, 100, signature.length - 4, signature.length - 1]) add(`signature of ${length} characters`, `${head}.${body}.${signature.slice(0, length)}`);
  for (const at of [0, 7, 100, signature.length - 2]) {
    add(`signature altered at ${at}`, `${head}.${body}.${signature.slice(0, at)}${signature[at] === "A" ? "B" : "A"}${signature.slice(at + 1)}`);
  }
  const parts: [string, string][] = [
    ["no header", `.${body}.${signature}`], ["no claims", `${head}..${signature}`], ["nothing but dots", ".."], ["two parts", `${head}.${body}`], ["four parts", `${valid}.${signature}`],
    ["five parts", `${head}.${body}.${signature}.${body}.${signature}`], ["a JSON serialization", JSON.stringify({ protected: head, payload: body, signature })],
    ["padding", `${head}.${body}.${signature}==`], ["twice", `${valid},${valid}`], ["quotes", `"${valid}"`], ["a null byte encoded", `${valid}%00`], ["lowercase", valid.toLowerCase()],
    ["another alphabet", `${head}.${body}.${signature.replace(/[-_]/g, "+")}=`], ["zeros", `${head}.${body}.${Buffer.alloc(256).toString("base64url")}`], ["a long one", "e".repeat(20_000)], ["an array", `${base64url([])}.${body}.${signature}`],
  ];
  for (const [how, token] of parts) add(how, token);
  return forgeries;
}

/** Tokens that are signed with the API's own key: a valid one, then those that their claims alone make invalid. */
export function misissue(valid: string, key: KeyObject): Forgery[] {
  const [header, claims] = valid.split(".").slice(0, 2).map(parse);
  const now = Math.floor(Date.now() / 1000);
  const variants: [string, Fields, Fields][] = [
    ["unchanged", {}, {}],
    ["expired a second ago", {}, { exp: now - 1 }], ["expired in 1970", {}, { exp: 0 }], ["expiring before 1970", {}, { exp: -1 }], ["without an expiry", {}, { exp: undefined }], ["with a text as expiry", {}, { exp: String(now + 600) }],
    ["of another issuer", {}, { iss: "https://evil.example" }], ["of an issuer with a slash", {}, { iss: `${claims.iss}/` }], ["without an issuer", {}, { iss: undefined }], ["of a list of issuers", {}, { iss: ["https://evil.example"] }],
    ["without a subject", {}, { sub: undefined }], ["of another credential", {}, { credential_id: "01993b6e-8a10-7c1e-b0a2-3f7f0a1d2e44" }],
    ["with an unknown scope", {}, { scope: "root" }], ["with a list of scopes", {}, { scope: ["admin:orgs"] }], ["of type JWT", { typ: "JWT" }, {}], ["of the type of audit heads", { typ: "audit-head+jwt" }, {}], ["without a type", { typ: undefined }, {}],
    // With IDs of their own: if one is accepted, its revocation must not revoke the valid token, which the others need.
    ["with a critical header", { crit: ["exp"] }, { jti: "critical" }], ["not valid before tomorrow", {}, { nbf: now + 86_400, jti: "tomorrow" }],
  ];
  return variants.map(([how, head, body]) => ({ how: `signed by the API, ${how}`, token: made({ ...header, ...head }, { ...claims, ...body }, (input) => rsa(input, key)) }));
}
