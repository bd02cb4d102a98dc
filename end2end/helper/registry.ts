// Fills a real API through its public interfaces: over HTTP, and with the operator's command.
import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { type Api } from "../clients/helper/api.ts";

/** An agent, as returned to its organization. */
export type Agent = { agentId: string; did: string; name: string; [field: string]: unknown };
export type Answer = { status: number; body: any };
type Credential = { clientId: string; clientSecret: string };

const base64url = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

export class Registry {
  readonly api: Api;
  readonly origin: string;
  private readonly mails = new Map<string, string>();
  private readonly read = new Set<string>();

  /** `origin` is the API's public origin: that of the proxy, if there is one. */
  constructor(api: Api, origin = api.origin) {
    this.api = api;
    this.origin = origin;
  }

  /** Calls the API directly. */
  async call(method: string, path: string, body?: unknown, token?: string): Promise<Answer> {
    const isForm = body instanceof URLSearchParams;
    const response = await fetch(`${this.api.address}/api/v1${path}`, {
      method,
      headers: { ...(body && !isForm ? { "content-type": "application/json" } : {}), ...(token && { authorization: `Bearer ${token}` }) },
      body: isForm ? body : body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : undefined };
  }

  /** Calls the API and fails on an error response. */
  async sure(method: string, path: string, body?: unknown, token?: string): Promise<any> {
    const answer = await this.call(method, path, body, token);
    if (answer.status >= 300) throw new Error(`${method} ${path} answers ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** The marketplace entry of an agent. */
  card = (agent: string) => this.sure("GET", `/marketplace/agents/${agent}`);

  /** Creates a verified organization. */
  async publisher(organizationName = `Publisher ${randomUUID().slice(0, 8)}`): Promise<Publisher> {
    const email = `${randomUUID()}@example.com`;
    const { credential, organization } = await this.sure("POST", "/signup", { organizationName, email });
    await this.sure("POST", "/signup/verify", { token: await this.linkToken(email), credentials: "keep" });
    return Publisher.of(this, credential, organization.slug);
  }

  /** Runs an operator's command. */
  moderate = (what: "flag" | "hide" | "restore", agent: string, reason: string) =>
    this.api.command("moderate", what, agent, "--reason", reason);

  /** Suspends an organization, as an operator. */
  suspend = (organization: string, reason: string) => this.api.command("organizations", "suspend", organization, "--reason", reason);

  /** The code of the link in an email to an address. Waits for the email, which is written after the response. */
  private async linkToken(email: string): Promise<string> {
    const folder = this.api.folders.mail;
    const look = () => {
      for (const name of existsSync(folder) ? readdirSync(folder) : []) {
        if (this.read.has(name)) continue;
        const mail = readFileSync(join(folder, name), "utf8").replace(/=\r?\n/g, "");
        const [to, link] = [/^To: (\S+)/m.exec(mail)?.[1], /\/verify\/([\w-]+)\s/.exec(mail)?.[1]];
        // Another email may be half written.
        if (!to || !link) continue;
        this.read.add(name);
        this.mails.set(to, link);
      }
      return this.mails.get(email);
    };
    await expect.poll(look, { intervals: [10], timeout: 10_000, message: `a mail to ${email}` }).toBeDefined();
    return this.mails.get(email)!;
  }
}

export class Publisher {
  readonly registry: Registry;
  readonly id: string;
  slug: string;
  private readonly token: string;

  private constructor(registry: Registry, id: string, token: string, slug: string) {
    this.registry = registry;
    this.id = id;
    this.token = token;
    this.slug = slug;
  }

  static async of(registry: Registry, { clientId, clientSecret }: Credential, slug: string): Promise<Publisher> {
    const body = new URLSearchParams({ grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret });
    const { access_token: token } = await registry.sure("POST", "/token", body);
    return new Publisher(registry, clientId, token, slug);
  }

  /** Sets the unlimited tier. */
  unlimited = () => this.registry.api.command("organizations", "set-tier", this.id, "enterprise");

  call = (method: string, path: string, body?: unknown) => this.registry.call(method, path, body, this.token);
  private sure = (method: string, path: string, body?: unknown) => this.registry.sure(method, path, body, this.token);

  /** Publishes an agent; returns the response, which may be an error. */
  offer = (fields: object) =>
    this.call("POST", "/agents", { name: "Unnamed", agentType: "custom", capabilities: ["tests:run"], isPublic: true, ...fields });

  async publish(fields: object = {}): Promise<Agent> {
    const { status, body } = await this.offer(fields);
    if (status !== 201) throw new Error(`an agent is refused with ${status}: ${JSON.stringify(body)}`);
    return body as Agent;
  }

  /** Publishes an agent with a key and verifies the key. The claim's target is the key's thumbprint. */
  async publishWithKey(fields: object = {}): Promise<Agent & { thumbprint: string }> {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const agent = await this.publish({ ...fields, publicKeys: [{ ...publicKey.export({ format: "jwk" }), kid: "key-1" }] });
    const { claimId, target, proof } = await this.sure("POST", "/claims", { kind: "key", agentId: agent.agentId });
    const message = `${base64url({ alg: "EdDSA" })}.${base64url(proof.nonce)}`;
    const signature = `${message}.${sign(null, Buffer.from(message), privateKey).toString("base64url")}`;
    const checked = await this.sure("POST", `/claims/${claimId}/check`, { signature });
    expect(checked.state, checked.lastFailure).toBe("valid");
    return { ...agent, thumbprint: target };
  }

  change = (agent: Agent, fields: object): Promise<Agent> => this.sure("PATCH", `/agents/${agent.agentId}`, fields);
  rename = async (fields: { slug?: string; displayName?: string }) => {
    const changed = await this.sure("PATCH", "/organizations/me", fields);
    this.slug = changed.slug;
  };
}
