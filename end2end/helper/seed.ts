// Many agents: a copy of a public registry if it is beside the repository, or else generated ones.
import { existsSync, readFileSync } from "node:fs";

const FILE = "../../shared/data/mcp-registry-seed.json";
/** Number of agents in the file. */
const COUNT = 471;

type Fields = Record<string, unknown>;
type Seed = { from: string; agents: Fields[] };
type Entry = { name: string; description?: string; version_detail?: { version?: string } };

export function seed(): Seed {
  if (!existsSync(FILE)) return { from: "made up: there is no seed file", agents: made() };
  const records = JSON.parse(readFileSync(FILE, "utf8")) as Entry[];
  const agents = records.map(({ name, description = "", version_detail: detail }) => ({
    name, description, version: detail?.version, agentType: "custom", capabilities: ["mcp:call"], owner: name.split("/")[0],
  }));
  return { from: "the seed file", agents };
}

/** Deterministic random numbers (mulberry32, seed 1). */
function made(): Fields[] {
  let state = 1;
  const random = (below: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  const pick = (words: string[]) => words[random(words.length)];
  const things = ["invoice", "contract", "ticket", "sensor", "letter", "calendar", "shipment", "record"];
  const doers = ["reader", "matcher", "router", "watcher", "planner", "screener"];
  return Array.from({ length: COUNT }, (_, index) => {
    const [thing, doer] = [pick(things), pick(doers)];
    return {
      name: `${thing}-${doer}-${index}`, description: `The ${doer} of each ${thing}. `.repeat(1 + random(6)).trim(), version: `${random(3)}.${random(9)}.${random(20)}`,
      agentType: pick(["custom", "router", "monitor", "screener"]), capabilities: [`${thing}s:read`], tags: [thing], owner: `Team ${1 + random(40)}`,
    };
  });
}
