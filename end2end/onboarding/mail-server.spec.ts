// The API's mail server is down: what a reader is told, and how it goes on.
import { type Server, createServer } from "node:net";
import { createInterface } from "node:readline";
import { freePort } from "../helper/addresses.js";
import { Market } from "../helper/market.js";
import { expect, makeAgent, test } from "./reader.js";

/** A mail server (RFC 5321) that takes whatever comes; what came. */
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
    socket.on("error", () => {});
    createInterface(socket).on("line", takes);
    socket.write("220 here\r\n");
  });
  return { server: server.listen(port, "127.0.0.1"), mails };
}

test("a reader is told that a mail is on its way, can go on, and has it sent again when the server is back", async ({ page }) => {
  test.slow();
  const port = await freePort();
  const market = await Market.start({ SMTP_URL: `smtp://127.0.0.1:${port}` });
  let close = () => {};
  try {
    await page.goto(`${market.origin}/get-started`);
    await makeAgent(page, "Without mail");
    await page.getByLabel("Your address").fill("ana@example.com");
    await page.getByRole("button", { name: "Send the mail" }).click();
    await expect(page.getByText("A mail is on its way")).toContainText("ana@example.com");
    await page.getByRole("button", { name: "Make a new credential" }).click();
    await expect(page.getByText(/^sagent_/)).toBeVisible();
    const { server, mails } = mailServer(port);
    close = () => void server.close();
    await page.getByRole("button", { name: "Send it again" }).click();
    await expect(page.getByText("A mail is on its way")).toContainText("ana@example.com");
    // Each link ends those before it: the newest mail's works.
    await expect(async () => {
      const link = /\/verify\/[\w-]+(?=\s)/.exec(mails.at(-1) ?? "");
      await page.goto(market.origin + link![0], { timeout: 2_000 });
      await page.getByRole("button", { name: "Confirm the address" }).click();
      await expect(page.getByText("The organization is yours")).toContainText("ana@example.com", { timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
  } finally {
    close();
    await market.stop();
  }
});
