// Attacks that make the servers connect to an address of the operator's own network (SSRF), by claims and by every other URL.
import assert from "node:assert/strict";
import { networkInterfaces } from "node:os";
import { after, before } from "node:test";
import { Api } from "../clients/helper/api.ts";
import { type Publisher, Registry } from "../helper/registry.ts";
import { ask } from "./helper/ask.ts";
import { type Tally, attack } from "./helper/attack.ts";
import { Dns } from "./helper/dns.ts";
import { Evidence, HOST } from "./helper/evidence.ts";
import { Listener } from "./helper/listener.ts";
import { PRODUCTION, Pair } from "./helper/pair.ts";

const LOCAL = Object.values(networkInterfaces()).flatMap((all) => all ?? []).filter(({ address }) => !address.startsWith("fe80")).map(({ address }) => address);
const V4 = [
  ...LOCAL.filter((address) => !address.includes(":")), "127.0.0.53", "127.255.255.254", "0.0.0.0", "0.0.0.1", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254", "169.254.170.2",
  "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16", "192.88.99.1",
];
const V6 = [
  ...LOCAL.filter((address) => address.includes(":")), "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "fd00::1", "fd00:ec2::254",
  "fe80::1", "fec0::1", "ff02::1", "2001:db8::1", "2002:7f00:1::", "2001::1", "100::1",
];
/** Spellings of the loopback address as the host of a URL. */
const SPELLINGS = [
  "127.0.0.1", "localhost", "LOCALHOST", "localhost.", "a.localhost", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "127.1", "127.0.1", "127.0.0.1.", "127.0.0.01",
  "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "１２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1", "%31%32%37.0.0.1", "0", "0.0.0.0", "[::]", "[::%31]", "127.0.0.1%00.example.com",
];

let pair: Pair, dns: Dns, evidence: Evidence, publisher: Publisher;
let listeners: Listener[] = [];
let listener: Listener;
const connections = () => listeners.reduce((sum, { connections }) => sum + connections, 0);

before(async () => {
  [dns, evidence, listener] = await Promise.all([Dns.start(), Evidence.start(), Listener.start()]);
  // The verifier connects to port 443, and in networks of the operator to the port of this setting. Without root, only the
  // reason of a failed check shows an attempt to connect to port 443.
  const ports = (host: string) => [443, evidence.port].map((port) => Listener.start(host, port).catch(() => undefined));
  listeners = [listener, ...(await Promise.all(["127.0.0.1", ...LOCAL.filter((address) => address !== "127.0.0.1")].flatMap(ports))).filter((one) => one !== undefined)];
  pair = await Pair.start({
    VERIFIER_DNS: dns.address, VERIFIER_ALLOW: `${HOST}/32`, VERIFIER_ROOTS: evidence.root, VERIFIER_HTTPS_PORT: String(evidence.port),
  });
  publisher = await pair.registry.publisher();
  await publisher.unlimited();
});
after(async () => {
  await pair?.stop();
  await evidence?.stop();
  dns?.stop();
  await Promise.all(listeners.map((one) => one.stop()));
});

const REFUSED = /has no address that may be reached|only the same host|is not an https URL|contains a user name|is not allowed|is not a host name|redirects/;

/** Checks a claim, and deletes it: their number is limited. */
async function checked(by: Publisher, claimId: string) {
  const answer = await by.call("POST", `/claims/${claimId}/check`, {});
  await by.call("DELETE", `/claims/${claimId}`);
  return answer;
}

/** Claims a target and checks the claim. The reason of the failure shows an attempt to connect, too. */
async function attempt(tally: Tally, kind: string, target: string): Promise<void> {
  const before = connections();
  const created = await publisher.call("POST", "/claims", { kind, target });
  if (created.status === 400) return tally.attempt();
  const { body } = created.status === 201 ? await checked(publisher, created.body.claimId) : created;
  const reason = body.lastFailure ?? JSON.stringify(body);
  tally.attempt((connections() > before || body.state === "valid" || !REFUSED.test(reason)) && `${kind} ${target}: ${connections() - before} connections; ${reason}`);
}

attack("a claim of a domain with an address outside the public internet connects nowhere", 2 * 38, async (tally) => {
  for (const [at, address] of [...V4, ...V6].entries()) {
    dns.names.set(`n-${at}.attack.example`, { addresses: [address] });
    // One permitted address must not let the others pass, in whichever order.
    dns.names.set(`mixed-${at}.attack.example`, { addresses: at % 2 ? [HOST, address] : [address, HOST] });
    await attempt(tally, "domain", `n-${at}.attack.example`);
    await attempt(tally, "domain", `mixed-${at}.attack.example`);
  }
  dns.names.set("alias.attack.example", { addresses: ["127.0.0.1"], alias: "localhost" });
  dns.names.set("127.0.0.1.attack.example", { addresses: ["127.0.0.1"] });
  dns.names.set("raw.githubusercontent.com", { addresses: ["127.0.0.1"] });
  for (const target of ["alias.attack.example", "127.0.0.1.attack.example"]) await attempt(tally, "domain", target);
  await attempt(tally, "repository", "https://github.com/owner/name");
});

attack("a name that changes its address after the check connects to the checked address", 4, async (tally) => {
  for (const target of ["one", "two", "three", "four"].map((word) => `rebinding-${word}.attack.example`)) {
    dns.names.set(target, { addresses: [HOST] });
    dns.later.set(target, { addresses: ["127.0.0.1"] });
    evidence.targets.set(target, `https://${target}/again`);
    const before = connections();
    const { body: { claimId } } = await publisher.call("POST", "/claims", { kind: "domain", target });
    await checked(publisher, claimId);
    tally.attempt((connections() > before || !evidence.reached.has(target)) && `${target}: ${connections() - before} connections`);
  }
});

attack("a target that is no public domain and no known repository connects nowhere", 100, async (tally) => {
  for (const host of SPELLINGS) {
    for (const target of [host, `${host}:${listener.port}`, `attack.example@${host}`]) await attempt(tally, "domain", target);
    await attempt(tally, "repository", `https://${host}:${listener.port}/owner/name`);
  }
  for (const target of [
    `https://github.com@127.0.0.1:${listener.port}/a/b`, `https://github.com:${listener.port}/a/b`, `https://github.com.attack.example/a/b`, `http://github.com/a/b`, `https://github.com\\@127.0.0.1/a/b`, `https://github.com/../../b`,
    "file:///etc/passwd", `gopher://127.0.0.1:${listener.port}/`, "//github.com/a/b", "https://github.com/a/b?x=//127.0.0.1", "https://github.com/a/b#@127.0.0.1", "https://github.com/a/..%2f..%2fb",
  ]) await attempt(tally, "repository", target);
  for (const target of ["db.internal", "printer.local", "1.0.0.127.in-addr.arpa", "a\r\nb.example", "a.example/..", "a.example?x", "a.example#x", "a.example\0", "*.attack.example", ".", ""]) await attempt(tally, "domain", target);
});

attack("a redirect of a claim's evidence leads nowhere else", 60, async (tally) => {
  const { port } = listener;
  const targets = SPELLINGS.flatMap((host) => [`https://${host}:${port}/`, `http://${host}:${port}/`]);
  targets.push(`//127.0.0.1:${port}/`, `/\\127.0.0.1:${port}/`, "file:///etc/passwd", `gopher://127.0.0.1:${port}/`, `https://www.HOST:${port}/`, "https://www.HOST/", `https://HOST@127.0.0.1:${port}/`, `https://user@HOST:${port}/`, `https://HOST.:${port}/`, `https://HOST%40127.0.0.1:${port}/`);
  for (const [at, target] of targets.entries()) {
    const name = `r-${at}.attack.example`;
    dns.names.set(name, { addresses: [HOST] });
    dns.names.set(`www.${name}`, { addresses: ["127.0.0.1"] });
    evidence.targets.set(name, Buffer.from(target.replace("HOST", name)).toString("latin1"));
    await attempt(tally, "domain", name);
    assert.ok(evidence.reached.has(name), `the redirect to ${target} was sent`);
  }
});

attack("no other URL makes API or portal connect to it", 100, async (tally) => {
  const { port } = listener;
  for (const host of SPELLINGS) {
    const url = `https://${host}:${port}/`;
    const { status, body } = await publisher.offer({ name: `At ${host}`, endpointUrl: url });
    const id = status === 201 ? body.agentId : "none";
    const paths = [`/agents/${id}/agent-card.json`, `/api/v1/agents/${id}/did/resolve`, `/api/v1/marketplace/agents/${id}`].map((path): [string, string] => [pair.registry.api.address, path]);
    const pages = [`/marketplace/${id}`, `/marketplace/${id}.md`, `/tools/did-web?did=did:web:${encodeURIComponent(`${host}:${port}`)}`].map((path): [string, string] => [pair.origin, path]);
    for (const [origin, path] of [...paths, ...pages]) {
      await ask(origin, "GET", path.split("").map((letter) => (/[!-~]/.test(letter) ? letter : encodeURIComponent(letter))).join(""));
      tally.attempt(connections() > 0 && `${path}: ${connections()} connections`);
    }
  }
});

// The control: where the operator permits the loopback network, the same claim connects to the listener.
attack("the listener counts connections of a verifier that may reach it", 1, async (tally) => {
  const open = await Api.start({ ...PRODUCTION, VERIFIER_DNS: dns.address, VERIFIER_ALLOW: "127.0.0.0/8", VERIFIER_HTTPS_PORT: String(listener.port) });
  dns.names.set("control.attack.example", { addresses: ["127.0.0.1"] });
  const someone = await new Registry(open).publisher();
  const { body: { claimId } } = await someone.call("POST", "/claims", { kind: "domain", target: "control.attack.example" });
  await checked(someone, claimId);
  tally.attempt(listener.connections === 0 && "no connection");
  await open.stop();
});
