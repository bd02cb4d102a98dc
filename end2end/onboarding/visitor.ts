// A visitor without a browser: submits forms like a browser without JavaScript, and stores the cookie. Fast enough for many.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
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
    expect((await visitor.post("/get-started", agentForm(fields))).status).toBe(303);
    expect(secretOf(await visitor.get("/get-started"))).toBeDefined();
    return visitor;
  }

  get = (path: string) => this.ask(path);
  post = (path: string, fields: Record<string, string> = {}) => this.ask(path, { method: "POST", body: new URLSearchParams(fields) });

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

/** The key of a first form. */
export const keyOf = ({ html }: Seen): string => /name="key" value="([^"]+)"/.exec(html)![1];

/** Text of a page. */
export const told = ({ html }: Seen): string =>
  (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").trim();

/** Expects a redirect to the progress page. */
export const leads = (seen: Seen) => expect([seen.status, seen.headers.get("location")]).toEqual([303, expect.stringMatching(/^\/get-started(#started--\w+)?$/)]);
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
