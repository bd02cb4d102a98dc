// Secrets shown once: the requests that use them up, and those that don't.
import { BROWSERS } from "../helper/addresses.js";
import type { Market } from "../helper/market.js";
import { formKey } from "./form-key.js";
import { elsewhere, expect, test } from "./reader.js";

/** Each form comes from a different IP address. */
const html = (from = elsewhere()) => ({ accept: BROWSERS[0], ...from });

/** Submits the first form like a browser without script; returns the cookie. */
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

test("who asks for the head alone, or for text, uses no secret up; who sees it does", async ({ market }) => {
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

test("a credential made at the agent's page is shown there once, and not to who asks for the head or for text", async ({ market }) => {
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

test("the same form twice makes one agent with one secret", async ({ market }) => {
  const here = elsewhere();
  const first = await begin(market, {}, here);
  const again = await begin(market, { key: first.key }, here);
  const [one, other] = await Promise.all([first, again].map(async ({ cookie }) => (await ask(market, cookie)).text()));
  expect(secret(one)).toBeDefined();
  expect(secret(other)).toBe(secret(one));
});

test("a cookie that was changed is none, and one whose session was ended says so and is taken away", async ({ market }) => {
  const { cookie } = await begin(market);
  const changed = cookie.replace(/.$/, (last) => (last === "A" ? "B" : "A")).replace(/=(.)/, (_, first) => `=${first === "A" ? "B" : "A"}`);
  expect(await (await ask(market, changed)).text()).toContain("Create agent");
  await fetch(`${market.origin}/get-started/leave`, { method: "POST", redirect: "manual", headers: { cookie, "sec-fetch-site": "same-origin" } });
  const over = await ask(market, cookie);
  expect(await over.text()).toContain("Your session has ended");
  expect(over.headers.get("set-cookie")).toContain("Max-Age=0");
});

test("a form of another site is refused, and one that a machine filled comes back with what was typed", async ({ market }) => {
  const foreign = await fetch(`${market.origin}/get-started`, { method: "POST", headers: { "sec-fetch-site": "cross-site" }, body: new URLSearchParams({ name: "x" }) });
  expect(foreign.status).toBe(403);
  const { status, cookie, html } = await begin(market, { website: "https://example.com", name: "Kept <b>" });
  expect([status, cookie]).toEqual([422, ""]);
  expect(html).toContain('value="Kept &lt;b&gt;"');
});
