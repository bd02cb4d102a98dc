// A visitor without a browser: submits forms like a browser without JavaScript, and stores the cookie. Fast enough for many.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Page } from "@playwright/test";
import { mailedLink } from "../clients/helper/mail.ts";
import { BROWSERS } from "../helper/addresses.js";
import { type Market, expect } from "../helper/market.js";
import { formKey } from "./form-key.js";
import { elsewhere } from "./reader.js";

/** The response, without following its redirect. */
export type Seen = { status: number; headers: Headers; html: string };

export class Visitor {
  readonly origin: string;
  cookie = "";
  private readonly from: Record<string, string>;

  /** `from` is the IP address to use; by default, a new one. */
  constructor(origin: string, from: Record<string, string> = elsewhere()) {
    this.origin = origin;
    this.from = from;
  }

  /** Creates a visitor with an agent whose secret has been shown. */
  static async withAgent({ origin }: { origin: string }, fields: Record<string, string> = {}): Promise<Visitor> {
    const visitor = new Visitor(origin);
    shows(await visitor.post("/get-started", agentForm(fields)));
    return visitor;
  }

  get = (path: string) => this.ask(path);
  post = (path: string, fields: Record<string, string> = {}) => this.ask(path, { method: "POST", body: new URLSearchParams(fields) });

  /** Opens a page and submits its form as rendered, except for the given fields. */
  submit = async (path: string, fields: Record<string, string> = {}) => this.post(path, { ...fieldsOf(await this.get(path)), ...fields });

  private async ask(path: string, init: RequestInit = {}): Promise<Seen> {
    const headers = { accept: BROWSERS[0], "sec-fetch-site": "same-origin", cookie: this.cookie, ...this.from };
    const answer = await fetch(this.origin + path, { redirect: "manual", headers, ...init });
    const set = answer.headers.get("set-cookie");
    if (set) this.cookie = set.includes("Max-Age=0") ? "" : set.split(";")[0];
    return { status: answer.status, headers: answer.headers, html: await answer.text() };
  }
}

/** Values of the first form. */
export const agentForm = (fields: Record<string, string> = {}) =>
  ({ key: formKey(), name: "Visitor", agent_type: "custom", capabilities: "a:b", ...fields });

export const secretOf = ({ html }: Seen): string | undefined => /s(?:agent|admin)_[\w-]{43}/.exec(html)?.[0];

/** Values of the single form of a page, as rendered: hidden fields, and the selected radio buttons. */
export function fieldsOf({ html }: Seen): Record<string, string> {
  const inputs = (/<main[\s\S]*<\/main>/.exec(html)![0].match(/<input [^>]*>/g) ?? []).filter((input) => /type="hidden"| checked/.test(input));
  const value = (input: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(input)![1];
  return Object.fromEntries(inputs.map((input) => [value(input, "name"), value(input, "value")]));
}

/** The key of a first form. */
export const keyOf = ({ html }: Seen): string => /name="key" value="([^"]+)"/.exec(html)![1];

/** Text of a page. */
export const told = ({ html }: Seen): string =>
  (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").trim();

/** Continues in a browser with the session of a visitor; returns the path. */
export async function enter(page: Page, visitor: Visitor, path = "/get-started"): Promise<string> {
  const [name, ...value] = visitor.cookie.split("=");
  await page.context().addCookies([{ name, value: value.join("="), url: visitor.origin }]);
  return path;
}

/** Client ID of the credential on a page. */
export const clientOf = ({ html }: Seen): string => /<dl class="secret">[\s\S]*?<code>([0-9a-f-]{36})<\/code>/.exec(html)![1];

/** Status of a token request with a credential. */
export const tokenStatus = async ({ registry }: Market, client_id: string, client_secret: string): Promise<number> =>
  (await registry.call("POST", "/token", new URLSearchParams({ grant_type: "client_credentials", client_id, client_secret }))).status;

/** ID of the organization on its page. */
export const organizationOf = ({ html }: Seen): string => /<main[\s\S]*?<code>([0-9a-f-]{36})<\/code>/.exec(html)![1];

/** Enters a visitor's email address; returns the path of the link in the email. */
export async function mail(market: Market, visitor: Visitor, email = `${randomUUID()}@example.com`): Promise<string> {
  leads(await visitor.post("/get-started/keep", { email }));
  return (await mailedLink(market.registry.api.folders.mail, email)).pathname;
}

/** Email address of a visitor's organization. */
const owned = async (visitor: Visitor) => /Owner: (\S+@example\.com)/.exec(told(await visitor.get("/account")))![1];

/** Requests a recovery email for a visitor's organization; returns the path of the link in it. */
export async function recovery(market: Market, visitor: Visitor): Promise<string> {
  const email = await owned(visitor);
  says("Check your email")(await visitor.post("/recover", { email }));
  return (await mailedLink(market.registry.api.folders.mail, email, "recover")).pathname;
}

/** Requests the deletion of a visitor's organization; returns the path of the link in the email about it. */
export async function deletion(market: Market, visitor: Visitor): Promise<string> {
  const email = await owned(visitor);
  const confirm = /name="name"[^>]* value="([^"]*)"/.exec((await visitor.get("/account")).html)![1];
  expect((await visitor.post("/account/delete", { confirm })).status).toBe(303);
  return (await mailedLink(market.registry.api.folders.mail, email, "restore")).pathname;
}

/** Expects a redirect to the progress page. */
export const leads = (seen: Seen) => expect([seen.status, seen.headers.get("location")]).toEqual([303, expect.stringMatching(/^\/get-started(#started--\w+)?$/)]);
/** Expects a page with a new secret; returns the secret. */
export const shows = (seen: Seen): string => {
  expect([seen.status, secretOf(seen)]).toEqual([200, expect.any(String)]);
  return secretOf(seen)!;
};
/** Expects a page that contains a text. */
export const says = (words: string) => (seen: Seen) => expect([seen.status, told(seen)]).toEqual([200, expect.stringContaining(words)]);

/** Counts organizations and agents with a name in the API's database. */
export function made({ registry }: Market, name: string): { organizations: number; agents: number } {
  const database = new DatabaseSync(join(registry.api.folders.data, "sentryagent.db"), { readOnly: true });
  const count = (table: string) => Number(database.prepare(`SELECT count(*) AS n FROM ${table} WHERE name = ?`).get(name)!.n);
  try {
    return { organizations: count("organizations"), agents: count("agents") };
  } finally {
    database.close();
  }
}
