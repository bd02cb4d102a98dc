// Document verification in the browser: with Web Crypto, and with documents requested from their original URLs.
import { generateKeyPairSync } from "node:crypto";
import type { Page } from "@playwright/test";
import { API, BROWSERS, ORIGIN } from "../helper/addresses.js";
import { demo } from "../helper/demo.js";
import { type Market, audit, expect, noted, overflow, test } from "../helper/market.js";

const STEPS = [
  "The DID resolves to the registry", "The DID document belongs to the agent", "The keys are the verified keys", "The card has the name in the listing", "The registry signed the card",
];
const ENDPOINT = "https://agents.example.com/checked";

/** Steps of a list with their results. */
const steps = async (page: Page, list: "In your browser" | "The server's") => {
  const items = page.locator(list === "In your browser" ? "#check--run li" : "section:has(#check--server) li");
  return items.evaluateAll((items) => items.map((item) => {
    const outcome = item.querySelector("h3 span")!.textContent!;
    const [expected, found] = [...item.querySelectorAll("dd")].map((fact) => fact.textContent!);
    return { title: item.querySelector("h3")!.textContent!.replace(outcome, "").trim(), outcome, expected, found };
  }));
};

/** Clicks the button and waits until all steps are done. */
async function check(page: Page) {
  await page.getByRole("button", { name: "Verify in this browser" }).click();
  await expect(page.getByRole("button", { name: "Verify again" })).toBeEnabled();
  return steps(page, "In your browser");
}

const outcomes = (steps: { title: string; outcome: string }[]) => Object.fromEntries(steps.map(({ title, outcome }) => [title, outcome]));
const passed = (but: Record<string, string> = {}) => ({ ...Object.fromEntries(STEPS.map((title) => [title, "passed"])), ...but });

const checked = async (market: Market, fields: object = {}) => {
  const publisher = await market.registry.publisher();
  return publisher.publishWithKey({ name: "Checked", description: "Reads contracts.", endpointUrl: ENDPOINT, ...fields });
};

test.afterEach(async ({ market }) => {
  await market.proxy.pass();
});

test("'Verify in this browser' passes every step with Web Crypto; the page sends requests only to the portal before the click, and to the portal and the registry after it", async ({ page, market }) => {
  const agent = await checked(market);
  const hosts = new Set<string>();
  page.on("request", (request) => hosts.add(new URL(request.url()).origin));
  await page.addInitScript(() => {
    const { verify } = SubtleCrypto.prototype;
    SubtleCrypto.prototype.verify = async function (...parts) {
      const is = await verify.apply(this, parts);
      (window as any).verified = [...((window as any).verified ?? []), is];
      return is;
    };
  });
  await page.goto(`${market.origin}/marketplace/${agent.agentId}`);
  await page.getByRole("link", { name: "Verify documents" }).first().click();
  await expect(page.locator("h1")).toHaveText(`Verify documents: ${agent.name}`);
  expect([...hosts]).toEqual([market.origin]);
  const found = await check(page);
  expect(outcomes(found)).toEqual(passed());
  await expect(page.locator("#check--run [role=status]")).toHaveText("5 of 5 steps passed.");
  expect(await page.evaluate(() => (window as any).verified)).toEqual([true]);
  expect([...hosts].sort()).toEqual([market.origin, market.proxy.origin].sort());
  // The compared values are shown.
  expect(found[1]).toMatchObject({ expected: agent.did, found: agent.did });
  expect(found[2]).toMatchObject({ expected: `the verified key ${agent.thumbprint}`, found: agent.thumbprint });
  expect(found[3]).toMatchObject({ expected: agent.name, found: agent.name });
});

test("demo agents with and without key claims pass every step in the browser and on the server", async ({ page }) => {
  for (const name of ["Bill of Lading Extractor", "Vessel Delay Monitor", "レファレンス振り分け"]) {
    const agent = await demo(name);
    await page.goto(`/marketplace/${agent.agentId}/check`);
    expect(outcomes(await check(page)), name).toEqual(passed());
    expect(outcomes(await steps(page, "The server's")), name).toEqual(passed());
  }
});

test("the server's results equal the browser's results and are labeled as coming from the server", async ({ page, market }) => {
  const agent = await checked(market);
  await page.goto(`${market.origin}/marketplace/${agent.agentId}/check`);
  const own = await check(page);
  const servers = await steps(page, "The server's");
  expect(outcomes(servers)).toEqual(passed());
  for (const [index, { expected, found }] of own.entries()) expect(servers[index], STEPS[index]).toMatchObject({ expected, found });
  expect(own[2]).toMatchObject({ expected: `the verified key ${agent.thumbprint}`, found: agent.thumbprint });
  await expect(page.getByRole("region", { name: "Results from our server" })).toContainText("These results come from the server");
});

test("'Verify again' repeats the verification with the current documents", async ({ page, market }) => {
  const agent = await checked(market);
  await page.goto(`${market.origin}/marketplace/${agent.agentId}/check`);
  expect(outcomes(await check(page))).toEqual(passed());
  market.proxy.change = (path, text) => path.endsWith("/agent-card.json") ? text.replace("Reads contracts.", "Reads contractz.") : text;
  await page.getByRole("button", { name: "Verify again" }).click();
  await expect(page.locator("#check--run [role=status]")).toHaveText("1 of 5 steps failed.");
  expect(outcomes(await steps(page, "In your browser"))).toEqual(passed({ "The registry signed the card": "failed" }));
});

const key = () => generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
const json = (change: (value: any) => unknown) => (text: string) => JSON.stringify(change(JSON.parse(text)));

/** Modified responses: description, URL, modification, and the steps that must fail. */
const FORGERIES: [string, RegExp, (text: string) => string, string[]][] = [
  ["one letter of the card's description is changed", /\/agent-card\.json$/, (text) => text.replace("Reads contracts.", "Reads kontracts."), ["The registry signed the card"]],
  ["two letters of the card's name are swapped", /\/agent-card\.json$/, (text) => text.replace('"Checked"', '"Chekced"'), ["The card has the name in the listing", "The registry signed the card"]],
  ["the card's endpoint is changed", /\/agent-card\.json$/, (text) => text.replace(ENDPOINT, "https://evil.example/checked"), ["The registry signed the card"]],
  ["the card's signature is replaced", /\/agent-card\.json$/, json((card) => ({ ...card, signatures: [{ ...card.signatures[0], signature: `${"A".repeat(86)}` }] })), ["The registry signed the card"]],
  ["the card is not signed", /\/agent-card\.json$/, json(({ signatures, ...card }) => card), ["The registry signed the card"]],
  ["the card has an additional member", /\/agent-card\.json$/, json((card) => ({ ...card, documentationUrl: "https://evil.example/" })), ["The registry signed the card"]],
  [
    "the agent's key is replaced", /\/did\.json$/,
    json((document) => ({ ...document, verificationMethod: document.verificationMethod.map((method: any) => ({ ...method, publicKeyJwk: { ...method.publicKeyJwk, x: key().x } })) })),
    ["The keys are the verified keys"],
  ],
  ["the DID document belongs to another DID", /\/did\.json$/, json((document) => ({ ...document, id: `${document.id}0` })), ["The DID document belongs to the agent"]],
  ["the registry's key is replaced", /\/jwks\.json$/, json(({ keys }) => ({ keys: keys.map((one: any) => ({ ...one, x: key().x })) })), ["The registry signed the card"]],
  ["the registry publishes no key", /\/jwks\.json$/, () => JSON.stringify({ keys: [] }), ["The registry signed the card"]],
];

for (const [what, where, change, noticed] of FORGERIES) {
  test(`browser and server report the affected steps as failed when ${what}`, async ({ page, market }) => {
    const agent = await checked(market);
    let changes = 0;
    market.proxy.change = (path, text) => {
      if (!where.test(path)) return text;
      const changed = change(text);
      if (changed !== text) changes += 1;
      return changed;
    };
    await page.goto(`${market.origin}/marketplace/${agent.agentId}/check`);
    const expected = passed(Object.fromEntries(noticed.map((title) => [title, "failed"])));
    expect(outcomes(await check(page))).toEqual(expected);
    expect(changes, "modified responses: one for the browser, one for the server").toBe(2);
    await expect(page.locator("#check--run [role=status]")).toHaveText(`${noticed.length} of 5 steps failed.`);
    expect(outcomes(await steps(page, "The server's"))).toEqual(expected);
  });
}

test("steps whose documents can't be requested are reported as not run, never as passed", async ({ page, market, quiet }) => {
  const agent = await checked(market);
  await page.goto(`${market.origin}/marketplace/${agent.agentId}/check`);
  await market.proxy.stop();
  const found = outcomes(await check(page));
  expect(found).toEqual({ ...passed(Object.fromEntries(STEPS.slice(1).map((title) => [title, "not run"]))) });
  await expect(page.locator("#check--run [role=status]")).not.toHaveText("5 of 5 steps passed.");
  expect(await audit(page)).toEqual([]);
  expect(quiet.splice(0).filter((line) => !/ERR_CONNECTION_REFUSED/.test(line))).toEqual([]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });

  test("the page shows the server's results and commands to check each verification manually, and no button without a function", async ({ page }) => {
    const agent = await demo("Bill of Lading Extractor");
    await page.goto(`${ORIGIN}/marketplace/${agent.agentId}/check`);
    const servers = await steps(page, "The server's");
    expect(servers.map(({ title }) => title)).toEqual(STEPS);
    await expect(page.getByText("This section requires JavaScript.")).toBeVisible();
    await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
    await expect(page.getByRole("region", { name: "Check each verification yourself" })).toContainText("dig +short _sentryagent-claim.northquay-freight.example TXT");
    expect(await overflow(page)).toBe(0);
  });
});

test("only the verification page's Content-Security-Policy allows connections to the API's origin", async ({ request }) => {
  const { agentId } = await demo("Bill of Lading Extractor");
  const policy = async (path: string) => (await request.get(path, { headers: { accept: BROWSERS[0] } })).headers()["content-security-policy"];
  const own = await policy(`/marketplace/${agentId}/check`);
  expect(own).toContain(`connect-src 'self' ${API};`);
  expect(own.replace(` ${API}`, "")).toBe(await policy(`/marketplace/${agentId}`));
  expect(own).not.toMatch(/unsafe|\*/);
  for (const path of ["/", "/docs", "/marketplace", "/marketplace?checked=key", `/marketplace/${agentId}`, `/marketplace/${agentId}/report`, "/marketplace/publishers/northquay-freight", `/marketplace/${agentId}/check.md`, "/marketplace/nobody/check", "/search?q=x"]) {
    expect(await policy(path), path).not.toContain(API);
  }
});

test("the verification page is excluded from search engines and available as Markdown", async ({ page, request }) => {
  const agent = await demo("Vessel Delay Monitor");
  await page.goto(`/marketplace/${agent.agentId}/check`);
  await expect(page.locator("meta[name=robots]")).toHaveAttribute("content", "noindex");
  const markdown = await (await request.get(`/marketplace/${agent.agentId}/check.md`)).text();
  for (const title of STEPS) expect(markdown).toContain(`${title} passed`);
  expect(markdown).toContain(`${API}/agents/${agent.agentId}/did.json`);
  expect(markdown).toContain(`${API}/.well-known/jwks.json`);
});

test("the verification page of an agent hidden by the operator returns 410", async ({ page, market, quiet }) => {
  const agent = await checked(market);
  await market.registry.moderate("hide", agent.agentId, "spam");
  expect((await page.goto(`${market.origin}/marketplace/${agent.agentId}/check`))!.status()).toBe(410);
  expect(quiet.splice(0).filter((line) => !noted(410).test(line))).toEqual([]);
});
