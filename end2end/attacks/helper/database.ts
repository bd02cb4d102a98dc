// The API's database, read beside the running API: a change of any table shows.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Api } from "../../clients/helper/api.ts";

/** Columns that a read may change: the sliding end of a session, at most once an hour, and the daily counters of usage. */
const EXCLUDED: Record<string, string[]> = {
  sessions: ["last_used_at", "expires_at"],
  usage: ["organization_id", "day", "calls", "tokens"],
};

/** Rows that a read may write: the test write of the health checks, at most once a second, which shows that writing works. */
const PROBE = "token_id = 'probe'";

export class Database {
  private readonly database: DatabaseSync;

  constructor(api: Api) {
    this.database = new DatabaseSync(join(api.folders.data, "sentryagent.db"), { readOnly: true });
  }

  /** Number of rows and a hash of the rows of each table. */
  tables(): Record<string, string> {
    const names = this.database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").all().map(({ name }) => String(name));
    return Object.fromEntries(names.map((name) => [name, this.digest(name)]));
  }

  private digest(table: string): string {
    const columns = this.database.prepare(`SELECT name FROM pragma_table_info('${table}')`).all().map(({ name }) => String(name));
    const compared = columns.filter((column) => !EXCLUDED[table]?.includes(column));
    if (compared.length === 0) return "excluded";
    const rows = this.database.prepare(`SELECT ${compared.map((column) => `"${column}"`).join()} FROM "${table}"${table === "revoked_tokens" ? ` WHERE NOT ${PROBE}` : ""}`).all();
    const texts = rows.map((row) => JSON.stringify(Object.values(row).map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value)))).sort();
    return `${rows.length} rows ${createHash("sha256").update(texts.join("\n")).digest("hex").slice(0, 16)}`;
  }

  close = () => this.database.close();
}

/** Tables with a difference. */
export const differences = (before: Record<string, string>, after: Record<string, string>) =>
  Object.keys({ ...before, ...after }).filter((table) => before[table] !== after[table]).map((table) => `${table}: ${before[table]} → ${after[table]}`);
