// A cache that stores responses by URL only and ignores Vary, like many CDNs: it must never store content that browsers
// can't read. The cache is a real nginx.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { APIRequestContext } from "@playwright/test";
import { PORT } from "../playwright.config.js";
import { BROWSERS, freePort, twin } from "../helper/addresses.js";
import { expect, test as base } from "../helper/test.js";

type Cache = { origin: string };

/** An nginx for the test, initially empty. */
const test = base.extend<{ cache: Cache }>({
  cache: async ({ request }, use) => {
    const folder = mkdtempSync(join(tmpdir(), "sentryagent-cdn-"));
    const port = await freePort();
    const paths = ["client_body", "fastcgi", "uwsgi", "scgi", "proxy"].map((name) => `${name}_temp_path ${folder}/${name};`);
    writeFileSync(join(folder, "nginx.conf"), `
      user root;
      worker_processes 1;
      daemon off;
      pid ${folder}/pid;
      error_log ${folder}/error.log;
      events { worker_connections 64; }
      http {
        access_log off;
        ${paths.join(" ")}
        proxy_cache_path ${folder}/cache keys_zone=all:1m use_temp_path=off;
        server {
          listen 127.0.0.1:${port};
          location / {
            proxy_pass http://127.0.0.1:${PORT};
            proxy_set_header Host $http_host;
            proxy_set_header Accept-Encoding "";
            proxy_cache all;
            proxy_cache_key "$uri$is_args$args";
            proxy_ignore_headers Vary;
            proxy_cache_revalidate on;
            add_header x-cache $upstream_cache_status always;
          }
        }
      }`);
    const nginx: ChildProcess = spawn("nginx", ["-e", `${folder}/error.log`, "-c", `${folder}/nginx.conf`], {
      env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    nginx.stderr!.on("data", (text) => { said += text; });
    const ended = new Promise<string>((resolve) => {
      nginx.once("error", (error) => resolve(`nginx does not start: ${error.message}. Install Debian's nginx-light.`));
      nginx.once("exit", (code) => resolve(`nginx exited with ${code}: ${said}`));
    });
    const origin = `http://127.0.0.1:${port}`;
    const answers = expect(async () => expect((await request.get(`${origin}/healthz`)).status()).toBe(200)).toPass({ timeout: 10_000 });
    const failure = await Promise.race([answers.then(() => ""), ended]);
    answers.catch(() => {});
    expect(failure).toBe("");
    await use({ origin });
    nginx.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true });
  },
});

const PAGES = ["/", "/docs", "/docs/concepts/dids", "/docs/writing/code", "/quickstarts/run-the-portal", "/changelog", "/changelog/the-portal-stands", "/tools/did-web", "/search"];

const asker = (request: APIRequestContext, { origin }: Cache) => async (address: string, who: "agent" | "browser") => {
  const accept = who === "agent" ? "text/markdown" : BROWSERS[0];
  const response = await request.get(origin + address, { headers: { accept } });
  const { "content-type": type, "x-cache": cache } = response.headers();
  return { status: response.status(), form: type.split(";")[0], cache, text: await response.text() };
};

const ORDERS = { "an agent sends the first request": ["agent", "browser"], "a browser sends the first request": ["browser", "agent"] } as const;
for (const [order, askers] of Object.entries(ORDERS)) {
  test(`a cache that stores responses by URL alone returns HTML to browsers when ${order}`, async ({ cache, request }) => {
    const ask = asker(request, cache);
    for (const address of PAGES) {
      let hits = 0;
      for (const who of [...askers, ...askers, ...askers]) {
        const { status, form, cache, text } = await ask(address, who);
        expect(status, address).toBe(200);
        if (who === "browser") {
          expect(form, address).toBe("text/html");
          expect(text.slice(0, 15), address).toBe("<!DOCTYPE html>");
          if (cache === "HIT") hits += 1;
        } else if (form === "text/markdown") {
          // The response comes directly from the portal: only HTML may be cached.
          expect(cache, address).not.toBe("HIT");
        }
      }
      expect(hits, `cache hits of ${address}`).toBeGreaterThanOrEqual(2);
    }
  });

  test(`a 404 response is cached neither as HTML nor as Markdown when ${order}`, async ({ cache, request }) => {
    const ask = asker(request, cache);
    for (const address of ["/nothing", "/docs/concepts/didz", "/docs/nothing.md"]) {
      for (const who of [...askers, ...askers]) {
        const { status, form, cache } = await ask(address, who);
        expect([status, form], `${address} for the ${who}`).toEqual([404, who === "agent" ? "text/markdown" : "text/html"]);
        expect(cache, address).not.toBe("HIT");
      }
    }
  });

  test(`the .md URLs are cached and return Markdown to agents and browsers when ${order}`, async ({ cache, request }) => {
    const ask = asker(request, cache);
    for (const address of PAGES.map(twin)) {
      const seen = [];
      for (const who of [...askers, ...askers]) {
        const { status, form, cache, text } = await ask(address, who);
        expect([status, form, text.slice(0, 11)], address).toEqual([200, "text/markdown", "---\ntitle: "]);
        seen.push(cache);
      }
      expect(seen, address).toEqual(["MISS", "HIT", "HIT", "HIT"]);
    }
  });
}

test("a cache that stores responses by URL alone returns 304 for the ETag of the HTML and the HTML for the ETag of the Markdown", async ({ cache, request }) => {
  const address = "/docs/concepts/dids";
  const get = async (headers: Record<string, string>) => {
    const response = await request.get(cache.origin + address, { headers });
    return { status: response.status(), etag: response.headers().etag, type: response.headers()["content-type"], cache: response.headers()["x-cache"] };
  };
  const agent = await get({ accept: "text/markdown" });
  const first = await get({ accept: BROWSERS[0] });
  expect(first.etag).not.toBe(agent.etag);
  expect(await get({ accept: BROWSERS[0], "if-none-match": first.etag })).toMatchObject({ status: 304, cache: "HIT" });
  expect(await get({ accept: BROWSERS[0], "if-none-match": agent.etag })).toMatchObject({ status: 200, type: "text/html; charset=utf-8" });
});
