// API and portal with a proxy between them, like the marketplace of the Playwright tests, but with a site of one page in the
// quick suite: rendering all pages takes the portal longer than an attack.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api } from "../../clients/helper/api.ts";
import { Portal } from "../../helper/portal.ts";
import { type Settings, WITHOUT_LIMITS } from "../../helper/programs.ts";
import { Proxy } from "../../helper/proxy.ts";
import { Registry } from "../../helper/registry.ts";
import { isWhole } from "./attack.ts";

/** Settings of the API in production, without limits. Names resolve nowhere unless a test has a DNS server. */
export const PRODUCTION: Settings = { ...WITHOUT_LIMITS, LIMIT_REPORTS_PER_HOUR: "1000000", SENTRYAGENT_ENV: "production", VERIFIER_DNS: "127.0.0.1:9" };

export class Pair {
  readonly proxy: Proxy;
  readonly registry: Registry;
  readonly portal: Portal;
  private readonly content: string;

  private constructor(proxy: Proxy, registry: Registry, portal: Portal, content: string) {
    this.proxy = proxy;
    this.registry = registry;
    this.portal = portal;
    this.content = content;
  }

  /** `settings` are those of the API. Both servers trust the proxies at 127.0.0.1, and so believe a test's headers. */
  static async start(settings: Settings = {}): Promise<Pair> {
    const proxy = await Proxy.start();
    const api = await Api.start({ ...PRODUCTION, TRUSTED_PROXIES: "127.0.0.1", ISSUER_URL: proxy.origin, ...settings });
    proxy.upstream = api.address;
    const content = mkdtempSync(join(tmpdir(), "sentryagent-site-"));
    mkdirSync(join(content, "docs"));
    writeFileSync(join(content, "docs/index.md"), "---\ntitle: Docs\ndescription: The only page of this site.\n---\nText.\n");
    return new Pair(proxy, new Registry(api, proxy.origin), await Portal.start(proxy.origin, isWhole ? {} : { CONTENT_DIR: content }), content);
  }

  /** Origin of the pages. */
  get origin(): string {
    return this.portal.origin;
  }

  async stop(): Promise<void> {
    await this.portal.stop();
    await this.proxy.end();
    await this.registry.api.stop();
    rmSync(this.content, { recursive: true });
  }
}
