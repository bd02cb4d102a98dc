// Forms sent by another site, with the reader's cookie, and forms without a valid key: none has an effect.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { after, before } from "node:test";
import { setTimeout } from "node:timers/promises";
import { feedbackLog } from "../helper/programs.ts";
import { formKey } from "../onboarding/form-key.ts";
import { elsewhere } from "../onboarding/reader.ts";
import { Account, OWN } from "./helper/account.ts";
import { type Answer, ask } from "./helper/ask.ts";
import { attack } from "./helper/attack.ts";
import { Database, differences } from "./helper/database.ts";
import { Pair } from "./helper/pair.ts";
import { FORMS } from "./helper/routes.ts";

let pair: Pair, account: Account, database: Database;
before(async () => {
  pair = await Pair.start();
  account = await Account.create(pair);
  database = new Database(pair.registry.api);
});
after(async () => {
  database?.close();
  await pair?.stop();
});

/** All that a form can have an effect on: the database, emails, feedback. */
const state = () => {
  const { mail } = pair.registry.api.folders;
  const file = feedbackLog(pair.portal.port);
  return { ...database.tables(), mails: existsSync(mail) ? String(readdirSync(mail).length) : "0", feedback: existsSync(file) ? readFileSync(file, "utf8") : "" };
};

const send = (route: string, headers: object, fields = account.fields(route)): Promise<Answer> =>
  ask(pair.origin, "POST", account.path(route), { headers: { host: `localhost:${pair.portal.port}`, cookie: account.cookie, ...elsewhere(), ...headers }, body: new URLSearchParams(fields) });

/** Headers of browsers when a page of another site sends a form, and those of programs that imitate them. */
const foreign = (): Record<string, string>[] => {
  const own = pair.origin;
  return [
    { "sec-fetch-site": "cross-site", origin: "https://evil.example" }, { "sec-fetch-site": "same-site", origin: `http://evil.localhost:${pair.portal.port}` }, { "sec-fetch-site": "none" },
    { "sec-fetch-site": "cross-site", origin: own, referer: `${own}/get-started` }, { "sec-fetch-site": "cross-site, same-origin" }, { "sec-fetch-site": "" }, { "sec-fetch-site": "Same-Origin " }, { "sec-fetch-site": "same-originx" },
    {}, { referer: `${own}/account` }, { origin: "null" }, { origin: "" }, { origin: "https://evil.example" }, { origin: `${own}.evil.example` }, { origin: `${own}@evil.example` }, { origin: own.replace("http:", "https:") },
    { origin: own.replace(/:\d+$/, "") }, { origin: own.replace(/:\d+$/, ":1") }, { origin: `${own}/` }, { origin: `http://127.0.0.1:${pair.portal.port}` }, { origin: "file://" }, { origin: `${own} https://evil.example` },
    { origin: "https://evil.example", host: "evil.example" }, { origin: "http://evil.example", host: "evil.example", "x-forwarded-host": "evil.example" }, { "x-http-method-override": "POST", "x-requested-with": "XMLHttpRequest" },
  ];
};

attack("a form that another site sends with the reader's cookie has no effect", 400, async (tally) => {
  assert.ok(FORMS.length >= 24, `${FORMS.length} forms`);
  for (const route of FORMS) {
    const before = state();
    for (const headers of foreign()) {
      // The origin is checked before the key: a few of the headers are enough for keys.
      const keys = headers.origin === "https://evil.example" ? [undefined, "", "altered"] : [undefined];
      for (const key of keys) {
        const answer = await send(route, headers, { ...account.fields(route), ...(key !== undefined && { key }) });
        tally.attempt((answer.status < 400 || answer.headers["set-cookie"]) && `${route} with ${JSON.stringify(headers)}: ${answer.status}`);
      }
    }
    for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE"]) {
      await ask(pair.origin, method, `${account.path(route)}?${new URLSearchParams(account.fields(route))}`, { headers: { ...OWN, cookie: account.cookie, ...elsewhere() } });
      tally.attempt();
    }
    // Emails are written after the response.
    await setTimeout(10);
    const changed = differences(before, state());
    if (changed.length > 0) tally.harm.push(`${route}: ${changed}`);
  }
});

attack("a sign-up without the key of its form has no effect", 12, async (tally) => {
  const keys = ["", "altered", "0", "null", formKey(-86_400_000), formKey(0), formKey().slice(1), `${formKey()}0`, "00000000-0000-0000-0000-000000000000", "00000000-0000-4000-8000-000000000000", formKey().replace(/^./, "z"), "' OR 1=1 --"];
  for (const key of keys) {
    const before = state();
    const answer = await send("/get-started", OWN, { ...account.fields("/get-started"), key });
    const changed = differences(before, state());
    tally.attempt((changed.length > 0 || answer.status < 400) && `key ${JSON.stringify(key)}: ${answer.status} ${changed}`);
  }
});

/** Forms whose effect is not in the state above, or that need another state of the organization. */
const WITHOUT_CONTROL = ["/restore/{code}", "/get-started/keep", "/get-started/resend", "/get-started/publish", "/account/restore", "/account/claims/{id}/check", "/recover", "/marketplace/{id}/report", "/account/agents/{id}/{action}", "/account/agents/{id}/end"];

// The control: sent by the reader's own browser, the same forms have an effect. Runs last, since it changes and deletes.
attack("the same forms have their effect for the reader", 15, async (tally) => {
  // Each of them ends the session, or replaces what others need.
  const last = ["/get-started/credential", "/verify/{code}/disown", "/account/delete", "/account/sessions/{id}/end", "/get-started/leave"];
  const order = FORMS.filter((route) => !WITHOUT_CONTROL.includes(route)).toSorted((a, b) => last.indexOf(a) - last.indexOf(b));
  for (const route of order) {
    if (last.includes(route)) account = await Account.create(pair);
    const before = state();
    // A link is opened by a browser without a session: with one of another organization, it asks first.
    const answer = await send(route, { ...OWN, ...(route.includes("{code}") && { cookie: "" }) });
    let changed = differences(before, state());
    // Some effects follow the response, such as an email.
    for (let tries = 0; tries < 50 && changed.length === 0; tries++) {
      await setTimeout(20);
      changed = differences(before, state());
    }
    tally.attempt(changed.length === 0 && `${route}: ${answer.status}, no effect`);
  }
});
