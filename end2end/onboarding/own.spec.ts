// Code samples in docs and quickstarts contain the user's own agent, from this browser's storage; never a secret.
import { everyPage } from "../helper/site.js";
import { audit, expect, makeAgent, overflow, test } from "./reader.js";

const EXAMPLE = "01993b6e-8123-7d11-8a2b-77c1d9a0be55";
const GUIDE = "/quickstarts/first-agent";

test("every code sample contains the agent created in this browser, until the user selects the example or signs out", async ({ market, page }) => {
  test.slow();
  const codes = async () => (await page.locator("main .code code").allTextContents()).join("\n");
  await page.goto(market.origin + GUIDE);
  expect(await codes()).toContain(EXAMPLE);
  await expect(page.getByText("Samples use")).toHaveCount(0);
  await page.goto(`${market.origin}/get-started`);
  await makeAgent(page, "Mine <b>own</b>");
  const agent = await page.locator("main").getAttribute("data-own");
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(kept).toContain(agent);
  expect(kept).not.toContain("sagent_");

  await page.goto(market.origin + GUIDE);
  await expect(page.getByText("Samples use your agent Mine <b>own</b>.")).toBeVisible();
  const host = new URL(market.registry.origin).host.replace(":", "%3A");
  expect(await codes()).toContain(`did:web:${host}:agents:${agent}`);
  expect(await codes()).toContain(`API=${market.registry.origin}`);
  expect(await overflow(page)).toBe(0);
  expect(await audit(page)).toEqual([]);
  await page.getByRole("button", { name: "Use the example" }).click();
  expect(await codes()).toContain(EXAMPLE);
  expect(await codes()).not.toContain(agent);
  await page.reload();
  expect(await codes()).toContain(EXAMPLE);
  await page.getByRole("button", { name: "Use your agent" }).click();
  expect(await codes()).not.toContain(EXAMPLE);

  // No sample is omitted, even if the highlighter has split its URL or identifier.
  for (const path of (await everyPage()).filter((path) => /^\/(docs|quickstarts)/.test(path))) {
    await page.goto(market.origin + path);
    const text = await codes();
    expect(text, path).not.toContain(EXAMPLE);
    expect(text, path).not.toContain("http://localhost:8080");
  }

  await page.goto(`${market.origin}/get-started`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Create agent" })).toBeVisible();
  await page.goto(market.origin + GUIDE);
  expect(await codes()).toContain(EXAMPLE);
  expect(await page.evaluate(() => localStorage.getItem("own"))).toBeNull();
});
