// Accessibility trees of sign-up, as in pages/tree.spec.ts: a file for each page and for each state of a step, shared
// by phone and desktop. After `--update-snapshots=all`, restore the label `text: Name` in the region "Names" of
// started-account, which Playwright does not write. Also the whole sign-up with the keyboard only.
import { randomUUID } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { mailedLink } from "../clients/helper/mail.ts";
import type { Market } from "../helper/market.js";
import { tidy } from "../helper/tree.js";
import { expect, makeAgent, noted, ownName, test } from "./reader.js";
import { Visitor, clientOf, deletion, enter, mail, organizationOf, recovery, shows } from "./visitor.js";

type Step = (market: Market, page: Page) => Promise<string>;

const NAME = "Invoice screener";
const agent = (market: Market) => Visitor.withAgent(market, { name: NAME, capabilities: "invoices:read" });
async function owner(market: Market): Promise<Visitor> {
  const visitor = await agent(market);
  await visitor.submit(await mail(market, visitor));
  return visitor;
}

const STEPS: Record<string, Step> = {
  start: async () => "/get-started",
  problems: async (market, page) => {
    await page.goto(`${market.origin}/get-started`);
    await page.locator("form[data-ready]").waitFor();
    await page.getByLabel("Name", { exact: true }).fill(" ");
    await page.getByLabel("Capabilities").fill("Invoices");
    await page.keyboard.press("Tab");
    // The message moves what is below it.
    await expect(page.locator("#start--capabilities-problem")).toBeVisible();
    await page.getByText("Add your email (optional)").click();
    await page.getByLabel("Organization name").fill("Northquay");
    await page.getByRole("button", { name: "Create agent" }).click();
    return "";
  },
  secret: async (market, page) => {
    await page.goto(`${market.origin}/get-started`);
    await makeAgent(page, NAME);
    return "";
  },
  waiting: async (market, page) => enter(page, await agent(market)),
  mailed: async (market, page) => {
    const visitor = await agent(market);
    await mail(market, visitor);
    return enter(page, visitor);
  },
  called: async (market, page) => {
    const visitor = await agent(market);
    const seen = await visitor.post("/get-started/credential");
    await call(market, clientOf(seen), shows(seen));
    return enter(page, visitor);
  },
  kept: async (market, page) => enter(page, await owner(market)),
  published: async (market, page) => {
    const visitor = await owner(market);
    await visitor.post("/get-started/publish");
    return enter(page, visitor);
  },
  verify: async (market) => mail(market, await agent(market)),
  "verify-own": async (market, page) => {
    const visitor = await agent(market);
    const path = await mail(market, visitor);
    return enter(page, visitor, path);
  },
  "verify-other": async (market, page) => {
    const path = await mail(market, await agent(market));
    return enter(page, await agent(market), path);
  },
  "link-unusable": async () => "/verify/slink_x",
  "recover-link": async (market) => recovery(market, await owner(market)),
  "recover-link-other": async (market, page) => {
    const path = await recovery(market, await owner(market));
    return enter(page, await agent(market), path);
  },
  restore: async (market) => {
    const visitor = await owner(market);
    return deletion(market, visitor);
  },
  recover: async () => "/recover",
  claim: async () => "/claim/sclaim_x",
  guest: async () => "/account",
  account: async (market, page) => enter(page, await owner(market), "/account"),
  deleting: async (market, page) => {
    const visitor = await owner(market);
    await deletion(market, visitor);
    return enter(page, visitor, "/account");
  },
  suspended: async (market, page) => {
    const visitor = await owner(market);
    await market.registry.suspend(organizationOf(await visitor.get("/account")), "Payment card reported stolen");
    return enter(page, visitor, "/account");
  },
  agent: async (market, page) => {
    await page.goto(market.origin + await enter(page, await owner(market), "/account"));
    return (await page.getByRole("link", { name: NAME }).getAttribute("href"))!;
  },
  status: async (market, page) => {
    // The page may show an outage of a previous test for five more seconds.
    await expect(async () => {
      await page.goto(`${market.origin}/status`);
      await expect(page.getByRole("main").getByRole("status")).toHaveText(/^All systems operational/, { timeout: 100 });
    }).toPass({ intervals: [200], timeout: 20_000 });
    return "/status";
  },
};

/** Sends an agent's first call. */
async function call({ registry }: Market, client_id: string, client_secret: string) {
  const { access_token } = await registry.sure("POST", "/token", new URLSearchParams({ grant_type: "client_credentials", client_id, client_secret }));
  await registry.sure("GET", `/agents/${client_id}`, undefined, access_token);
}

/** Shortens samples, and replaces secrets, addresses and times with fixed values. */
async function cut(page: Page) {
  await tidy(page);
  await page.evaluate(() => {
    document.querySelectorAll(".tabs").forEach((tabs) => [...tabs.children].slice(1).forEach((tab) => tab.remove()));
    document.querySelectorAll("pre").forEach((code) => { code.textContent = code.textContent!.split("\n")[0]; });
    document.querySelectorAll("a[download]").forEach((link) => link.setAttribute("href", "data:text/plain,"));
    const plain = (text: string) => text
      .replace(/sagent_[\w-]{43}/, "sagent_secret")
      .replace(/\S+@example\.com/g, "ana@example.com")
      .replace(/\b10\.\d+\.\d+\.0\/24/, "10.0.0.0/24")
      .replace(/\d\d:\d\d:\d\d UTC/g, "12:00:00 UTC")
      .replace(/\b7[12] hours/, "72 hours")
      .replace(/\borganization-[0-9a-f]{8}\b/g, "organization-1")
      .replace(/^\d+\.\d+$/, "0.1");
    const walker = document.createTreeWalker(document.querySelector("main")!, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) (walker.currentNode as Text).data = plain((walker.currentNode as Text).data);
    document.querySelectorAll<HTMLInputElement>("main input").forEach((input) => { input.value = plain(input.value); });
    document.querySelectorAll("main a").forEach((link) => link.setAttribute("href", plain(link.getAttribute("href")!)));
    // Keeps the description of a button's object, which varies, as text: Playwright writes no text that is part of its
    // parent's name.
    document.querySelectorAll("main button[aria-label*=': ']").forEach((button) => {
      button.textContent = button.getAttribute("aria-label")!.replace(/: .*/, ": which one");
      button.removeAttribute("aria-label");
    });
  });
}

/** The steps of the progress page by their headings, and the state of each on a page. */
const BEGUN: Record<string, Record<string, string>> = {
  secret: { credential: "shown", call: "waiting", keep: "asked", publish: "later" },
  waiting: { credential: "made", call: "waiting", keep: "asked", publish: "later" },
  called: { credential: "made", call: "came", keep: "asked", publish: "later" },
  mailed: { credential: "made", call: "waiting", keep: "mailed", publish: "later" },
  kept: { credential: "made", call: "waiting", keep: "done", publish: "ready" },
  published: { credential: "made", call: "waiting", keep: "done", publish: "done" },
};

const snapshot = (component: Locator, name: string) => expect.soft(component, name).toMatchAriaSnapshot({ name: `started-${name}.aria.yml` });

for (const [step, lead] of Object.entries(STEPS)) {
  test(`the accessibility tree of "${step}" matches its snapshots on a phone and on a desktop`, async ({ market, page, quiet }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const path = await lead(market, page);
    if (path) await page.goto(market.origin + path);
    // With JavaScript, the first form is validated in the browser.
    if (step === "start") await page.locator("form[data-ready]").waitFor();
    await cut(page);
    const main = page.getByRole("main");
    const states = Object.entries(BEGUN[step] ?? {});
    const item = (name: string) => page.locator(".stages > li").filter({ has: page.locator(`#started--${name}`) });
    const look = async () => {
      // Invalid values change only the first form.
      if (step === "problems") {
        await expect(page.locator(".stages > li")).toHaveCount(5);
        return snapshot(page.locator(".stages > li").first(), step);
      }
      if (states.length === 0) return snapshot(main, step);
      for (const [name, state] of states) await snapshot(item(name), `${name}-${state}`);
    };
    await look();
    await page.setViewportSize({ width: 1440, height: 844 });
    await look();
    if (states.length) {
      for (const [name] of states) await item(name).evaluate((node) => {
        node.classList.remove("done");
        node.replaceChildren(node.querySelector("h2")!);
      });
      await snapshot(main, BEGUN[step].keep === "done" ? "begun-kept" : "begun");
    }
    expect(quiet.splice(0).filter((line) => !noted(step === "link-unusable" ? 410 : 422).test(line))).toEqual([]);
  });
}

/** Presses Tab until an element has the focus. */
async function tabTo(page: Page, wanted: Locator) {
  await expect(wanted).toBeVisible();
  const isThere = () => wanted.evaluate((node) => node === document.activeElement);
  for (let presses = 0; presses < 150; presses += 1) {
    if (await isThere()) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${wanted} has no focus after 150 presses of Tab`);
}

test("the keyboard alone is sufficient for the whole sign-up, from the home page to decommissioning the agent", async ({ market, page }) => {
  test.slow();
  const press = async (wanted: Locator, key = "Enter") => {
    await tabTo(page, wanted);
    await page.keyboard.press(key);
  };
  const type = async (label: string, text: string) => {
    await tabTo(page, page.getByLabel(label, { exact: true }));
    await page.keyboard.press("Control+A");
    await page.keyboard.type(text, { delay: 60 });
  };
  const main = page.getByRole("main");
  await page.goto(market.origin);
  await press(main.getByRole("link", { name: "Get started" }).first());
  await expect(page.locator("h1")).toHaveText("Get started");
  await type("Name", NAME);
  await tabTo(page, page.getByLabel("Type", { exact: true }));
  await page.keyboard.type("Scr");
  await expect(page.getByLabel("Type", { exact: true })).toHaveValue("screener");
  await type("Capabilities", "invoices:read, invoices:flag");
  await press(page.getByText("Add your email (optional)"));
  await type("Organization name", "Northquay Freight");
  await press(page.getByRole("button", { name: "Create agent" }));
  await expect(page.locator("h1")).toHaveText(NAME);

  const [id, secret] = await page.locator("dl.secret code").allTextContents();
  await press(page.locator("dl.secret").getByRole("button", { name: "Copy" }).nth(1));
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  await call(market, id, secret);
  await expect(page.getByText("First call received.")).toBeVisible({ timeout: 10_000 });

  const email = `${randomUUID()}@example.com`;
  await type("Email address", email);
  await page.keyboard.press("Enter");
  await expect(page.getByText("email is on its way")).toContainText(email);
  await page.goto(market.origin + (await mailedLink(market.registry.api.folders.mail, email)).pathname);
  await press(page.getByRole("button", { name: "Claim organization" }), "Space");
  await expect(page.getByText("Owner:")).toContainText(email);
  await press(page.getByRole("button", { name: "Publish", exact: true }));
  await press(page.getByRole("link", { name: "View in the marketplace" }));
  await expect(page.locator("h1")).toContainText(NAME);

  await press(page.getByRole("contentinfo").getByRole("link", { name: "Your organization" }));
  const display = ownName();
  await type("Display name", display);
  await press(page.getByRole("button", { name: "Save names" }));
  await expect(page.getByLabel("Display name")).toHaveValue(display);
  await expect(page.locator("[aria-invalid=true]")).toHaveCount(0);
  await press(main.getByRole("link", { name: NAME }));
  await press(page.getByLabel("I understand this can’t be undone"), "Space");
  await press(page.getByRole("button", { name: "Decommission agent" }));
  await expect(main).toContainText("Decommissioned");
});
