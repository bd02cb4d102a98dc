// A marketplace that tests may change: an API with its demo data, a proxy before it, a portal that asks through the proxy.
// Each worker has one. Tests of a worker run one after the other, and each changes its own organizations alone.
import { Api } from "../clients/helper/api.ts";
import { test as base } from "./test.js";
import { Portal } from "./portal.js";
import { WITHOUT_LIMITS, type Settings } from "./programs.js";
import { Proxy } from "./proxy.js";
import { Registry } from "./registry.js";

export { audit, expect, overflow, shifted, WIDTHS } from "./test.js";

export class Market {
  readonly proxy: Proxy;
  readonly registry: Registry;
  readonly portal: Portal;

  private constructor(proxy: Proxy, registry: Registry, portal: Portal) {
    this.proxy = proxy;
    this.registry = registry;
    this.portal = portal;
  }

  /** `settings` are the API's. */
  static async start(settings: Settings = {}): Promise<Market> {
    const proxy = await Proxy.start();
    const api = await Api.start({
      ...WITHOUT_LIMITS, LIMIT_REPORTS_PER_HOUR: "10", TRUSTED_PROXIES: "127.0.0.1", TOKEN_ALGORITHM: "EdDSA", ISSUER_URL: proxy.origin, ...settings,
    });
    proxy.upstream = api.address;
    return new Market(proxy, new Registry(api, proxy.origin), await Portal.start(proxy.origin));
  }

  /** Where pages are. */
  get origin(): string {
    return this.portal.origin;
  }

  async stop(): Promise<void> {
    await this.portal.stop();
    await this.proxy.end();
    await this.registry.api.stop();
  }
}

export const test = base.extend<object, { market: Market }>({
  market: [
    async ({}, use) => {
      const market = await Market.start();
      await use(market);
      await market.stop();
    },
    { scope: "worker" },
  ],
});

/** What Chromium itself notes of a document that answers with an error. */
export const noted = (...statuses: number[]) => new RegExp(`the server responded with a status of (${statuses.join("|")})`);
