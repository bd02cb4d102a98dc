// An organization for a test, created through the API without a client library.
import { randomUUID } from "node:crypto";
import type { Api } from "./api.ts";
import { mailedLink } from "./mail.ts";

export type Credential = { credentialId: string; clientId: string; clientSecret: string };
export type Agent = { agentId: string; did: string };

/** Calls the API; returns the JSON of the response, and fails on an error response. */
async function call<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${init.method} ${url} returned ${response.status}: ${text}`);
  return (text ? JSON.parse(text) : undefined) as T;
}

const json = (method: string, body: unknown, token?: string): RequestInit => ({
  method,
  headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
  body: JSON.stringify(body),
});

export class Organization {
  readonly credential: Credential;
  readonly token: string;
  private readonly origin: string;

  private constructor(origin: string, credential: Credential, token: string) {
    this.origin = origin;
    this.credential = credential;
    this.token = token;
  }

  /** Creates a verified organization in the unlimited tier. `origin` is the API's public origin, if it differs from its address. */
  static async verified(api: Api, origin = api.origin): Promise<Organization> {
    const email = `${randomUUID()}@example.com`;
    const { credential } = await call<{ credential: Credential }>(`${origin}/api/v1/signup`,
      json("POST", { organizationName: "Judged by clients", email }));
    const code = (await mailedLink(api.folders.mail, email)).pathname.split("/").at(-1);
    await call(`${origin}/api/v1/signup/verify`, json("POST", { token: code, credentials: "keep" }));
    await api.command("organizations", "set-tier", credential.clientId, "enterprise");
    return new Organization(origin, credential, await token(origin, credential));
  }

  get id(): string {
    return this.credential.clientId;
  }

  agent = (fields: object = {}) =>
    call<Agent>(`${this.origin}/api/v1/agents`,
      json("POST", { name: "Judged", agentType: "custom", capabilities: ["tests:run"], ...fields }, this.token));

  decommission = (agent: Agent) =>
    call<void>(`${this.origin}/api/v1/agents/${agent.agentId}`,
      { method: "DELETE", headers: { authorization: `Bearer ${this.token}` } });

  credentialOf = (agent: Agent) =>
    call<Credential>(`${this.origin}/api/v1/agents/${agent.agentId}/credentials`, json("POST", {}, this.token));

  /** Reads a resource of the organization. */
  get = (path: string) => fetch(`${this.origin}${path}`, { headers: { authorization: `Bearer ${this.token}` } });
}

/** Requests a token by plain HTTP, for tests of other features. */
export async function token(origin: string, { clientId, clientSecret }: Credential, more: object = {}): Promise<string> {
  const body = new URLSearchParams({
    grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret, ...more,
  });
  return (await call<{ access_token: string }>(`${origin}/api/v1/token`, { method: "POST", body })).access_token;
}
