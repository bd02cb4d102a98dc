// The page with the registry's status, in every state.
import { audit, expect, overflow, test } from "./reader.js";

test("the status page shows the status of each component and the time of the check, and reports an unavailable registry", async ({ market, page }) => {
  await page.goto(`${market.origin}/status`);
  const says = (text: RegExp) =>
    expect(async () => {
      await page.reload();
      await expect(page.getByRole("main").getByRole("status")).toHaveText(text, { timeout: 100 });
    }).toPass({ intervals: [200], timeout: 20_000 });
  await says(/^All systems operational/);
  await expect(page.getByRole("row")).toHaveText([/^Component/, /^Database \(read\)\s*Operational\s*[\d.]+$/, /^Database \(write\)\s*Operational\s*[\d.]+$/, /^Email delivery\s*Operational\s*[\d.]+$/]);
  await expect(page.getByText("Checked at")).toContainText(new Date().toISOString().slice(0, 10));
  expect(await overflow(page)).toBe(0);
  expect(await audit(page)).toEqual([]);
  try {
    market.proxy.behaviour = "garbage";
    await says(/^Down: the registry is unavailable/);
    await expect(page.getByRole("table")).toHaveCount(0);
    await market.proxy.pass();
    await says(/^All systems operational/);
    await market.proxy.stop();
    await says(/^Down: the registry is unavailable/);
  } finally {
    await market.proxy.pass();
  }
});
