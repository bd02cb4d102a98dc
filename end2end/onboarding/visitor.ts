// A reader without a browser: sends forms as one without script does, and keeps the cookie. Many of them take little time.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { BROWSERS } from "../helper/addresses.js";
import { type Market, expect } from "../helper/market.js";
import { formKey } from "./form-key.js";
import { elsewhere } from "./reader.js";

/** What came back: nothing that it leads to was asked for. */
export type Seen = { status: number; headers: Headers; html: string };

export class Visitor {
  readonly origin: string;
  cookie = "";
  private readonly from: Record<string, string>;

  /** `from` says whose address it has: without one, an address of its own. */
  constructor(origin: string, from: Record<string, string> = elsewhere()) {
    this.origin = origin;
    this.from = from;
  }

  /** One that has made an agent, and has seen its secret. */
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

/** The first form, filled. */
export const agentForm = (fields: Record<string, string> = {}) =>
  ({ key: formKey(), name: "Visitor", agent_type: "custom", capabilities: "a:b", ...fields });

export const secretOf = ({ html }: Seen): string | undefined => /s(?:agent|admin)_[\w-]{43}/.exec(html)?.[0];

/** The key that a first form came with. */
export const keyOf = ({ html }: Seen): string => /name="key" value="([^"]+)"/.exec(html)![1];

/** What a page says, as text. */
export const told = ({ html }: Seen): string =>
  (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").trim();

/** It leads to how far the reader has come. */
export const leads = (seen: Seen) => expect([seen.status, seen.headers.get("location")]).toEqual([303, expect.stringMatching(/^\/get-started(#started--\w+)?$/)]);
/** It is a page that says something. */
export const says = (words: string) => (seen: Seen) => expect([seen.status, told(seen)]).toEqual([200, expect.stringContaining(words)]);

/** How many organizations and agents have a name, as the API's database has it. */
export function made({ registry }: Market, name: string): { organizations: number; agents: number } {
  const database = new DatabaseSync(join(registry.api.folders.data, "sentryagent.db"), { readOnly: true });
  const count = (table: string) => Number(database.prepare(`SELECT count(*) AS n FROM ${table} WHERE name = ?`).get(name)!.n);
  try {
    return { organizations: count("organizations"), agents: count("agents") };
  } finally {
    database.close();
  }
}
