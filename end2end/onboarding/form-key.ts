// Form keys (UUIDv7): they contain the time of rendering, which determines how long it took to fill the form.
import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";

/** The key of a form rendered `ago` milliseconds ago; by default, long enough for a person to fill it. */
export function formKey(ago = 5_000): string {
  const rest = randomBytes(10);
  rest[0] = 0x70 | (rest[0] & 0x0f);
  rest[2] = 0x80 | (rest[2] & 0x3f);
  const digits = (Date.now() - ago).toString(16).padStart(12, "0") + rest.toString("hex");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Milliseconds since a form was rendered, by its key. */
export const age = (key: string) => Date.now() - parseInt(key.replace("-", "").slice(0, 12), 16);

/** Sets the first form's key to one of some seconds ago, so that tests need not wait. */
export const backdate = (page: Page) =>
  page.locator("[name=key]").first().evaluate((input, key) => { (input as HTMLInputElement).value = key; }, formKey());
