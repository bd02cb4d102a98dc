// The API processes a request, and its response is lost: submitted again, nothing is created twice and nothing is lost.
import { randomUUID } from "node:crypto";
import { mailedLink } from "../clients/helper/mail.ts";
import type { Market } from "../helper/market.js";
import { age } from "./form-key.js";
import { expect, test } from "./reader.js";
import { Visitor, agentForm, keyOf, leads, made, says, secretOf } from "./visitor.js";

test.afterEach(({ market }) => market.proxy.pass());

/** Truncates the responses of a path from now on. */
function lose(market: Market, asked: RegExp) {
  market.proxy.change = (path, text) => (asked.test(path) ? text.slice(0, text.length / 2) : text);
}

/** The portal's requests for the first form, in order: each may succeed with its response lost. */
const ASKED = [/\/signup$/, /\/sessions$/, /\/agents$/, /\/credentials$/];

for (const asked of ASKED) {
  const lost = async (market: Market) => {
    const visitor = new Visitor(market.origin);
    const form = agentForm({ name: `Agent ${randomUUID()}`, organization: `Organization ${randomUUID()}` });
    lose(market, asked);
    const answer = await visitor.post("/get-started", form);
    expect(answer.status).toBe(503);
    await market.proxy.pass();
    return { visitor, form, answer };
  };

  test(`a form for which the answer of ${asked.source} was lost, sent again, makes one organization and one agent`, async ({ market }) => {
    const { visitor, form } = await lost(market);
    leads(await visitor.post("/get-started", form));
    expect(secretOf(await visitor.get("/get-started"))).toBeDefined();
    expect([made(market, form.organization).organizations, made(market, form.name).agents]).toEqual([1, 1]);
  });

  test(`the form that comes back when the answer of ${asked.source} was lost makes nothing twice`, async ({ market }) => {
    const { visitor, form, answer } = await lost(market);
    const key = keyOf(answer);
    await expect.poll(() => age(key), { intervals: [100] }).toBeGreaterThan(1_600);
    leads(await visitor.post("/get-started", { ...form, key }));
    expect([made(market, form.organization).organizations, made(market, form.name).agents]).toEqual([1, 1]);
  });
}

for (const { what, path, asked, works } of [
  { what: "a confirmed address", path: "verify", asked: /\/signup\/verify$/, works: leads },
  { what: "a new secret", path: "recover", asked: /\/signup\/recover\/confirm$/, works: says("Your new client secret") },
]) {
  test(`${what} is not lost with the answer that told of it: the link works once more`, async ({ market }) => {
    const [visitor, email] = [await Visitor.withAgent(market), `${randomUUID()}@example.com`];
    const link = async (to: string) => (await mailedLink(market.registry.api.folders.mail, email, to)).pathname;
    await visitor.post("/get-started/keep", { email });
    if (path === "recover") {
      leads(await visitor.post(await link("verify")));
      says("Check your email")(await visitor.post("/recover", { email }));
    }
    const mailed = await link(path);
    const key = keyOf(await visitor.get(mailed));
    lose(market, asked);
    const lost = await visitor.post(mailed, { key });
    expect([lost.status, keyOf(lost)]).toEqual([503, key]);
    await market.proxy.pass();
    works(await visitor.post(mailed, { key }));
    // The code works again for the same form only.
    expect((await visitor.post(mailed, { key: keyOf(await visitor.get(mailed)) })).status).toBe(410);
  });
}

test("an organization whose name can't be asked for is not deleted by another one", async ({ market }) => {
  const visitor = await Visitor.withAgent(market);
  lose(market, /\/organizations\/me$/);
  expect((await visitor.post("/account/delete", { confirm: "another name" })).status).toBeGreaterThanOrEqual(500);
  await market.proxy.pass();
  const account = await visitor.get("/account");
  expect(account.status).toBe(200);
  expect(account.html).not.toContain("Deletion is scheduled");
});
