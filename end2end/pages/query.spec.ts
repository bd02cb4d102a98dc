// Queries have limits on every page, so that no prepared, cached or computed response depends on an unbounded URL.
import { BROWSERS, ORIGIN, twin } from "../helper/addresses.js";
import { demo } from "../helper/demo.js";
import { forEach } from "../helper/site.js";
import { KINDS, audit, expect, overflow, test } from "../helper/test.js";

/** One page of each kind, sign-up and account included, and a path without a page. */
const paths = async () => {
  const kinds = Object.values(KINDS).map((path) => path.replace(/\?.*/, ""));
  const agent = `/marketplace/${(await demo("Vessel Delay Monitor")).agentId}`;
  const pages = [...new Set([...kinds, agent, "/get-started", "/account", "/recover", "/status", "/verify/slink_x", "/recover/slink_x", "/restore/slink_x", "/claim/sclaim_x"])];
  return [...pages, twin("/"), twin(KINDS.long), twin("/marketplace"), "/search.json", "/llms.txt", "/no/such/page"];
};

/** Queries at the limits and just above: bytes, and parameters. */
const QUERIES = [
  { query: `utm=${"a".repeat(4_092)}`, isRejected: false },
  { query: `utm=${"a".repeat(4_093)}`, isRejected: true },
  { query: Array.from({ length: 50 }, (_, index) => `p${index}=1`).join("&"), isRejected: false },
  { query: Array.from({ length: 51 }, (_, index) => `p${index}=1`).join("&"), isRejected: true },
];

test("a query of more than 4,096 bytes or 50 parameters is rejected with 414 on every page, and a query at the limits is accepted", async () => {
  const wrong: string[] = [];
  await forEach(await paths(), async (path) => {
    for (const { query, isRejected } of QUERIES) for (const method of ["GET", "HEAD"]) {
      const { status } = await fetch(`${ORIGIN}${path}?${query}`, { method, redirect: "manual", headers: { accept: BROWSERS[0] } });
      if ((status === 414) !== isRejected) wrong.push(`${method} ${path}?${query.slice(0, 20)}… (${query.length} bytes): ${status}`);
    }
  });
  expect(wrong).toEqual([]);
});

for (const path of ["/docs/concepts/dids", "/marketplace"]) {
  test(`the page for a rejected query of ${path} is displayed in the site's layout`, async ({ page, quiet }) => {
    const response = (await page.goto(`${path}?${QUERIES[1].query}`))!;
    expect(response.status()).toBe(414);
    await expect(page.getByRole("banner")).toBeVisible();
    await expect(page.locator("h1")).toBeVisible();
    expect(await overflow(page)).toBe(0);
    expect(await audit(page)).toEqual([]);
    expect(quiet.splice(0).filter((line) => !/the server responded with a status of 414/.test(line))).toEqual([]);
  });
}
