// Hand-written tables that repeat the code, compared with it.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { API_BIN } from "./api.js";

const page = (path: string) => readFileSync(`../content/docs/${path}`, "utf8");

test("the API's settings page lists every environment variable with its flag and default", () => {
  const { stdout } = spawnSync(API_BIN, ["serve", "--help"], { encoding: "utf8", env: {} });
  const settings = stdout.split(/\n {6}(?=--)/).slice(1).map((text) => ({
    flag: /^--[\w-]+/.exec(text)![0],
    variable: /\[env: (\w+)/.exec(text)?.[1],
    standard: /\[default: "?([^"\]]*)"?\]/.exec(text)?.[1],
  }));
  expect(settings.length).toBeGreaterThan(20);
  const text = page("operate/api.md");
  for (const { flag, variable, standard } of settings.filter(({ variable }) => variable)) {
    const row = text.split("\n").find((line) => line.startsWith(`| \`${variable}\`<br>\`${flag}\` |`));
    expect(row, `${variable} by ${flag}`).toBeTruthy();
    if (standard) expect(row, `the default of ${variable}`).toContain(`| \`${standard}\` |`);
  }
});

test("the errors page lists every error code with a status", () => {
  const source = readFileSync("../api/src/error.rs", "utf8");
  const codes = [...source.matchAll(/"([A-Z]+(?:_[A-Z]+)+|UNAUTHORIZED|FORBIDDEN|UNAVAILABLE)"/g)].map(([, code]) => code);
  expect(new Set(codes).size).toBeGreaterThan(15);
  const text = page("guides/errors-and-retries.md");
  for (const code of codes) expect(text, code).toMatch(new RegExp(`^\\| \\d{3} \\| \`${code}\` \\|`, "m"));
});

test("the limits page lists the limits of every tier and the default of every rate limit", () => {
  const text = page("guides/limits-and-tiers.md");
  const tiers = readFileSync("../crates/domain/src/tier.rs", "utf8");
  const numbers = [...tiers.matchAll(/Limits::new\(([\d_, ]+)\)/g)].map(([, all]) => all.split(", ").map((one) => Number(one.replaceAll("_", ""))));
  expect(numbers.length).toBe(3);
  for (const row of numbers) expect(text).toContain(`| ${row.map((one) => one.toLocaleString("en-US")).join(" | ")} |`);
  const config = readFileSync("../api/src/config.rs", "utf8");
  const rates = [...config.matchAll(/env = "(LIMIT_\w+)"[^\n]*default_value_t = ([\d_]+)/g)];
  expect(rates.length).toBeGreaterThan(7);
  for (const [, variable, standard] of rates) {
    const row = text.split("\n").find((line) => line.includes(`\`${variable}\``));
    expect(row, variable).toContain(`| ${Number(standard.replaceAll("_", "")).toLocaleString("en-US")}`);
  }
});
