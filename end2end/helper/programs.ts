// The two programs of the release build: their paths and settings for tests.
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const API_BIN = resolve(process.env.API_BIN ?? "../target/release/api");
export const PORTAL_BIN = resolve(process.env.PORTAL_BIN ?? "../target/release/portal");

export type Settings = Record<string, string>;

/** File with the readers' feedback. */
export const feedbackLog = (port: number) => join(tmpdir(), `sentryagent-end2end-${port}.jsonl`);

/** A portal on a port, for the API at an origin. */
export const portalSettings = (port: number, api: string, base = ""): Settings => ({
  PORTAL_ADDR: `127.0.0.1:${port}`,
  PUBLIC_SITE_URL: `http://localhost:${port}`,
  BASE_PATH: base,
  CONTENT_DIR: "../content",
  PORTAL_SITE_ROOT: process.env.PORTAL_SITE_ROOT ?? "../target/site",
  SENTRYAGENT_API_URL: api,
  PUBLIC_API_URL: api,
  EDIT_URL: "https://example.com/edit/main/content",
  FEEDBACK_LOG: feedbackLog(port),
  // Lets a test choose its client address.
  TRUSTED_PROXIES: "127.0.0.1",
  // It takes 13 seconds of a processor, longer than most portals of tests run.
  RECOMPRESS: "false",
  LOG_LEVEL: "warn",
});

const MANY = "1000000";

/** Settings that disable rate limits for tests. Reports keep their limit, which a test checks. */
export const WITHOUT_LIMITS: Settings = Object.fromEntries([
  "ADDRESS_PER_MINUTE", "CREDENTIAL_PER_MINUTE", "TENANT_PER_MINUTE", "SIGNUP_PER_HOUR", "FAILURES_PER_HOUR", "MAILS_PER_HOUR", "MAILS_PER_DOMAIN_PER_HOUR",
  "CHECKS_PER_HOUR", "PROVISIONAL", "DOCUMENTS_PER_MINUTE", "CONNECTIONS_PER_ADDRESS",
].map((name) => [`LIMIT_${name}`, MANY]));

/** The API of all shared portals: it contains the demo data of development, which no test may modify. */
export const demoFolder = (port: number) => join(tmpdir(), `sentryagent-end2end-api-${port}`);
export const demoSettings = (port: number, portal: string): Settings => ({
  ...WITHOUT_LIMITS,
  API_ADDR: `127.0.0.1:${port}`,
  ISSUER_URL: `http://localhost:${port}`,
  PORTAL_URL: portal,
  DATA_DIR: join(demoFolder(port), "data"),
  KEY_DIR: join(demoFolder(port), "keys"),
  SENTRYAGENT_ENV: "development",
  TRUSTED_PROXIES: "127.0.0.1",
  LOG_LEVEL: "warn",
});
