// A marketplace that tests may modify: an API with its demo data, a proxy in front of it, and a portal that uses the
// proxy. One per worker. The tests of a worker run sequentially, and each modifies only its own organizations.
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

  /** `settings` are those of the API. */
  static async start(settings: Settings = {}): Promise<Market> {
    const proxy = await Proxy.start();
    const api = await Api.start({
      ...WITHOUT_LIMITS, LIMIT_REPORTS_PER_HOUR: "10", TRUSTED_PROXIES: "127.0.0.1", TOKEN_ALGORITHM: "EdDSA", ISSUER_URL: proxy.origin, ...settings,
    });
    proxy.upstream = api.address;
    return new Market(proxy, new Registry(api, proxy.origin), await Portal.start(proxy.origin));
  }

  /** Origin of the pages. */
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

/** Chromium's console message for a document with an error status. */
export const noted = (...statuses: number[]) => new RegExp(`the server responded with a status of (${statuses.join("|")})`);
