// Links in emails: what their pages show, in a browser without a session, with the organization's own, and with another
// organization's. Whoever signed up with an address may be a stranger to its owner, and no session is replaced unasked.
import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { mailedLink } from "../clients/helper/mail.ts";
import type { Market } from "../helper/market.js";
import { READERS, audit, expect, noted, overflow, ownName, test, twice } from "./reader.js";
import {
  Visitor, agentForm, clientOf, deletion, enter, fieldsOf, leads, made, mail, organizationOf, recovery, shows, told, tokenStatus,
} from "./visitor.js";

/** An organization whose sign-up named an email address, with the secret of its agent and the emailed link. */
type SignUp = { visitor: Visitor; organization: string; agent: string; email: string; link: string; works: () => Promise<number> };

async function signUp(market: Market): Promise<SignUp> {
  const visitor = new Visitor(market.origin);
  const [organization, agent, email] = [ownName(), `Agent ${randomUUID()}`, `${randomUUID()}@example.com`];
  const seen = await visitor.post("/get-started", agentForm({ name: agent, organization, email }));
  const [id, secret] = [clientOf(seen), shows(seen)];
  const link = (await mailedLink(market.registry.api.folders.mail, email)).pathname;
  return { visitor, organization, agent, email, link, works: () => tokenStatus(market, id, secret) };
}

/** Creates a visitor with a claimed organization; returns its ID as well. */
async function claimed(market: Market): Promise<{ visitor: Visitor; id: string }> {
  const visitor = await Visitor.withAgent(market);
  leads(await visitor.submit(await mail(market, visitor)));
  return { visitor, id: organizationOf(await visitor.get("/account")) };
}

const claim = (page: Page) => page.getByRole("button", { name: "Claim organization" });
const facts = (page: Page) => page.locator("main dl").first();
const choices = (page: Page) => page.getByRole("radio");
const asksToSwitch = (page: Page) => page.getByRole("checkbox", { name: /^Sign in to this organization here/ });
/** Whose session the browser has. */
async function organizationIn(page: Page, market: Market): Promise<string> {
  await page.goto(`${market.origin}/account`);
  return (await page.getByRole("main").locator("code").first().textContent())!;
}
for (const { how, use } of READERS) {
  test.describe(how, () => {
    test.use(use);
    const looks = async (page: Page) => {
      expect(await overflow(page)).toBe(0);
      if (use.javaScriptEnabled !== false) expect(await audit(page)).toEqual([]);
    };

    test("the link of a stranger's sign-up shows whose organization it is, and claiming it ends the stranger's credentials and sessions by default", async ({ market, page }) => {
      const thief = await signUp(market);
      await page.goto(market.origin + thief.link);
      await expect(page.locator("h1")).toHaveText("Claim organization");
      for (const fact of [thief.organization, organizationOf(await thief.visitor.get("/account")), thief.email, new Date().toISOString().slice(0, 10)]) {
        await expect(facts(page)).toContainText(fact);
      }
      await expect(facts(page)).toContainText(/from the network 10\.\d+\.\d+\.0\/24/);
      await expect(facts(page)).toContainText(/Agents\s*1\s*Active credentials\s*2/);
      await expect(choices(page)).toHaveCount(2);
      await expect(page.getByRole("radio", { name: /^End all of them/ })).toBeChecked();
      await expect(asksToSwitch(page)).toHaveCount(0);
      await looks(page);
      // Opening the link changes nothing: email scanners do.
      await page.reload();
      expect(await thief.works()).toBe(200);
      expect(told(await thief.visitor.get("/account"))).toContain(`${thief.email} is not confirmed`);

      await claim(page).click();
      await expect(page.getByText("Owner:")).toContainText(thief.email);
      expect(await thief.works()).toBe(401);
      const after = await thief.visitor.get("/get-started");
      expect(told(after)).toContain("Your session has ended");
      await page.goto(`${market.origin}/account`);
      await expect(page.getByRole("main")).toContainText(thief.email);
      await page.getByRole("link", { name: thief.agent }).click();
      await expect(page.getByRole("button", { name: /^Revoke/ })).toHaveCount(0);
    });

    test("whoever chooses to keep the credentials of a sign-up claims the organization with working credentials and sessions", async ({ market, page }) => {
      const own = await signUp(market);
      await page.goto(market.origin + own.link);
      await page.getByRole("radio", { name: /^Keep them/ }).check();
      await claim(page).click();
      await expect(page.getByText("Owner:")).toContainText(own.email);
      expect(await own.works()).toBe(200);
      expect(told(await own.visitor.get("/account"))).toContain(`Owner: ${own.email}`);
    });

    test("'Not mine' deletes the organization of a stranger's sign-up with its agents, and the email address can sign up again", async ({ market, page, quiet }) => {
      const thief = await signUp(market);
      expect(made(market, thief.agent).agents).toBe(1);
      await page.goto(market.origin + thief.link);
      await page.getByRole("button", { name: "Not mine" }).click();
      await expect(page.locator("h1")).toHaveText("Organization deleted");
      await looks(page);
      expect(await thief.works()).toBe(401);
      expect(made(market, thief.agent).agents).toBe(0);
      expect(told(await thief.visitor.get("/get-started"))).toContain("Your session has ended");
      expect(await page.context().cookies()).toEqual([]);
      const gone = (await page.goto(market.origin + thief.link))!;
      expect(gone.status()).toBe(410);
      await expect(claim(page)).toHaveCount(0);
      await looks(page);
      const visitor = new Visitor(market.origin);
      shows(await visitor.post("/get-started", agentForm({ email: thief.email })));
      expect(told(await visitor.get("/get-started"))).toContain(`email is on its way to ${thief.email}`);
      expect(quiet.splice(0).filter((line) => !noted(410).test(line))).toEqual([]);
    });

    test("the browser that signed up is asked nothing and keeps its credentials", async ({ market, page }) => {
      const own = await signUp(market);
      await page.goto(market.origin + await enter(page, own.visitor, own.link));
      await expect(facts(page)).toContainText(own.organization);
      for (const asked of [choices(page), page.getByRole("checkbox"), page.getByRole("button", { name: "Not mine" })]) await expect(asked).toHaveCount(0);
      await looks(page);
      await claim(page).click();
      await expect(page.getByText("Owner:")).toContainText(own.email);
      await expect(page.locator("h1")).toHaveText(own.agent);
      expect(await own.works()).toBe(200);
    });

    for (const switches of [false, true]) {
      const title = switches ? "that asks to switch is signed in to the claimed one" : "stays signed in to its own, and no other session remains";
      test(`a browser of another organization ${title}`, async ({ market, page }) => {
        const [{ visitor, id }, other] = [await claimed(market), await signUp(market)];
        const otherId = organizationOf(await other.visitor.get("/account"));
        await page.goto(market.origin + await enter(page, visitor, other.link));
        await expect(asksToSwitch(page)).not.toBeChecked();
        await expect(page.getByRole("radio", { name: /^End all of them/ })).toBeChecked();
        await looks(page);
        if (switches) await asksToSwitch(page).check();
        else await page.getByRole("radio", { name: /^Keep them/ }).check();
        await claim(page).click();
        if (switches) await expect(page.getByText("Owner:")).toContainText(other.email);
        else {
          await expect(page.locator("h1")).toHaveText("Organization claimed");
          await expect(page.getByRole("main")).toContainText(other.organization);
          await looks(page);
        }
        expect(await other.works()).toBe(switches ? 401 : 200);
        expect(await organizationIn(page, market)).toBe(switches ? otherId : id);
        // The session of the organization that was left is not ended: another browser may use it.
        expect(organizationOf(await visitor.get("/account"))).toBe(id);
        if (!switches) {
          // The only session of the claimed one is that of its sign-up.
          const account = await other.visitor.get("/account");
          expect(told(account)).toContain(`Owner: ${other.email}`);
          expect(account.html).not.toMatch(/\/account\/sessions\/[^"]+\/end/);
        }
      });

      test(`replacing a lost secret in a browser of another organization: it ${switches ? "switches when asked to" : "stays signed in to its own"}`, async ({ market, page }) => {
        const [own, lost] = [await claimed(market), await claimed(market)];
        await page.goto(market.origin + await enter(page, own.visitor, await recovery(market, lost.visitor)));
        await expect(page.locator("h1")).toHaveText("Replace a lost secret");
        await expect(facts(page)).toContainText(lost.id);
        await expect(asksToSwitch(page)).not.toBeChecked();
        await expect(choices(page)).toHaveCount(0);
        await looks(page);
        if (switches) await asksToSwitch(page).check();
        await page.getByRole("button", { name: "Replace secret" }).click();
        const secret = (await page.getByText(/^sadmin_/).textContent())!;
        await looks(page);
        expect(await tokenStatus(market, lost.id, secret)).toBe(200);
        expect(told(await lost.visitor.get("/account"))).toContain("Your session has ended");
        expect(await organizationIn(page, market)).toBe(switches ? lost.id : own.id);
      });
    }

    test("replacing a lost secret in a browser without a session shows whose secret it is, and signs in", async ({ market, page }) => {
      const lost = await claimed(market);
      await page.goto(market.origin + await recovery(market, lost.visitor));
      await expect(facts(page)).toContainText(lost.id);
      await expect(page.getByRole("checkbox")).toHaveCount(0);
      await looks(page);
      await page.getByRole("button", { name: "Replace secret" }).click();
      await expect(page.getByText(/^sadmin_/)).toBeVisible();
      expect(await organizationIn(page, market)).toBe(lost.id);
    });

    test("the link in the email about a deletion restores the organization once, and signs nobody in", async ({ market, page, quiet }) => {
      const { visitor, id } = await claimed(market);
      const link = await deletion(market, visitor);
      await page.goto(market.origin + link);
      await expect(page.locator("h1")).toHaveText("Restore organization");
      await expect(facts(page)).toContainText(id);
      await expect(page.getByRole("checkbox")).toHaveCount(0);
      await looks(page);
      await page.getByRole("button", { name: "Restore organization" }).click();
      await expect(page.locator("h1")).toHaveText("Organization restored");
      await looks(page);
      expect(await page.context().cookies()).toEqual([]);
      expect(told(await visitor.get("/account"))).toContain("1 of ");
      const used = (await page.goto(market.origin + link))!;
      expect(used.status()).toBe(410);
      await expect(page.getByRole("main")).toContainText("already restored");
      expect(quiet.splice(0).filter((line) => !noted(410).test(line))).toEqual([]);
    });

    for (const who of ["without a session", "of the organization", "of another organization"]) {
      test(`a double click on 'Claim organization' in a browser ${who} claims it once and shows its owner`, async ({ market, page, quiet }) => {
        const own = await signUp(market);
        if (who === "of the organization") await enter(page, own.visitor);
        if (who === "of another organization") await enter(page, (await claimed(market)).visitor);
        await page.goto(market.origin + own.link);
        if (who === "of another organization") await asksToSwitch(page).check();
        await twice(page, "Claim organization");
        await expect(page.getByText("Owner:")).toContainText(own.email);
        expect(await own.works()).toBe(who === "of the organization" ? 200 : 401);
        await page.goto(`${market.origin}/account`);
        await expect(page.getByRole("main")).toContainText(own.email);
      });
    }

    test("a double click on 'Not mine', 'Replace secret' and 'Restore organization' shows the result of the first click", async ({ market, page, quiet }) => {
      const thief = await signUp(market);
      await page.goto(market.origin + thief.link);
      await twice(page, "Not mine");
      await expect.soft(page.locator("h1")).toHaveText("Organization deleted");
      const { visitor } = await claimed(market);
      await page.goto(market.origin + await recovery(market, visitor));
      await twice(page, "Replace secret");
      await expect.soft(page.getByText(/^sadmin_/)).toBeVisible();
      const { visitor: deleting } = await claimed(market);
      await page.goto(market.origin + await deletion(market, deleting));
      await twice(page, "Restore organization");
      await expect.soft(page.locator("h1")).toHaveText("Organization restored");
    });
  });
}

test("a form of a link that was rendered for the organization's session, submitted without it, ends no credentials without asking", async ({ market }) => {
  const own = await signUp(market);
  const fields = fieldsOf(await own.visitor.get(own.link));
  await own.visitor.post("/get-started/leave");
  const seen = await own.visitor.post(own.link, fields);
  expect(await own.works(), `${seen.status} ${seen.headers.get("location")} ${told(seen).slice(0, 200)}`).toBe(200);
});

test("GET and HEAD requests of any number of scanners use up no link", async ({ market }) => {
  const own = await signUp(market);
  for (let count = 0; count < 5; count += 1) {
    expect((await new Visitor(market.origin).get(own.link)).status).toBe(200);
    expect((await fetch(market.origin + own.link, { method: "HEAD" })).status).toBe(200);
    const markdown = await fetch(market.origin + own.link, { headers: { accept: "text/markdown" } });
    expect([markdown.status, await markdown.text()]).toEqual([200, expect.stringContaining(own.organization)]);
  }
  leads(await own.visitor.submit(own.link));
});
