// The API processes a request, and its response is lost: resubmitting the form creates nothing twice and loses nothing.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { mailedLink } from "../clients/helper/mail.ts";
import type { Market } from "../helper/market.js";
import { age, formKey } from "./form-key.js";
import { expect, test } from "./reader.js";
import { Visitor, agentForm, fieldsOf, keyOf, leads, made, says, shows, told } from "./visitor.js";

test.afterEach(({ market }) => market.proxy.pass());

/** Truncates the responses of a path from now on. */
function lose(market: Market, asked: RegExp) {
  market.proxy.change = (path, text) => (asked.test(path) ? text.slice(0, text.length / 2) : text);
}

/** Makes all responses that the API has stored for repetition older by some minutes. */
function agePast({ registry }: Market, minutes: number) {
  const database = new DatabaseSync(join(registry.api.folders.data, "sentryagent.db"), { timeout: 5_000 });
  database.prepare("UPDATE idempotent_answers SET created_at = created_at - ?").run(minutes * 60_000);
  database.close();
}

/** The portal's requests for the first form, in order: the response of each may be lost. */
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

  test(`resubmitting the same form after a lost response of ${asked.source} creates one organization and one agent`, async ({ market }) => {
    const { visitor, form } = await lost(market);
    shows(await visitor.post("/get-started", form));
    expect([made(market, form.organization).organizations, made(market, form.name).agents]).toEqual([1, 1]);
  });

  test(`submitting the returned form after a lost response of ${asked.source} creates nothing twice`, async ({ market }) => {
    const { visitor, form, answer } = await lost(market);
    const key = keyOf(answer);
    await expect.poll(() => age(key), { intervals: [100] }).toBeGreaterThan(1_600);
    shows(await visitor.post("/get-started", { ...form, key }));
    expect([made(market, form.organization).organizations, made(market, form.name).agents]).toEqual([1, 1]);
  });
}

for (const { what, path, asked, works } of [
  { what: "an email confirmation", path: "verify", asked: /\/signup\/verify$/, works: leads },
  { what: "a new client secret", path: "recover", asked: /\/signup\/recover\/confirm$/, works: says("Your new client secret") },
]) {
  test(`${what} is not lost with its response: resubmitting the form of the emailed link works`, async ({ market }) => {
    const [visitor, email] = [await Visitor.withAgent(market), `${randomUUID()}@example.com`];
    const link = async (to: string) => (await mailedLink(market.registry.api.folders.mail, email, to)).pathname;
    await visitor.post("/get-started/keep", { email });
    if (path === "recover") {
      leads(await visitor.submit(await link("verify")));
      says("Check your email")(await visitor.post("/recover", { email }));
    }
    const mailed = await link(path);
    const fields = fieldsOf(await visitor.get(mailed));
    lose(market, asked);
    const lost = await visitor.post(mailed, fields);
    expect([lost.status, fieldsOf(lost)]).toEqual([503, fields]);
    await market.proxy.pass();
    works(await visitor.post(mailed, fields));
    // The code works again for the same form only.
    expect((await visitor.post(mailed, { ...fields, key: formKey() })).status).toBe(410);
    expect((await visitor.get(mailed)).status).toBe(410);
  });
}

for (const asked of [/\/signup$/, /\/sessions$/, /\/credentials$/]) {
  test(`the form returned after a lost response of ${asked.source} leads to one agent, even once the API no longer repeats that response`, async ({ market }) => {
    const visitor = new Visitor(market.origin);
    const form = agentForm({ name: `Agent ${randomUUID()}` });
    lose(market, asked);
    let seen = await visitor.post("/get-started", form);
    await market.proxy.pass();
    // Responses with a secret are repeated for ten minutes.
    agePast(market, 11);
    // One explanation is enough: the next submission of the returned form works. An agent that exists is shown instead of the form.
    for (let tries = 0; tries < 2 && seen.html.includes('name="capabilities"'); tries += 1) {
      const key = keyOf(seen);
      await expect.poll(() => age(key), { intervals: [100] }).toBeGreaterThan(1_600);
      seen = await visitor.post("/get-started", { ...form, key });
    }
    expect([seen.status, told(await visitor.get("/get-started"))]).toEqual([expect.any(Number), expect.stringContaining(form.name)]);
    expect(made(market, form.name).agents).toBe(1);
  });
}

test("an organization is not deleted when the API's response with its name is lost and a wrong name is entered", async ({ market }) => {
  const visitor = await Visitor.withAgent(market);
  lose(market, /\/organizations\/me$/);
  expect((await visitor.post("/account/delete", { confirm: "another name" })).status).toBeGreaterThanOrEqual(500);
  await market.proxy.pass();
  const account = await visitor.get("/account");
  expect(account.status).toBe(200);
  expect(account.html).toContain("Delete organization");
  expect(account.html).not.toContain("is being deleted");
});
