// A reader of the portal with one of everything: a session, an organization, two agents, credentials, claims, codes of links.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { mailedLink } from "../../clients/helper/mail.ts";
import type { Pair } from "./pair.ts";
import { formKey } from "../../onboarding/form-key.ts";
import { Visitor, agentForm } from "../../onboarding/visitor.ts";
import { ask, sure } from "./ask.ts";

/** Headers of the reader's own browser. */
export const OWN = { "sec-fetch-site": "same-origin", accept: "text/html" };

export class Account {
  readonly pair: Pair;
  readonly visitor: Visitor;
  /** Text in the names of organization and agent. */
  readonly mark: string;
  /** Values for the parameters of the portal's routes. */
  readonly ids: Record<string, string>;
  /** Codes of links that were not used yet, by the first segment of their path. */
  readonly codes: Record<string, string>;

  private constructor(fields: Pick<Account, "pair" | "visitor" | "mark" | "ids" | "codes">) {
    Object.assign(this, fields);
  }

  static async create(pair: Pair): Promise<Account> {
    const mark = `mark-${randomUUID()}`;
    const visitor = await Visitor.withAgent(pair, { name: `Agent ${mark}`, organization: `Name ${mark}` });
    const page = (await visitor.get("/account")).html;
    const id = /\/account\/agents\/([0-9a-f-]{36})/.exec(page)![1];
    // Only verified organizations have claims.
    const email = `${randomUUID()}@example.com`;
    await visitor.post("/get-started/keep", { email, name: "" });
    const code = (await mailedLink(pair.registry.api.folders.mail, email)).pathname.split("/").at(-1)!;
    await visitor.post(`/verify/${code}`, { key: formKey(), own: "yes" });
    await visitor.post("/account/claims", { target: "attack.example" });
    const claimed = (await visitor.get("/account")).html;
    const claim = /\/account\/claims\/([0-9a-f-]{36})/.exec(claimed)![1];
    await visitor.post(`/account/agents/${id}/credentials`, { key: formKey() });
    const [credential, other] = [...(await visitor.get(`/account/agents/${id}`)).html.matchAll(/\/credentials\/([0-9a-f-]{36})\/end/g)].map(([, one]) => one);
    // The page has no button for the session of its own reader.
    const session = sessionOf(pair, id);
    const ids = { id, claim, session, credential, other, action: "hide", page: id, part: "report", name: "1.xml" };
    return new Account({ pair, visitor, mark, ids, codes: await unusedCodes(pair) });
  }

  get cookie(): string {
    return this.visitor.cookie;
  }

  /** The path of a route with its parameters. */
  path(route: string): string {
    const { ids, codes } = this;
    if (route.startsWith("/account/claims/")) return route.replace("{id}", ids.claim);
    if (route.startsWith("/account/sessions/")) return route.replace("{id}", ids.session);
    if (route.endsWith("/credentials/{credential}/end")) return route.replace("{id}", ids.id).replace("{credential}", ids.other);
    const code = codes[route.split("/")[1]] ?? "missing";
    return route.replace("{code}", code).replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? "missing");
  }

  /** Valid fields of the form of a route. */
  fields(route: string): Record<string, string> {
    const key = formKey();
    const special: Record<string, Record<string, string>> = {
      "/get-started": agentForm({ name: `Other ${randomUUID()}`, another: "yes" }),
      "/get-started/keep": { email: `${randomUUID()}@example.com`, name: "" },
      "/feedback": { page: "/docs", useful: "yes", word: "attack" },
      "/recover": { email: "known@example.com" },
      "/claim/{code}": { email: `${randomUUID()}@example.com` },
      "/verify/{code}": { credentials: "keep" },
      "/account/names": { name: `Name ${this.mark}`, displayName: `Renamed ${randomUUID()}` },
      "/account/claims": { target: `${randomUUID()}.example` },
      "/account/agents/{id}/end": { confirm: "yes" },
      "/account/delete": { confirm: `Name ${this.mark}` },
      "/marketplace/{id}/report": { reason: "spam", text: "attack" },
    };
    return { key, ...special[route] };
  }
}

function sessionOf(pair: Pair, agent: string): string {
  const database = new DatabaseSync(join(pair.registry.api.folders.data, "sentryagent.db"), { readOnly: true });
  try {
    return String(database.prepare("SELECT id FROM sessions WHERE organization_id = (SELECT organization_id FROM agents WHERE id = ?)").get(agent)!.id);
  } finally {
    database.close();
  }
}

/** Codes of one link of each kind. */
async function unusedCodes(pair: Pair): Promise<Record<string, string>> {
  const { api } = pair.registry;
  const code = async (email: string, path?: string) => (await mailedLink(api.folders.mail, email, path)).pathname.split("/").at(-1)!;
  const signup = (body: object) => sure(api.address, "POST", "/api/v1/signup", { body });
  const [unverified, verified] = [randomUUID(), randomUUID()].map((name) => `${name}@example.com`);
  const { claimCode } = await signup({});
  await signup({ email: unverified });
  await signup({ email: verified });
  await sure(api.address, "POST", "/api/v1/signup/verify", { body: { token: await code(verified) } });
  await ask(api.address, "POST", "/api/v1/signup/recover", { body: { email: verified } });
  return { verify: await code(unverified), claim: claimCode, recover: await code(verified, "recover") };
}
