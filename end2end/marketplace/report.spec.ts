// Reports of agents: an HTML form, forwarded to the API, which limits the rate of reports.
import { randomInt, randomUUID } from "node:crypto";
import { BROWSERS } from "../helper/addresses.js";
import { type Market, audit, expect, noted, overflow, test } from "../helper/market.js";

/** An IP address of the documentation network (RFC 3849), which no other test uses. */
const somebody = () => `2001:db8:${randomInt(1, 65536).toString(16)}:${randomInt(1, 65536).toString(16)}::1`;

/** All reports, as listed for operators. */
const reports = ({ registry }: Market) => registry.api.command("moderate", "list");

const send = (market: Market, agent: string, form: Record<string, string>, from: string, headers: Record<string, string> = { "sec-fetch-site": "same-origin" }) =>
  fetch(`${market.origin}/marketplace/${agent}/report`, {
    method: "POST", body: new URLSearchParams(form), redirect: "manual", headers: { accept: BROWSERS[0], "x-forwarded-for": from, ...headers },
  });

for (const width of [390, 1440]) {
  test.describe(`at ${width} px, without JavaScript`, () => {
    test.use({ javaScriptEnabled: false, viewport: { width, height: 844 } });

    test("a submitted report shows its ID and is listed for operators", async ({ market, page }) => {
      const agent = await (await market.registry.publisher()).publish({ name: "Reported" });
      await page.setExtraHTTPHeaders({ "x-forwarded-for": somebody() });
      await page.goto(`${market.origin}/marketplace/${agent.agentId}`);
      await page.getByRole("link", { name: "Report a problem" }).click();
      await expect(page.locator("h1")).toHaveText("Report Reported");
      const word = randomUUID();
      await page.getByRole("radio", { name: "Misleading description" }).check();
      await page.getByRole("textbox", { name: "Details for the operators" }).fill(`It answers with ${word}.`);
      await page.getByRole("button", { name: "Send report" }).click();
      await expect(page.locator("h1")).toHaveText("Report received");
      const number = (await page.getByRole("main").locator("code").textContent())!;
      expect(number).toMatch(/^[0-9a-f-]{36}$/);
      expect(await overflow(page)).toBe(0);
      const read = await reports(market);
      const line = read.split("\n").find((line) => line.includes(word));
      expect(line).toContain(number);
      expect(line).toContain("misleading");
      await page.getByRole("link", { name: "Back to agent" }).click();
      await expect(page.locator("h1")).toHaveText("Reported");
    });

    test("a report without a reason is returned with an error message and the typed text", async ({ market, page, quiet }) => {
      const agent = await (await market.registry.publisher()).publish({ name: "Reported" });
      await page.setExtraHTTPHeaders({ "x-forwarded-for": somebody() });
      await page.goto(`${market.origin}/marketplace/${agent.agentId}/report`);
      // Browsers require a selection. Other clients can submit the form without one.
      await page.locator("form.report-form").evaluate((form: HTMLFormElement) => { form.noValidate = true; });
      const text = `\n  First line\n\n  second “line” <b>&amp; ${randomUUID()}`;
      await page.getByRole("textbox", { name: "Details for the operators" }).fill(text);
      await page.getByRole("button", { name: "Send report" }).click();
      await expect(page.getByRole("alert")).toHaveText("Choose a reason.");
      await expect(page.getByRole("textbox", { name: "Details for the operators" })).toHaveValue(text);
      expect(await overflow(page)).toBe(0);
      expect(quiet.splice(0).filter((line) => !noted(422).test(line))).toEqual([]);
    });
  });
}

test("a report that is too long is returned with its complete text and the maximum length", async ({ market, page }) => {
  const agent = await (await market.registry.publisher()).publish({ name: "Reported" });
  const text = "x".repeat(1200);
  const answer = await send(market, agent.agentId, { reason: "spam", text }, somebody());
  expect(answer.status).toBe(422);
  const shown = await page.evaluate((html) => {
    const main = new DOMParser().parseFromString(html, "text/html").querySelector("main")!;
    return { alert: main.querySelector("[role=alert]")!.textContent, text: main.querySelector("textarea")!.value, reason: main.querySelector<HTMLInputElement>("input:checked")?.value };
  }, await answer.text());
  expect(shown).toEqual({ alert: "The text has 1200 characters. The maximum is 1000.", text, reason: "spam" });
});

test("after ten reports within an hour, an IP address gets an error message with the typed values kept, and other IP addresses can still report", async ({ market, page, quiet }) => {
  const agent = await (await market.registry.publisher()).publish({ name: "Reported" });
  const from = somebody();
  for (let count = 1; count <= 10; count += 1) {
    const answer = await send(market, agent.agentId, { reason: "spam" }, from);
    expect([answer.status, answer.headers.get("location")], `report ${count}`).toEqual([303, expect.stringMatching(/\/report\?taken=[0-9a-f-]{36}$/)]);
  }
  await page.setExtraHTTPHeaders({ "x-forwarded-for": from });
  await page.goto(`${market.origin}/marketplace/${agent.agentId}/report`);
  await page.getByRole("radio", { name: "Harms users or systems" }).check();
  await page.getByRole("textbox", { name: "Details for the operators" }).fill("It took my keys.");
  await page.getByRole("button", { name: "Send report" }).click();
  await expect(page.getByRole("alert")).toContainText("Too many reports from your IP address.");
  await expect(page.getByRole("textbox", { name: "Details for the operators" })).toHaveValue("It took my keys.");
  await expect(page.getByRole("radio", { name: "Harms users or systems" })).toBeChecked();
  expect(await audit(page)).toEqual([]);
  expect(quiet.splice(0).filter((line) => !noted(429).test(line))).toEqual([]);
  expect((await send(market, agent.agentId, { reason: "spam" }, somebody())).status).toBe(303);
});

test("cross-site reports and reports with an unknown reason, an unknown agent or an oversized body are rejected and not stored", async ({ market }) => {
  const agent = await (await market.registry.publisher()).publish({ name: "Reported" });
  const word = randomUUID();
  const form = { reason: "spam", text: word };
  for (const headers of [{ "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }, { origin: "https://evil.example" }, {}] as Record<string, string>[]) {
    expect((await send(market, agent.agentId, form, somebody(), headers)).status, JSON.stringify(headers)).toBe(403);
  }
  expect((await send(market, agent.agentId, { reason: "rude", text: word }, somebody())).status).toBe(422);
  expect((await send(market, "01993b6e-8123-7d11-8a2b-77c1d9a0be55", form, somebody())).status).toBe(404);
  expect((await send(market, agent.agentId, { reason: "spam", text: word + "x".repeat(70_000) }, somebody())).status).toBe(413);
  expect(await reports(market)).not.toContain(word);
});

test("an invalid report ID in the URL is not confirmed as a received report", async ({ market }) => {
  const agent = await (await market.registry.publisher()).publish({ name: "Reported" });
  for (const taken of ["%3Cb%3Ex", "1", "call-0800-SCAM"]) {
    const answer = await fetch(`${market.origin}/marketplace/${agent.agentId}/report?taken=${taken}`, { headers: { accept: BROWSERS[0] } });
    expect(await answer.text(), taken).not.toContain("Report received");
  }
});

test("the report form is marked noindex and not stored in caches", async ({ market }) => {
  const agent = await (await market.registry.publisher()).publish({ name: "Reported" });
  const answer = await fetch(`${market.origin}/marketplace/${agent.agentId}/report`, { headers: { accept: BROWSERS[0] } });
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(await answer.text()).toContain('<meta name="robots" content="noindex">');
});
