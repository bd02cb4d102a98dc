// An outage of the API's mail server: notices on the pages, and recovery.
import { type Server, createServer } from "node:net";
import { createInterface } from "node:readline";
import { freePort } from "../helper/addresses.js";
import { Market } from "../helper/market.js";
import { expect, makeAgent, noted, test } from "./reader.js";

/** A mail server (RFC 5321) that accepts and records every message. */
function mailServer(port: number): { server: Server; mails: string[] } {
  const mails: string[] = [];
  const server = createServer((socket) => {
    let mail: string | undefined;
    const takes = (line: string) => {
      if (mail === undefined) {
        if (/^DATA/i.test(line)) mail = "";
        socket.write(/^DATA/i.test(line) ? "354 go on\r\n" : "250 taken\r\n");
      } else if (line === ".") {
        mails.push(mail.replace(/=\r?\n/g, ""));
        mail = undefined;
        socket.write("250 taken\r\n");
      } else mail += `${line}\n`;
    };
    // The sender of a probe may disconnect at any time.
    socket.on("error", () => {});
    createInterface(socket).on("line", takes).on("error", () => {});
    socket.write("220 here\r\n");
  });
  return { server: server.listen(port, "127.0.0.1"), mails };
}

test("during a mail server outage, pages report delayed emails and sign-up continues; 'Resend email' works after the outage", async ({ page, quiet }) => {
  test.slow();
  const port = await freePort();
  const market = await Market.start({ SMTP_URL: `smtp://127.0.0.1:${port}` });
  let close = () => {};
  try {
    await page.goto(`${market.origin}/get-started`);
    await makeAgent(page, "Without mail");
    await page.getByLabel("Email address").fill("ana@example.com");
    await page.getByRole("button", { name: "Claim organization" }).click();
    await expect(page.getByText("email is on its way")).toContainText("ana@example.com");
    const late = page.getByText("Emails are delayed");
    await expect(late).toBeVisible();
    await page.getByRole("button", { name: "Create credential" }).click();
    await expect(page.getByText(/^sagent_/)).toBeVisible();
    await page.goto(`${market.origin}/status`);
    await expect(page.getByRole("main")).toContainText(/Email delivery\s*Down/);
    await page.goto(`${market.origin}/recover`);
    await page.getByLabel("Email address").fill("somebody@example.com");
    await page.getByRole("button", { name: "Email me a link" }).click();
    await expect(late).toBeVisible();
    await page.goto(`${market.origin}/get-started`);
    const { server, mails } = mailServer(port);
    close = () => void server.close();
    // The first email may still arrive: another one is sent after a minute.
    const before = await page.getByText("email is on its way").textContent();
    await page.getByRole("button", { name: "Resend email" }).click();
    await expect(page.getByText("No email was sent")).toBeVisible();
    await expect(page.getByText("email is on its way")).toHaveText(before!);
    quiet.splice(0);
    await expect(async () => {
      await page.getByRole("button", { name: "Resend email" }).click();
      await expect(page.getByText("No email was sent")).toHaveCount(0, { timeout: 100 });
    }).toPass({ timeout: 90_000, intervals: [60_000, 2_000] });
    await expect(page.getByText("email is on its way")).not.toHaveText(before!);
    await expect(page.getByText("email is on its way")).toContainText("ana@example.com");
    expect(quiet.splice(0).filter((line) => !noted(429).test(line))).toEqual([]);
    // The notice disappears soon after the recovery: both health reports are cached for five seconds.
    await expect(async () => {
      await page.reload();
      await expect(late).toHaveCount(0, { timeout: 100 });
    }).toPass({ timeout: 30_000 });
    // The first email is retried and arrives as well. Each link invalidates the previous ones: only the last requested one works.
    await expect.poll(() => mails.length, { timeout: 60_000 }).toBe(2);
    const yours = page.getByText("Owner:");
    for (const mail of mails) {
      await page.goto(market.origin + /\/verify\/[\w-]+(?=\s)/.exec(mail)![0]);
      if (await page.getByText("This link is invalid or has expired").isVisible()) continue;
      await page.getByRole("button", { name: "Claim organization" }).click();
      break;
    }
    await expect(yours).toContainText("ana@example.com");
    expect(quiet.splice(0).filter((line) => !noted(410).test(line))).toEqual([]);
    // Leaves the page, which would poll a stopped portal for the first call.
    await page.goto("about:blank");
  } finally {
    close();
    await market.stop();
  }
});
