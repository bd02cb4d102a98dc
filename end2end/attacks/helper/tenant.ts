// A tenant with one of everything: agent, credentials, claim, session, audit trail.
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { type Api } from "../../clients/helper/api.ts";
import { type Agent, type Credential, Organization, token } from "../../clients/helper/organization.ts";
import { ask, sure } from "./ask.ts";

export type Ids = { agentId: string; credentialId: string; claimId: string; sessionId: string; eventId: string };

export class Tenant {
  readonly organization: Organization;
  /** Text in each of the tenant's texts, which no other tenant may see. */
  readonly mark: string;
  readonly agent: Agent;
  readonly ids: Ids;
  /** Credential of the agent, with all scopes that an agent can have. */
  readonly credential: Credential;
  readonly agentToken: string;
  readonly handle: string;
  private readonly origin: string;

  private constructor(origin: string, fields: Pick<Tenant, "organization" | "mark" | "agent" | "ids" | "credential" | "agentToken" | "handle">) {
    this.origin = origin;
    Object.assign(this, fields);
  }

  static async create(api: Api, agentFields: object = {}): Promise<Tenant> {
    const { origin } = api;
    const organization = await Organization.verified(api);
    const call = (method: string, path: string, body?: object) => sure(origin, method, `/api/v1${path}`, { body, token: organization.token });
    const mark = `mark-${randomUUID()}`;
    await call("PATCH", "/organizations/me", { name: `Name ${mark}` });
    const publicKeys = [{ ...generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" }), kid: "key-1" }];
    const agent = await organization.agent({ name: `Agent ${mark}`, description: `About ${mark}`, owner: `Owner ${mark}`, publicKeys, ...agentFields });
    const credential = await call("POST", `/agents/${agent.agentId}/credentials`, { scopes: ["agents:read", "agents:write", "tokens:read", "audit:read"] });
    const { claimId } = await call("POST", "/claims", { kind: "key", agentId: agent.agentId });
    const { sessionId, handle } = await call("POST", "/sessions");
    const other = await call("POST", `/agents/${agent.agentId}/credentials`, {});
    const { data: [{ eventId }] } = await call("GET", "/audit");
    const agentToken = await token(origin, credential);
    // The first call of a credential is an event of the audit trail. It has to be the tenant's own call.
    for (const one of [agentToken, handle]) await sure(origin, "GET", "/api/v1/agents", { token: one });
    const ids = { agentId: agent.agentId, credentialId: other.credentialId, claimId, sessionId, eventId };
    return new Tenant(origin, { organization, mark, agent, ids, credential, agentToken, handle });
  }

  get token(): string {
    return this.organization.token;
  }

  ask = (method: string, path: string, body?: object) => ask(this.origin, method, `/api/v1${path}`, { body, token: this.token });

  /** All that the tenant has, as it sees it itself. */
  async state(): Promise<string> {
    const { agentId } = this.ids;
    const paths = ["/organizations/me", "/agents?limit=100", `/agents/${agentId}/credentials`, "/claims", "/sessions", "/audit/verify"];
    const seen = await Promise.all(paths.map((path) => sure(this.origin, "GET", `/api/v1${path}`, { token: this.token })));
    return JSON.stringify(seen, null, 1);
  }
}
