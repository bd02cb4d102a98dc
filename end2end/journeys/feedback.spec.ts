// The feedback form "Was this page useful?": it works without JavaScript, appends a line to a file, has a rate limit and
// stores no personal data.
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
  test.describe(`at ${width} px, without JavaScript`, () => {
    test.use({ viewport: { width, height: 844 }, javaScriptEnabled: false });

    test("submitting No with a comment records both and opens the thanks page, which links back to the page", async ({ page }) => {
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

test("with JavaScript, one click on Yes records only the time, the page and the rating", async ({ page }) => {
  const before = readFileSync(feedbackLog(PORT), { encoding: "utf8", flag: "a+" }).length;
  await page.goto("/quickstarts/write-a-page");
  await page.getByRole("button", { name: "Yes" }).click();
  await expect(page.locator("h1")).toHaveText("Thank you");
  expect(await audit(page)).toEqual([]);
  const added = readFileSync(feedbackLog(PORT), "utf8").slice(before).split("\n").filter((line) => line.includes("write-a-page"));
  expect(added.map((line) => Object.keys(JSON.parse(line)))).toEqual([["time", "page", "useful"]]);
});

test("docs and quickstart pages contain the feedback form, and the thanks page is excluded from caching and indexing", async ({ request }) => {
  for (const address of ["/docs", "/docs/writing/code", "/quickstarts", "/quickstarts/run-the-portal"]) {
    expect(await (await request.get(address)).text(), address).toMatch(/<form [^>]*action="\/feedback"/);
  }
  const thanks = await request.get(`/feedback?page=${PAGE}`);
  expect(thanks.headers()["cache-control"]).toBe("no-store");
  expect(await thanks.text()).toContain('<meta name="robots" content="noindex">');
});

test("a log entry contains the comment as one line of at most 1,000 characters, without the reader's IP address, user agent, cookie or referrer", async ({ request }) => {
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

test("the eleventh feedback request within a minute from one network returns 429 with Retry-After, and other clients are not limited", async ({ request, page, quiet }) => {
  const [from, word] = [somebody(), randomUUID()];
  for (let count = 1; count <= 10; count += 1) {
    expect((await send(request, from, { page: PAGE, useful: "yes", word })).status(), `request ${count}`).toBe(303);
  }
  // A client can forge every X-Forwarded-For entry except that of the nearest proxy, and can use all addresses of its network.
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

test("a feedback request from another or an unknown origin returns 403 and is not recorded", async ({ request }) => {
  const [word, from] = [randomUUID(), somebody()];
  const form = { page: PAGE, useful: "no", word };
  for (const headers of [
    { "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }, { "sec-fetch-site": "none" }, { "sec-fetch-site": "cross-site", origin: ORIGIN },
    { origin: "https://evil.example" }, { origin: "null" }, {},
  ] as Record<string, string>[]) {
    expect((await send(request, from, form, headers)).status(), JSON.stringify(headers)).toBe(403);
  }
  expect(lines(word)).toEqual([]);
  expect((await send(request, from, form, { origin: ORIGIN })).status(), "same origin, without Sec-Fetch-Site").toBe(303);
});

test("feedback with an invalid or missing field returns 422, oversized feedback returns 413, and neither is recorded", async ({ request }) => {
  const [word, from] = [randomUUID(), somebody()];
  for (const form of [
    { page: "/nothing", useful: "no", word }, { page: "https://evil.example/", useful: "no", word }, { page: PAGE, useful: "maybe", word }, { page: PAGE, word }, { useful: "no", word },
  ] as Record<string, string>[]) {
    expect((await send(request, from, form)).status(), JSON.stringify(form)).toBe(422);
  }
  expect((await send(request, from, { page: PAGE, useful: "no", word: word + "x".repeat(70_000) })).status()).toBe(413);
  expect(lines(word)).toEqual([]);
});

test("the thanks page has no link back if its page parameter is not a page of the site", async ({ request }) => {
  for (const target of ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/nothing"]) {
    const thanks = await request.get(`/feedback?page=${encodeURIComponent(target)}`);
    expect(await thanks.text(), target).not.toContain("Back to");
    expect(await thanks.text(), target).not.toContain("evil.example");
  }
});
