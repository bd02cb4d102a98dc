// An attack as a test: it counts attempts and harm, fails if there is harm or if there were too few attempts, and adds a
// row to the report.
import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { type TestContext, test } from "node:test";

/** The whole suite takes minutes, the quick one seconds. Both attack the same things. */
export const isWhole = process.env.ATTACKS === "whole";
export const sized = <T>(quick: T, whole: T): T => (isWhole ? whole : quick);

/** Number of cases of harm in a failure message: one is enough to reproduce it. */
const SHOWN = 5;

export class Tally {
  attempts = 0;
  readonly harm: string[] = [];

  /** Counts an attempt, and its harm, if any. */
  attempt(harm?: string | false | null): void {
    this.attempts++;
    if (harm) this.harm.push(harm);
  }
}

/** Registers an attack. `least` keeps a check from becoming empty: with fewer attempts, the test fails. */
export function attack(claim: string, least: number, run: (tally: Tally, context: TestContext) => Promise<void>): void {
  test(`${claim}: ${least} attempts or more`, async (context) => {
    const tally = new Tally();
    let isMet = false;
    try {
      await run(tally, context);
      context.diagnostic(`${tally.attempts} attempts, ${tally.harm.length} with harm`);
      assert.equal(tally.harm.length, 0, `${tally.harm.length} of ${tally.attempts} attempts:\n${tally.harm.slice(0, SHOWN).join("\n")}`);
      assert.ok(tally.attempts >= least, `${tally.attempts} attempts; expected at least ${least}`);
      isMet = true;
    } finally {
      const row = `| ${claim} | ${tally.attempts} | ${tally.harm.length} | ${isMet ? "yes" : "**missed**"} |\n`;
      if (process.env.ATTACKS_REPORT) appendFileSync(process.env.ATTACKS_REPORT, row);
    }
  });
}
