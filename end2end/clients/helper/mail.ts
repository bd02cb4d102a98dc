// Emails that the API writes to a folder.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** The link in an email to an address, by its path. Waits for the email, which is written after the response. */
export async function mailedLink(folder: string, email: string, path = "verify"): Promise<URL> {
  for (let tries = 0; tries < 500; tries++) {
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      const mail = readFileSync(join(folder, name), "utf8").replace(/=\r?\n/g, "");
      const link = mail.includes(`To: ${email}`) && new RegExp(`https?://\\S+/${path}/[\\w-]+(?=\\s)`).exec(mail);
      if (link) return new URL(link[0]);
    }
    await setTimeout(10);
  }
  throw new Error(`no email to ${email}`);
}
