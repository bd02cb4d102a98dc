// node provider.mjs PORT FOLDER EdDSA|RS256: npm's oidc-provider with one client and JWT access tokens, and what it keeps
// in SQLite with a write-ahead log and synchronous=FULL, as the API has it.
import { generateKeyPairSync } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { Provider } from "oidc-provider";

const [port, folder, alg] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;
const database = new DatabaseSync(`${folder}/provider.db`);
database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
database.exec("CREATE TABLE kept (model TEXT, id TEXT, payload TEXT, PRIMARY KEY (model, id)) WITHOUT ROWID");
const put = database.prepare("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)");
const get = database.prepare("SELECT payload FROM kept WHERE model = ? AND id = ?");
const drop = database.prepare("DELETE FROM kept WHERE model = ? AND id = ?");

class Adapter {
  constructor(model) {
    this.model = model;
  }
  async upsert(id, payload) {
    put.run(this.model, id, JSON.stringify(payload));
  }
  async find(id) {
    const row = get.get(this.model, id);
    return row && JSON.parse(row.payload);
  }
  async destroy(id) {
    drop.run(this.model, id);
  }
  async findByUid() {}
  async findByUserCode() {}
  async consume() {}
  async revokeByGrantId() {}
}

await new Adapter("Client").upsert("bench", {
  client_id: "bench",
  client_secret: "bench-secret-bench-secret-bench-secret-bench",
  grant_types: ["client_credentials"],
  redirect_uris: [],
  response_types: [],
  id_token_signed_response_alg: alg,
  token_endpoint_auth_method: "client_secret_post",
});

const { privateKey } = alg === "EdDSA" ? generateKeyPairSync("ed25519") : generateKeyPairSync("rsa", { modulusLength: 2048 });
const provider = new Provider(issuer, {
  adapter: Adapter,
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg }] },
  scopes: ["agents:read"],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => issuer,
      getResourceServerInfo: () => ({ scope: "agents:read", audience: issuer, accessTokenFormat: "jwt", jwt: { sign: { alg } } }),
    },
  },
});
// What it issues is kept too, as a trail of it: a token that nobody can find again can't be revoked.
provider.on("client_credentials.issued", (token) => put.run("Trail", token.jti, JSON.stringify(token)));
provider.listen(Number(port), "127.0.0.1", () => console.log(issuer));
