// Host poisoning: a host that a request names occurs in no page, redirect, document or email.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import { mailedLink } from "../clients/helper/mail.ts";
import { elsewhere } from "../onboarding/reader.ts";
import { agentForm } from "../onboarding/visitor.ts";
import { OWN } from "./helper/account.ts";
import { type Answer, ask, sure } from "./helper/ask.ts";
import { attack, sized } from "./helper/attack.ts";
import { OPERATIONS } from "./helper/contract.ts";
import { Pair } from "./helper/pair.ts";
import { exchange } from "./helper/socket.ts";

const EVIL = "evil.example";
type Headers = Record<string, string>;

let pair: Pair, agentId: string, token: string;
before(async () => {
  // The default of tests: both servers trust the proxy at 127.0.0.1, which is what these requests come from.
  pair = await Pair.start();
  const publisher = await pair.registry.publisher();
  ({ agentId } = await publisher.publish({ name: "Published", endpointUrl: "https://agents.example.com/" }));
  token = Reflect.get(publisher, "token") as string;
});
after(() => pair?.stop());

/** Ways to name a host. The portal and the API have to ignore them, or to reject the request. */
const poisons = (own: string): Headers[] => [
  { host: EVIL }, { host: `${EVIL}:443` }, { host: `${own}.${EVIL}` }, { host: `${own}:80@${EVIL}` }, { host: `${EVIL}#${own}` }, { host: `${own}, ${EVIL}` }, { host: `${own} ${EVIL}` }, { host: `${EVIL}/` },
  { host: own, "x-forwarded-host": EVIL }, { host: own, "x-forwarded-host": `${own}, ${EVIL}` }, { host: own, "x-forwarded-server": EVIL }, { host: own, "x-host": EVIL }, { host: own, "x-original-host": EVIL }, { host: own, "x-http-host-override": EVIL },
  { host: own, forwarded: `host=${EVIL};proto=https` }, { host: own, forwarded: `for=192.0.2.1;host="${EVIL}";proto=http` }, { host: own, "x-forwarded-proto": `https://${EVIL}/` }, { host: own, "x-forwarded-scheme": EVIL, "x-forwarded-port": `1@${EVIL}` },
  { host: own, "x-forwarded-prefix": `//${EVIL}` }, { host: own, "x-original-url": `http://${EVIL}/`, "x-rewrite-url": `http://${EVIL}/` }, { host: own, via: `1.1 ${EVIL}`, "cf-connecting-ip": EVIL, "true-client-ip": EVIL }, { host: own, origin: `https://${EVIL}`, referer: `https://${EVIL}/` },
  { host: EVIL, "x-forwarded-host": EVIL, "x-forwarded-proto": "https", forwarded: `host=${EVIL}` },
];

const PAGES = [
  "/", "/docs", "/docs/", "/index.md", "/get-started", "/get-started.md", "/get-started/keep", "/account", "/account/names", "/recover", "/status", "/marketplace", "/marketplace/", "/marketplace.json", "/marketplace.md", "/marketplace/ID", "/marketplace/ID/", "/marketplace/ID/report",
  "/sitemap.xml", "/sitemap-agents.xml", "/sitemap-agents/1.xml", "/robots.txt", "/llms.txt", "/feed.xml", "/search?q=token", "/search.json?q=token", "/tools/did-web?did=did:web:example.com", "/feedback", "/missing", "/verify/code", "/claim/code", "/%2e%2e/x",
];
const documents = () => OPERATIONS.filter(({ method }) => method === "GET").map(({ path }) => path.replace("{agentId}", agentId).replace(/\{\w+\}/g, "missing")).concat("/", "/openapi.json", "/missing", "/dev/mail", `/api/v1/agents/${agentId}/did`);

const judge = (answer: Answer) => (answer.whole.includes(EVIL) || answer.status === 0 ? `${answer.status} ${JSON.stringify(answer.headers)}` : undefined);

attack("the host that a request names occurs in no page or redirect of the portal", 304, async (tally) => {
  const own = `localhost:${pair.portal.port}`;
  for (const [turn, headers] of poisons(own).entries()) {
    // The quick suite takes turns: each page with some of the headers, each header with some of the pages.
    const pages = PAGES.filter((_, at) => (at + turn) % sized(3, 1) === 0);
    for (const path of pages.map((path) => path.replace("ID", agentId))) {
      const found = judge(await ask(pair.origin, "GET", path, { headers: { accept: "text/html", ...headers } }));
      tally.attempt(found && `${path} with ${JSON.stringify(headers)}: ${found}`);
    }
    for (const [path, body] of Object.entries({ "/feedback": { page: "/docs", useful: "yes" }, "/get-started": agentForm(), [`/marketplace/${agentId}/report`]: { reason: "spam" }, "/recover": { email: `${randomUUID()}@example.com` } })) {
      const found = judge(await ask(pair.origin, "POST", path, { headers: { ...OWN, ...elsewhere(), ...headers }, body: new URLSearchParams(body) }));
      tally.attempt(found && `POST ${path} with ${JSON.stringify(headers)}: ${found}`);
    }
  }
});

attack("the host that a request names occurs in no document, error or location of the API", 304, async (tally) => {
  const { address } = pair.registry.api;
  for (const headers of poisons(new URL(address).host)) {
    for (const path of documents()) {
      for (const bearer of path.startsWith("/api/v1/") ? [undefined, token] : [undefined]) {
        const found = judge(await ask(address, "GET", path, { headers, token: bearer }));
        tally.attempt(found && `${path} with ${JSON.stringify(headers)}: ${found}`);
      }
    }
    for (const body of [{ name: `Agent ${randomUUID()}`, agentType: "custom", capabilities: ["tests:run"] }]) {
      const found = judge(await ask(address, "POST", "/api/v1/agents", { headers, token, body }));
      tally.attempt(found && `POST /agents with ${JSON.stringify(headers)}: ${found}`);
    }
  }
});

attack("a request line with another host changes nothing", 20, async (tally) => {
  for (const [port, path] of [[pair.portal.port, "/docs/"], [pair.portal.port, "/get-started"], [Number(new URL(pair.registry.api.address).port), "/api/v1"], [Number(new URL(pair.registry.api.address).port), "/.well-known/openid-configuration"]] as const) {
    for (const target of [`http://${EVIL}${path}`, `https://${EVIL}${path}`, `//${EVIL}${path}`, `http://localhost@${EVIL}${path}`, `/\\${EVIL}${path}`]) {
      const more = target.startsWith("/\\") ? `Host: ${EVIL}\r\n` : "";
      const { text } = await exchange(port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\n${more}Connection: close\r\n\r\n`);
      // A page may show the reader the path that it has no page for; no link and no header may lead there.
      const links = [...text.matchAll(/(?:href|src|action|content)="[^"]*|^(?:location|link|refresh|content-location): .*/gim)].map(([link]) => link).filter((link) => link.includes(`//${EVIL}`));
      tally.attempt(links.length > 0 && `${target}: ${links}`);
    }
  }
});

attack("the host that a request names occurs in no email", 3 * 20, async (tally) => {
  const { api } = pair.registry;
  const { mail } = api.folders;
  for (const headers of poisons(new URL(api.address).host)) {
    const [email, owner] = [`${randomUUID()}@example.com`, `${randomUUID()}@example.com`];
    const post = (path: string, body: object) => ask(api.address, "POST", `/api/v1/signup${path}`, { headers, body });
    const { claimCode } = await sure(api.address, "POST", "/api/v1/signup", { body: {} });
    await post("", { email });
    await post("/claim", { claimCode, email: owner });
    await post("/recover", { email });
    await ask(pair.origin, "POST", "/recover", { headers: { ...OWN, ...elsewhere(), ...headers }, body: new URLSearchParams({ email }) });
    await ask(pair.origin, "POST", "/get-started", { headers: { ...OWN, ...elsewhere(), ...headers }, body: new URLSearchParams(agentForm({ email: `${randomUUID()}@example.com` })) });
    tally.attempts += 5;
  }
  const last = `${randomUUID()}@example.com`;
  await sure(api.address, "POST", "/api/v1/signup", { body: { email: last } });
  await mailedLink(mail, last);
  const mails = readdirSync(mail).map((name) => readFileSync(join(mail, name), "utf8").replace(/=\r?\n/g, ""));
  assert.ok(mails.length > 20, `${mails.length} emails`);
  for (const text of mails) if (text.includes(EVIL)) tally.harm.push(text.slice(0, 300));
});
