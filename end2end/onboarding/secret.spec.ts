// Secrets shown once: the requests that consume them, and those that don't.
import { BROWSERS } from "../helper/addresses.js";
import type { Market } from "../helper/market.js";
import { formKey } from "./form-key.js";
import { elsewhere, expect, test } from "./reader.js";

/** Each form comes from a different IP address. */
const html = (from = elsewhere()) => ({ accept: BROWSERS[0], ...from });

/** Submits the first form like a browser without JavaScript; returns the response with its cookie. */
async function begin(market: Market, fields: Record<string, string> = {}, from = elsewhere()): Promise<{ status: number; cookie: string; key: string; html: string }> {
  const key = fields.key ?? formKey();
  const answer = await fetch(`${market.origin}/get-started`, {
    method: "POST", redirect: "manual", headers: { ...html(from), "sec-fetch-site": "same-origin" },
    body: new URLSearchParams({ key, name: "Shown once", agent_type: "custom", capabilities: "a:b", ...fields }),
  });
  return { status: answer.status, cookie: (answer.headers.get("set-cookie") ?? "").split(";")[0], key, html: await answer.text() };
}

const ask = (market: Market, cookie: string, init: RequestInit = {}) =>
  fetch(`${market.origin}/get-started`, { redirect: "manual", ...init, headers: { ...html(), cookie, ...init.headers } });
const secret = (html: string) => /sagent_[\w-]{43}/.exec(html)?.[0];

test("HEAD and Markdown requests don't consume the secret, and displaying it on the page does", async ({ market }) => {
  const { status, cookie } = await begin(market);
  expect(status).toBe(303);
  for (const init of [{ method: "HEAD" }, { headers: { accept: "text/markdown" } }]) {
    const answer = await ask(market, cookie, init);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(secret(await answer.text())).toBeUndefined();
  }
  const shown = await ask(market, cookie);
  expect(shown.headers.get("cache-control")).toBe("no-store");
  expect(secret(await shown.text())).toBeDefined();
  const after = shown.headers.get("set-cookie")!;
  expect(after).toContain("HttpOnly");
  expect(secret(await (await ask(market, after.split(";")[0])).text())).toBeUndefined();
});

test("the secret of a credential created on the agent page is shown there once, and not in HEAD or Markdown responses", async ({ market }) => {
  const { cookie } = await begin(market);
  const id = /data-own="([^"]+)"/.exec(await (await ask(market, cookie)).text())![1];
  const at = (shown: string, init: RequestInit = {}, path = "") =>
    fetch(`${market.origin}/account/agents/${id}${path}`, { redirect: "manual", ...init, headers: { ...html(), cookie: shown, "sec-fetch-site": "same-origin", ...init.headers } });
  const made = (await at(cookie, { method: "POST", body: new URLSearchParams() }, "/credentials")).headers.get("set-cookie")!.split(";")[0];
  for (const init of [{ method: "HEAD" }, { headers: { accept: "text/markdown" } }]) {
    const answer = await at(made, init);
    expect([answer.status, answer.headers.get("set-cookie"), secret(await answer.text())]).toEqual([200, null, undefined]);
  }
  const shown = await at(made);
  expect(secret(await shown.text())).toBeDefined();
  expect(secret(await (await at(shown.headers.get("set-cookie")!.split(";")[0])).text())).toBeUndefined();
});

test("submitting the same form twice creates one agent with one secret", async ({ market }) => {
  const here = elsewhere();
  const first = await begin(market, {}, here);
  const again = await begin(market, { key: first.key }, here);
  const [one, other] = await Promise.all([first, again].map(async ({ cookie }) => (await ask(market, cookie)).text()));
  expect(secret(one)).toBeDefined();
  expect(secret(other)).toBe(secret(one));
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
