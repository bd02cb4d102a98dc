// A marketplace full of hostile text, submitted through the API, and a listener for its effects in a browser.
import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import { HOSTILE } from "./hostile.js";
import { Market, expect, overflow } from "./market.js";
import type { Agent, Publisher } from "./registry.js";
import { forEach } from "./site.js";

export type Besieger = { text: string; isFirst: boolean; agent: Agent; publisher: Publisher; displayName: string; tag: string };

/** Number of texts rejected by the API, by field. */
const refusals = new Map<string, number>();
const refused = (field: string) => refusals.set(field, (refusals.get(field) ?? 0) + 1);

/** Sets every text field to a hostile text. Rejected fields are reported and omitted; the agent is registered in any case. */
async function besiege(publisher: Publisher, text: string, tag: string): Promise<Agent> {
  const fields: Record<string, unknown> = {
    name: text,
    description: text,
    owner: text,
    tags: [text, tag],
    skills: [
      { id: text, name: "One" }, { id: "2", name: text }, { id: "3", name: "Three", description: text }, { id: "4", name: "Four", tags: [text] },
      { id: "5", name: "Five", examples: [text] }, { id: "6", name: "Six", inputModes: [text], outputModes: [text] },
    ],
    // The rest of a URL may contain any printable character.
    endpointUrl: `https://agents.example.com/${text.replace(/[^!-~]/g, "")}?${text.replace(/[^!-~]/g, "")}`,
    publicKeys: [{ kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", kid: text }],
  };
  const wanting = { name: `Without its name (${tag})`, tags: [tag] };
  for (;;) {
    const { status, body } = await publisher.offer(fields);
    if (status === 201) return body as Agent;
    const places: string[] = status === 409 ? ["name"] : (body.details?.fields ?? []).map(({ field }: { field: string }) => field);
    expect(places.length, `${status} ${JSON.stringify(body)}`).toBeGreaterThan(0);
    for (const place of places) {
      const [, field, index] = /^(\w+)(?:\[(\d+)\])?/.exec(place)!;
      refused(place.replace(/\d+/g, ""));
      if (field === "skills" && index) (fields.skills as unknown[]).splice(Number(index), 1);
      else if (field in wanting) fields[field] = wanting[field as keyof typeof wanting];
      else delete fields[field];
    }
  }
}

/** Starts a marketplace and fills it. */
export async function besieged(): Promise<{ market: Market; besiegers: Besieger[] }> {
  const market = await Market.start({ SENTRYAGENT_ENV: "production" });
  const besiegers: Besieger[] = [];
  await forEach(HOSTILE, async ({ text, isFirst }) => {
    const publisher = await market.registry.publisher();
    const answer = await publisher.call("PATCH", "/organizations/me", { displayName: text });
    if (answer.status !== 200) refused(answer.status === 409 ? "displayName is like another" : "displayName");
    // A unique word: a search for it finds only this agent.
    const tag = createHash("sha256").update(text).digest("hex").slice(0, 16).replace(/\d/g, (digit) => "ghijklmnop"[Number(digit)]);
    const agent = await besiege(publisher, text, tag);
    const { publisher: { displayName } } = await market.registry.card(agent.agentId);
    besiegers.push({ text, isFirst, agent, publisher, displayName, tag });
  });
  console.log(`${HOSTILE.length} texts; refused by the API, by field: ${JSON.stringify(Object.fromEntries(refusals))}`);
  const count = async () => (await market.registry.sure("GET", "/marketplace/agents?limit=1")).totalCount;
  await expect.poll(count, { message: "the search knows all" }).toBe(besiegers.length);
  await market.proxy.heard();
  return { market, besiegers };
}

/** Displayed form of a text: without characters that hide or reorder others, with single spaces. */
export const plain = (text: string) =>
  text.replace(/[\p{Cc}\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]/gu, (letter) => /\s/.test(letter) && letter !== "\ufeff" ? " " : "")
    .replace(/\s+/g, " ").trim();

/** Records everything that a text could cause in a browser. */
export async function listen(page: Page, origins: string[]): Promise<string[]> {
  const heard: string[] = [];
  page.on("dialog", (dialog) => {
    heard.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => { if (!origins.includes(new URL(request.url()).origin)) heard.push(`a request: ${request.url()}`); });
  page.on("popup", (popup) => heard.push(`a window: ${popup.url()}`));
  page.on("download", (download) => heard.push(`a download: ${download.url()}`));
  page.on("frameattached", (frame) => heard.push(`a frame: ${frame.name()}`));
  await page.exposeFunction("reportViolation", (text: string) => heard.push(`against the policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ documentURI, violatedDirective, blockedURI, sample }) => {
      (window as any).reportViolation(`${documentURI} ${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  return heard;
}

/** Foreign elements and attributes in a document: those that no page of the portal contains. */
export const foreign = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const kept = new Set(["svg", "path", "circle"]);
    for (const node of document.querySelectorAll("*")) {
      // Evaluated for findings only: the whole document is long.
      const what = () => node.outerHTML.slice(0, 120);
      const isOurs = node.namespaceURI === "http://www.w3.org/1999/xhtml" || kept.has(node.localName) || node.closest("header.site-header, .brand") !== null;
      if (!isOurs) found.push(`element: ${what()}`);
      for (const { name, value } of node.attributes) {
        if (/^on|^style$|^srcdoc$|^is$|^background$|^xlink:/i.test(name)) found.push(`attribute ${name}: ${what()}`);
        if (/^(href|src|action|formaction|data|srcset|poster|ping|cite)$/i.test(name) && !/^(\/(?!\/)|#|https?:\/\/|mailto:docs@)/.test(value)) found.push(`address ${value}: ${what()}`);
        if (/^(href|src|action|formaction)$/i.test(name) && /^(https?:)?\/\/[^/]*evil\.example/i.test(value)) found.push(`leads elsewhere: ${what()}`);
      }
    }
    const alien = "iframe, object, embed, base, style, template, marquee, plaintext, xmp, video, audio, noscript, frame, frameset, applet, main img, main link, main meta, main script, body script, math";
    for (const node of document.querySelectorAll(alien)) found.push(`element: ${node.outerHTML.slice(0, 120)}`);
    if (document.querySelectorAll("main").length !== 1 || document.querySelectorAll("h1").length !== 1) found.push("more than one main or h1");
    return found;
  });

/** Problems of a page with hostile text: foreign elements, horizontal scrolling, unreadable data. */
export async function wrong(page: Page, what: string): Promise<string[]> {
  const found = await foreign(page);
  const wider = await overflow(page);
  if (wider > 0) found.push(`${wider} pixels wider than the window`);
  for (const text of await page.locator("script[type='application/ld+json']").allTextContents()) {
    const kinds = JSON.parse(text)["@graph"].map((node: Record<string, unknown>) => node["@type"]).join();
    if (!/^(SoftwareApplication|CollectionPage|TechArticle),BreadcrumbList$/.test(kinds)) found.push(`data about ${kinds}`);
  }
  return found.map((one) => `${page.url().replace(/^http:\/\/[^/]*/, "").slice(0, 60)}: ${JSON.stringify(what.slice(0, 60))}: ${one}`);
}
