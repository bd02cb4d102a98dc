// A client that has only a URL makes a call that requires a token: it implements RFC 6750, RFC 9728, RFC 8414 and
// llms.txt, and otherwise follows the documents.
import { expect, test } from "./reader.js";

type Json = Record<string, any>;
type Guide = { steps: { method: string; url: string; json?: Json; form?: Json; headers?: Json; answers: string }[] };

const read = async (address: string, accept: string): Promise<Response> => {
  const answer = await fetch(address, { headers: { accept } });
  expect(answer.status, address).toBe(200);
  return answer;
};
const json = async (address: string): Promise<any> => (await read(address, "application/json")).json();
/** URL of a well-known document: the issuer's or resource's path is appended (RFC 8414, section 3.1; RFC 9728, section 3.1). */
const wellKnown = (of: string, name: string) => `${new URL(of).origin}/.well-known/${name}${new URL(of).pathname.replace(/\/$/, "")}`;

/** Links of a Markdown text, in order. */
const links = (markdown: string) => [...markdown.matchAll(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g)].map(([, title, href]) => ({ title, href }));

/** Follows a guide step by step; returns the values by name, and the last response. */
async function follow({ steps }: Guide): Promise<{ known: Json; last: Response }> {
  const known: Json = {};
  let last = new Response();
  // A placeholder with the name of an earlier response field is replaced by its value.
  const fill = (text: string) => Object.entries(known).reduce((filled, [name, value]) => filled.replace(name, value), text);
  const filled = (fields: Json = {}) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, typeof value === "string" ? fill(value) : value]));
  for (const { method, url, json, form, headers, answers } of steps) {
    const body = form ? new URLSearchParams(filled(form)) : json && JSON.stringify(filled(json));
    last = await fetch(url, { method, body, headers: { ...(json && { "content-type": "application/json" }), ...filled(headers) } });
    expect(last.ok, `${method} ${url} returned ${last.status}`).toBe(true);
    const told = await last.clone().json();
    for (const name of answers.split(", ")) known[name] = name.split(".").reduce((part, key) => part[key], told);
  }
  return { known, last };
}

/** Returns whether the last step of a guide requires a token. */
const needsToken = ({ steps }: Guide) => Object.keys(steps.at(-1)!.headers ?? {}).some((name) => name.toLowerCase() === "authorization");

test("a client that has only a URL that returns 401 discovers how to sign up and makes a call with a token", async ({ market }) => {
  // The URL of some agent, as pasted by a person.
  const given = `${market.registry.origin}/api/v1/agents/01993b6e-8123-7d11-8a2b-77c1d9a0be55`;
  const refused = await fetch(given);
  expect(refused.status).toBe(401);
  const address = /^Bearer .*resource_metadata="([^"]+)"/.exec(refused.headers.get("www-authenticate")!)![1];
  const resource = await json(address);
  // RFC 9728, section 3.3: the document belongs to the requested resource.
  expect(given.startsWith(resource.resource)).toBe(true);
  expect(wellKnown(resource.resource, "oauth-protected-resource")).toBe(address);
  const server = await json(wellKnown(resource.authorization_servers[0], "oauth-authorization-server"));
  expect(server.issuer).toBe(resource.authorization_servers[0]);
  expect(server.grant_types_supported).toContain("client_credentials");
  // Neither document describes registration: the resource itself does.
  const guide: Guide = await json(resource.resource);
  expect(guide.steps.map(({ url }) => url)).toContain(server.token_endpoint);
  expect(needsToken(guide)).toBe(true);
  const { known, last } = await follow(guide);
  expect(last.status).toBe(201);
  // The new credential works at the token endpoint with both methods of its metadata.
  const [id, secret] = [known["credential.clientId"], known["credential.clientSecret"]];
  const grant = { grant_type: "client_credentials" };
  for (const method of server.token_endpoint_auth_methods_supported) {
    const basic = method === "client_secret_basic";
    const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
    const answer = await fetch(server.token_endpoint, {
      method: "POST", headers: basic ? { authorization } : {},
      body: new URLSearchParams(basic ? grant : { ...grant, client_id: id, client_secret: secret }),
    });
    expect([method, answer.status]).toEqual([method, 200]);
    const { access_token, token_type } = await answer.json();
    expect(token_type).toBe("Bearer");
    const { agentId } = await last.clone().json();
    const called = await fetch(given.replace(/[^/]+$/, agentId), { headers: { authorization: `Bearer ${access_token}` } });
    expect(called.status).toBe(200);
  }
});

/** The Get started page's Markdown, found by links only: from llms.txt, or from a page listed there. */
async function getStarted(portal: string): Promise<{ clicks: number; markdown: string }> {
  const wanted = (markdown: string) => links(markdown).find(({ title }) => /get started|how to begin/i.test(title))?.href;
  const list = await (await read(`${portal}/llms.txt`, "text/plain")).text();
  const direct = wanted(list);
  if (direct) return { clicks: 1, markdown: await (await read(direct, "text/markdown")).text() };
  for (const { href } of links(list)) {
    const found = wanted(await (await read(href, "text/markdown")).text());
    if (found) return { clicks: 2, markdown: await (await read(found, "text/markdown")).text() };
  }
  throw new Error("neither llms.txt nor a page listed there links to the Get started page");
}

test("a client that has only the portal's URL finds the API's guide through llms.txt and makes a call with a token", async ({ market }) => {
  const { markdown } = await getStarted(market.origin);
  const begin = links(markdown).find(({ title }) => /entry point.*json/i.test(title))!;
  const guide: Guide = await json(begin.href);
  expect(needsToken(guide)).toBe(true);
  expect((await follow(guide)).last.status).toBe(201);
});

test("llms.txt links directly to the Get started page", async ({ market }) => {
  expect((await getStarted(market.origin)).clicks).toBe(1);
});

test("the guide contains the same calls and response fields in Markdown as in JSON", async ({ market }) => {
  const { markdown } = await getStarted(market.origin);
  const { href } = links(markdown).find(({ title }) => /entry point.*json/i.test(title))!;
  const text = await (await read(href, "text/markdown")).text();
  for (const { method, url, answers } of (await json(href)).steps) {
    expect(text).toContain(`${method} ${url}`);
    for (const name of answers.split(", ")) expect(text).toContain(`\`${name}\``);
  }
});
