// Random mutations of valid requests. The same seed makes the same requests.

export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A number from 0 up to 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below = (limit: number) => Math.floor(this.next() * limit);
  pick = <T>(all: readonly T[]): T => all[this.below(all.length)];
  chance = (probability: number) => this.next() < probability;
}

const UUID = "01993b6e-8123-7d11-8a2b-77c1d9a0be55";
/** Texts that break parsers, comparisons, queries, paths and pages. */
export const TEXTS = [
  "", " ", "\0", "a\0b", "\n", "\r\nX: y", "\u200b", "\u202e", "\ud800", "\udfff\ud800", "\ufffe", "\u{10ffff}", "ﬀ", "İ", "e\u0301", "a".repeat(300), "ü".repeat(5000), "é".repeat(127), "𝕏".repeat(101), "\t", "'", "' OR 1=1 --", "\"; DROP TABLE agents; --", "%", "%%", "%00", "%zz", "_", "*", "\\",
  "../../etc/passwd", "//", "{{7*7}}", "${7*7}", "<script>alert(1)</script>", "\x1b[31m", "0", "-1", "1e309", "9223372036854775808", "NaN", "null", "true", "[]", "{}", "2026-02-30T25:61:61Z", "+275760-09-13T00:00:00Z", "0000-01-01T00:00:00Z", "-000001-01-01T00:00:00Z", "2026-11-25", UUID, UUID.toUpperCase(), "00000000-0000-0000-0000-000000000000",
  "a@b", "a@b.c", `${"a".repeat(64)}@${"b".repeat(185)}.com`, "ä@ö.example", "\"a b\"@example.com", "https://[::1", "https://a:99999", "https://ü.example/ü", "javascript:alert(1)", "did:web:", "did:web:%", "1.2.3-é", "99999999999999999999.0.0", "a:b:c", "agents:read agents:read", "q OR (\"a", "a~9999", "(((((((((", "*:*", "\"".repeat(99), "AND OR NOT",
];
const VALUES: unknown[] = [null, true, 0, -1, 1.5, 1e308, -0, 2 ** 53, 1e-320, [], {}, [[]], [null], [1, "a"], { a: { b: {} } }, { __proto__: 1, constructor: 1 }, Array.from({ length: 1000 }, () => "a"), Array.from({ length: 300 }, (_, at) => `a:${at}`)];

const value = (random: Random): unknown => (random.chance(0.6) ? random.pick(TEXTS) : random.pick(VALUES));

/** Changes a value somewhere inside a JSON value. */
export function mutate(random: Random, original: unknown): unknown {
  if (random.chance(0.15) || original === null || typeof original !== "object") return value(random);
  if (Array.isArray(original)) {
    const copy = [...original];
    if (copy.length === 0 || random.chance(0.3)) copy.push(value(random));
    else copy[random.below(copy.length)] = mutate(random, copy[random.below(copy.length)]);
    return copy;
  }
  const copy: Record<string, unknown> = { ...original };
  const names = Object.keys(copy);
  const name = random.pick(names) ?? "name";
  if (random.chance(0.15)) delete copy[name];
  else if (random.chance(0.15)) copy[random.pick(TEXTS)] = value(random);
  else copy[name] = mutate(random, copy[name]);
  return copy;
}

/** Changes bytes of a text: cuts, repeats, replaces, nests. */
export function garble(random: Random, text: string): Buffer {
  const bytes = Buffer.from(text);
  const at = random.below(bytes.length + 1);
  switch (random.below(7)) {
    case 0: return bytes.subarray(0, at);
    case 1: return Buffer.concat([bytes.subarray(0, at), Buffer.from([random.below(256), random.below(256)]), bytes.subarray(at)]);
    case 2: return Buffer.concat([bytes, bytes]);
    case 3: return Buffer.from("[".repeat(random.pick([10, 200, 20_000])) + text);
    case 4: return Buffer.from(text.replace("{", `{"name":1,"name":`));
    case 5: return Buffer.from(`\ufeff${text}`, random.chance(0.5) ? "utf16le" : "utf8");
    default: {
      const copy = Buffer.from(bytes);
      if (copy.length > 0) copy[random.below(copy.length)] ^= 1 << random.below(8);
      return copy;
    }
  }
}

/** The text as a part of a URL: encoded, or with invalid encodings. Spaces and control characters would end the request line. */
export const inUrl = (random: Random, text: string): string => {
  const encoded = [...Buffer.from(text)].map((byte) => (/[\w.~-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, "0")}`)).join("");
  return random.chance(0.1) ? encoded.replace("%", "%%") : encoded;
};

/** The text as the value of a header, as far as a client can send it. */
export const inHeader = (text: string): string => Buffer.from(text).toString("latin1").replace(/[^\t\x20-\x7e\x80-\xff]/g, "?").slice(0, 2000);

const NAMES = [
  "accept", "accept-encoding", "accept-language", "authorization", "content-type", "content-encoding", "cookie", "if-match", "if-none-match", "if-modified-since", "range", "idempotency-key", "x-request-id", "x-forwarded-for", "x-forwarded-proto", "origin", "referer", "sec-fetch-site",
  "expect", "te", "user-agent", "x-http-method-override", "access-control-request-method", "traceparent", "forwarded", "via", "dpop",
];
const HEADER_VALUES = ["*", "*/*", "text/html", "text/markdown;q=0.9,*/*;q=2", "application/ld+json", "gzip, br;q=0, zstd", "identity;q=0", "bytes=0-0,-1", "bytes=9999-", "W/\"1\"", "\"\"", "Bearer", "Bearer a.b.c", "Basic", "Basic Og==", "Basic %%%", "application/json; charset=utf-16", "multipart/form-data", "1.1.1.1, ::1, x", ",,,,", ";;;", "q=1"];

/** Random headers. */
export function headers(random: Random): Record<string, string> {
  const found: Record<string, string> = {};
  while (random.chance(0.4)) found[random.pick(NAMES)] = random.chance(0.6) ? random.pick(HEADER_VALUES) : inHeader(random.pick(TEXTS));
  // Node.js itself waits for a `100 Continue`, which no server has to send.
  if (found.expect) found.expect = "200-ok";
  return found;
}

/** A random query of known and unknown parameters. */
export function query(random: Random, names: string[]): string {
  const parts: string[] = [];
  while (random.chance(0.6)) parts.push(`${random.chance(0.9) && names.length > 0 ? random.pick(names) : inUrl(random, random.pick(TEXTS))}=${inUrl(random, random.pick([...TEXTS, "1", "100", "101", "a", "recent", "domain,key", "capability,agentType"]))}`);
  return parts.length > 0 ? `?${parts.join(random.chance(0.95) ? "&" : "&&;")}` : "";
}
