// Mails as the API leaves them in a folder.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** The link of a mail to an address that leads to a path. The mail is written after the answer: it is waited for. */
export async function mailedLink(folder: string, email: string, path = "verify"): Promise<URL> {
  for (let tries = 0; tries < 500; tries++) {
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      const mail = readFileSync(join(folder, name), "utf8").replace(/=\r?\n/g, "");
      const link = mail.includes(`To: ${email}`) && new RegExp(`https?://\\S+/${path}/[\\w-]+(?=\\s)`).exec(mail);
      if (link) return new URL(link[0]);
    }
    await setTimeout(10);
  }
  throw new Error(`there is no mail to ${email}`);
}
