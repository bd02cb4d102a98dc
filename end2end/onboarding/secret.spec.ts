// Secrets shown once: in the response to the form that creates them, and in no other.
import { BROWSERS } from "../helper/addresses.js";
import type { Market } from "../helper/market.js";
import { formKey } from "./form-key.js";
import { elsewhere, expect, test } from "./reader.js";

/** Each form comes from a different IP address. */
const html = (from = elsewhere()) => ({ accept: BROWSERS[0], ...from });

/** Submits the first form like a browser without JavaScript; returns the response with its cookie. */
async function begin(market: Market, fields: Record<string, string> = {}, from = elsewhere()): Promise<{ status: number; headers: Headers; cookie: string; key: string; html: string }> {
  const key = fields.key ?? formKey();
  const answer = await fetch(`${market.origin}/get-started`, {
    method: "POST", redirect: "manual", headers: { ...html(from), "sec-fetch-site": "same-origin" },
    body: new URLSearchParams({ key, name: "Shown once", agent_type: "custom", capabilities: "a:b", ...fields }),
  });
  return { status: answer.status, headers: answer.headers, cookie: (answer.headers.get("set-cookie") ?? "").split(";")[0], key, html: await answer.text() };
}

const ask = (market: Market, cookie: string, init: RequestInit = {}) =>
  fetch(`${market.origin}/get-started`, { redirect: "manual", ...init, headers: { ...html(), cookie, ...init.headers } });
const secret = (html: string) => /sagent_[\w-]{43}/.exec(html)?.[0];

test("a secret is shown in the response to the form that creates it, and no GET or HEAD request shows it, changes the cookie or calls the API to write", async ({ market }) => {
  const { status, cookie, html: shown, headers } = await begin(market);
  expect([status, secret(shown), headers.get("cache-control"), headers.get("location")]).toEqual([200, expect.any(String), "no-store", null]);
  expect(headers.get("set-cookie")).toContain("HttpOnly");
  const before = market.proxy.asked.length;
  for (const init of [{}, {}, { method: "HEAD" }, { headers: { accept: "text/markdown" } }]) {
    const answer = await ask(market, cookie, init);
    expect([answer.status, answer.headers.get("set-cookie"), secret(await answer.text())]).toEqual([200, null, undefined]);
  }
  expect(market.proxy.asked.slice(before).filter((path) => /\/(signup|sessions|credentials|agents)$/.test(path))).toEqual([]);
});

test("the secret of a credential created or rotated on the agent page is shown in the response to its form only", async ({ market }) => {
  const { cookie, html: first } = await begin(market);
  const id = /data-own="([^"]+)"/.exec(first)![1];
  const at = (path = "", init: RequestInit = {}) =>
    fetch(`${market.origin}/account/agents/${id}${path}`, { redirect: "manual", ...init, headers: { ...html(), cookie, "sec-fetch-site": "same-origin", ...init.headers } });
  const forms = async () => [...(await (await at()).text()).matchAll(/action="[^"]*(\/credentials(?:\/[^"/]+\/replace)?)"/g)].map(([, path]) => path);
  const secrets = [secret(first)];
  for (const path of (await forms()).sort()) {
    const made = await at(path, { method: "POST", body: new URLSearchParams({ key: formKey() }) });
    const text = await made.text();
    expect([path, made.status, made.headers.get("cache-control"), secret(text)]).toEqual([path, 200, "no-store", expect.any(String)]);
    secrets.push(secret(text));
    for (const init of [{}, { method: "HEAD" }, { headers: { accept: "text/markdown" } }]) {
      const answer = await at("", init);
      expect([answer.status, answer.headers.get("set-cookie"), secret(await answer.text())]).toEqual([200, null, undefined]);
    }
    expect([(await at(path)).status, (await at(path)).headers.get("location")]).toEqual([303, `/account/agents/${id}`]);
  }
  expect(new Set(secrets).size).toBe(3);
});

test("submitting the same form twice creates one agent with one secret", async ({ market }) => {
  const here = elsewhere();
  const first = await begin(market, {}, here);
  const again = await begin(market, { key: first.key }, here);
  expect(secret(first.html)).toBeDefined();
  expect(secret(again.html)).toBe(secret(first.html));
  expect(/data-own="[^"]+"/.exec(again.html)![0]).toBe(/data-own="[^"]+"/.exec(first.html)![0]);
});

test("a modified cookie is ignored, and a cookie of an ended session is reported and deleted", async ({ market }) => {
  const { cookie } = await begin(market);
  const changed = cookie.replace(/.$/, (last) => (last === "A" ? "B" : "A")).replace(/=(.)/, (_, first) => `=${first === "A" ? "B" : "A"}`);
  expect(await (await ask(market, changed)).text()).toContain("Create agent");
  await fetch(`${market.origin}/get-started/leave`, { method: "POST", redirect: "manual", headers: { cookie, "sec-fetch-site": "same-origin" } });
  const over = await ask(market, cookie);
  expect(await over.text()).toContain("Your session has ended");
  expect(over.headers.get("set-cookie")).toContain("Max-Age=0");
});

test("a cross-site form is rejected, and a form with a filled honeypot field is returned with the typed values", async ({ market }) => {
  const foreign = await fetch(`${market.origin}/get-started`, { method: "POST", headers: { "sec-fetch-site": "cross-site" }, body: new URLSearchParams({ name: "x" }) });
  expect(foreign.status).toBe(403);
  const { status, cookie, html } = await begin(market, { website: "https://example.com", name: "Kept <b>" });
  expect([status, cookie]).toEqual([422, ""]);
  expect(html).toContain('value="Kept &lt;b&gt;"');
});
