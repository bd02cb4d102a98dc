// "Was this page useful?": a plain form, a line in a file, a rate limit, and no personal data.
import { randomInt, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { APIRequestContext } from "@playwright/test";
import { PORT, feedbackLog } from "../playwright.config.js";
import { ORIGIN } from "../helper/addresses.js";
import { audit, expect, overflow, test } from "../helper/test.js";

const PAGE = "/docs/concepts/dids";

/** The log lines that contain a word. Each test uses a random word. */
const lines = (word: string) => readFileSync(feedbackLog(PORT), "utf8").split("\n").filter((line) => line.includes(word));

/** An IP address of the documentation network (RFC 3849), which no other test uses. */
const somebody = () => `2001:db8:${randomInt(1, 65536).toString(16)}:${randomInt(1, 65536).toString(16)}::1`;

const send = (request: APIRequestContext, from: string, form: Record<string, string>, headers: Record<string, string> = { "sec-fetch-site": "same-origin" }) =>
  request.post("/feedback", { form, maxRedirects: 0, headers: { accept: "text/html", "x-forwarded-for": from, ...headers } });

for (const width of [390, 1440]) {
  test.describe(`at ${width} px, without script`, () => {
    test.use({ viewport: { width, height: 844 }, javaScriptEnabled: false });

    test("a reader says No and why, is thanked, and finds back to the page", async ({ page }) => {
      const word = `Where is the key? ${randomUUID()}`;
      await page.goto(PAGE);
      const form = page.getByRole("group", { name: "Was this page useful?" });
      await form.getByText("Add a comment").click();
      await form.getByRole("textbox").fill(word);
      await form.getByRole("button", { name: "No" }).click();
      await expect(page.locator("h1")).toHaveText("Thank you");
      expect(await overflow(page)).toBe(0);
      expect(lines(word).map((line) => JSON.parse(line))).toEqual([{ time: expect.any(String), page: PAGE, useful: "no", word }]);
      await page.getByRole("link", { name: "Back to DIDs" }).click();
      await expect(page).toHaveURL(ORIGIN + PAGE);
      await expect(page.locator("h1")).toHaveText("DIDs");
    });
  });
}

test("with script, Yes is one press, and says no more than that", async ({ page }) => {
  const before = readFileSync(feedbackLog(PORT), { encoding: "utf8", flag: "a+" }).length;
  await page.goto("/quickstarts/write-a-page");
  await page.getByRole("button", { name: "Yes" }).click();
  await expect(page.locator("h1")).toHaveText("Thank you");
  expect(await audit(page)).toEqual([]);
  const added = readFileSync(feedbackLog(PORT), "utf8").slice(before).split("\n").filter((line) => line.includes("write-a-page"));
  expect(added.map((line) => Object.keys(JSON.parse(line)))).toEqual([["time", "page", "useful"]]);
});

test("every page that readers can rate asks, and the thanks are not offered to search engines", async ({ request }) => {
  for (const address of ["/docs", "/docs/writing/code", "/quickstarts", "/quickstarts/run-the-portal"]) {
    expect(await (await request.get(address)).text(), address).toMatch(/<form [^>]*action="\/feedback"/);
  }
  const thanks = await request.get(`/feedback?page=${PAGE}`);
  expect(thanks.headers()["cache-control"]).toBe("no-store");
  expect(await thanks.text()).toContain('<meta name="robots" content="noindex">');
});

test("the line has the word as one line of bounded length, and no address, browser or cookie of the reader", async ({ request }) => {
  const [word, from] = [randomUUID(), somebody()];
  const headers = { "sec-fetch-site": "same-origin", "user-agent": "Spy/1.0", cookie: "who=me", referer: `${ORIGIN}/docs?who=me` };
  const answer = await send(request, from, { page: PAGE, useful: "no", word: `${word}\r\n{"page":"/forged"}\u001b[31m${"ü".repeat(3000)}` }, headers);
  expect(answer.status()).toBe(303);
  expect(answer.headers().location).toBe(`/feedback?page=${encodeURIComponent(PAGE)}`);
  expect(answer.headers()["set-cookie"]).toBeUndefined();
  const [line, ...others] = lines(word);
  expect(others).toEqual([]);
  const kept = JSON.parse(line);
  expect(Object.keys(kept)).toEqual(["time", "page", "useful", "word"]);
  expect([...kept.word].length).toBeLessThanOrEqual(1000);
  expect(kept.word).not.toMatch(/[\u0000-\u001f]/);
  expect(Math.abs(Date.parse(kept.time) - Date.now())).toBeLessThan(60_000);
  for (const trace of [from, "2001:db8", "127.0.0.1", "Spy", "who=me"]) expect(line).not.toContain(trace);
});

test("the eleventh answer within a minute from one address is refused, and told when to try again; others are not in its way", async ({ request, page, quiet }) => {
  const [from, word] = [somebody(), randomUUID()];
  for (let count = 1; count <= 10; count += 1) {
    expect((await send(request, from, { page: PAGE, useful: "yes", word })).status(), `answer ${count}`).toBe(303);
  }
  // Anyone can forge the entries before that of the nearest proxy, and a customer has a whole network.
  for (const same of [from, `198.51.100.7, ${from}`, from.replace(/::1$/, "::2")]) {
    const refused = await send(request, same, { page: PAGE, useful: "yes", word });
    expect(refused.status(), same).toBe(429);
    expect(Number(refused.headers()["retry-after"])).toBeGreaterThanOrEqual(1);
    expect(Number(refused.headers()["retry-after"])).toBeLessThanOrEqual(61);
    expect(refused.headers()["cache-control"]).toBe("no-store");
  }
  expect(lines(word)).toHaveLength(10);
  expect((await send(request, somebody(), { page: PAGE, useful: "yes", word })).status()).toBe(303);
  await page.setExtraHTTPHeaders({ "x-forwarded-for": from });
  await page.goto(PAGE);
  await page.getByRole("button", { name: "Yes" }).click();
  await expect(page.locator("h1")).toHaveText("Too many requests");
  // Chromium logs a document's 429.
  expect(quiet.splice(0).filter((line) => !/status of 429/.test(line))).toEqual([]);
});

test("another site can't answer for a reader", async ({ request }) => {
  const [word, from] = [randomUUID(), somebody()];
  const form = { page: PAGE, useful: "no", word };
  for (const headers of [
    { "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }, { "sec-fetch-site": "none" }, { "sec-fetch-site": "cross-site", origin: ORIGIN },
    { origin: "https://evil.example" }, { origin: "null" }, {},
  ] as Record<string, string>[]) {
    expect((await send(request, from, form, headers)).status(), JSON.stringify(headers)).toBe(403);
  }
  expect(lines(word)).toEqual([]);
  expect((await send(request, from, form, { origin: ORIGIN })).status(), "a browser that sends no Sec-Fetch-Site").toBe(303);
});

test("what no form of ours sends is refused and not kept", async ({ request }) => {
  const [word, from] = [randomUUID(), somebody()];
  for (const form of [
    { page: "/nothing", useful: "no", word }, { page: "https://evil.example/", useful: "no", word }, { page: PAGE, useful: "maybe", word }, { page: PAGE, word }, { useful: "no", word },
  ] as Record<string, string>[]) {
    expect((await send(request, from, form)).status(), JSON.stringify(form)).toBe(422);
  }
  expect((await send(request, from, { page: PAGE, useful: "no", word: word + "x".repeat(70_000) })).status()).toBe(413);
  expect(lines(word)).toEqual([]);
});

test("the way back leads to a page of ours, whatever the address says", async ({ request }) => {
  for (const target of ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/nothing"]) {
    const thanks = await request.get(`/feedback?page=${encodeURIComponent(target)}`);
    expect(await thanks.text(), target).not.toContain("Back to");
    expect(await thanks.text(), target).not.toContain("evil.example");
  }
});
