// Session cookies of the portal: an altered, truncated, combined, foreign or revoked one opens no session.
import assert from "node:assert/strict";
import { createCipheriv, randomBytes } from "node:crypto";
import { after, before } from "node:test";
import { elsewhere } from "../onboarding/reader.ts";
import { Account, OWN } from "./helper/account.ts";
import { ask } from "./helper/ask.ts";
import { type Tally, attack, sized } from "./helper/attack.ts";
import { Pair } from "./helper/pair.ts";

let pair: Pair, reader: Account, second: Account;
before(async () => {
  pair = await Pair.start();
  [reader, second] = await Promise.all([Account.create(pair), Account.create(pair)]);
});
after(() => pair?.stop());

/** Pages that show the reader's data to the reader. */
const pages = () => ["/account", "/get-started", `/account/agents/${reader.ids.id}`];
const get = (path: string, cookie: string) => ask(pair.origin, "GET", path, { headers: { ...OWN, ...elsewhere(), cookie } });

async function open(tally: Tally, how: string, cookie: string, paths = pages()): Promise<void> {
  for (const path of paths) {
    const answer = await get(path, cookie);
    tally.attempt((answer.text.includes(reader.mark) || answer.text.includes(second.mark) || answer.status >= 500) && `${how} at ${path}: ${answer.status}`);
  }
}

const [name, value] = ["session", () => decodeURIComponent(reader.cookie.slice("session=".length))];
/** A session sealed as the portal does, with a key of the attacker. */
function sealedBy(key: Buffer): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(name));
  const session = JSON.stringify({ handle: "ssession_x", agent: reader.ids.id, unseen: null, claim_code: null, mailed: null, mailed_at: null });
  return encoded(Buffer.concat([nonce, cipher.update(session), cipher.final(), cipher.getAuthTag()]).toString("base64"));
}
const encoded = (text: string) => `${name}=${encodeURIComponent(text)}`;

attack("an altered, truncated or combined session cookie opens no session", 185, async (tally) => {
  for (const path of pages()) assert.ok((await get(path, reader.cookie)).text.includes(reader.mark), `the valid cookie at ${path}`);
  const sealed = value();
  const [account] = pages();
  const step = sized(4, 1);
  for (let at = 0; at < sealed.length; at += step) {
    for (const letter of [sealed[at] === "A" ? "B" : "A", "%"]) await open(tally, `${letter} at ${at}`, encoded(sealed.slice(0, at) + letter + sealed.slice(at + 1)), [account]);
  }
  for (let length = 0; length < sealed.length; length += 6) await open(tally, `${length} characters`, encoded(sealed.slice(0, length)), [account]);
  const bytes = Buffer.from(sealed, "base64");
  for (let at = 0; at < bytes.length; at += sized(8, 1)) {
    const flipped = Buffer.from(bytes);
    flipped[at] ^= 1;
    await open(tally, `bit of byte ${at}`, encoded(flipped.toString("base64")), [account]);
  }
  const alien = decodeURIComponent(second.cookie.slice("session=".length));
  for (const at of [16, 28, 40, 64, 100, sealed.length / 2, sealed.length - 24]) await open(tally, `halves of two cookies, at ${at}`, encoded(sealed.slice(0, at) + alien.slice(at)));
  const texts: [string, string][] = [
    ["nothing", ""], ["another name", reader.cookie.replace("session=", "Session=")], ["the name over https", reader.cookie.replace("session=", "__Host-session=")], ["a longer name", `x${reader.cookie}`], ["the content in the clear", encoded(JSON.stringify({ handle: "x", agent: reader.ids.id }))],
    ["another key", sealedBy(randomBytes(32))], ["a key of zeros", sealedBy(Buffer.alloc(32))], ["a signature only", encoded(sealed.slice(-24))], ["twice in one", encoded(sealed + sealed)], ["reversed", encoded([...sealed].reverse().join(""))], ["another alphabet", encoded(sealed.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "!"))],
    ["quotes inside", encoded(`"${sealed}"`)], ["a null byte", `${reader.cookie}%00`], ["an ID", encoded(reader.ids.session)], ["a long one", encoded("A".repeat(8000))], ["encoded twice", encoded(encodeURIComponent(sealed))],
  ];
  for (const [how, cookie] of texts) await open(tally, how, cookie);
  // A valid cookie with a bad one of the same name: at most the reader's own session, never one of both.
  const mixed = await get(account, `${sealedBy(randomBytes(32))}; ${encoded(alien.slice(0, 50))}`);
  tally.attempt((mixed.text.includes(reader.mark) || mixed.text.includes(second.mark)) && "two cookies of one name");
});

attack("another reader's cookie shows nothing of the reader's organization", 8, async (tally) => {
  for (const path of [...pages(), `/account/agents/${reader.ids.id}/credentials`, "/get-started/first-call.json", `/marketplace/${reader.ids.id}`, `/account/agents/${reader.ids.id.toUpperCase()}`, `/account/agents/${reader.ids.id}?another`]) {
    const answer = await get(path, second.cookie);
    tally.attempt(answer.text.includes(reader.mark) && `${path}: ${answer.status}`);
  }
});

attack("a session cookie opens no session after sign-out, wherever it was copied to", 20, async (tally) => {
  const copied = reader.cookie;
  const session = await ask(pair.origin, "POST", "/get-started/leave", { headers: { ...OWN, ...elsewhere(), cookie: copied } });
  assert.deepEqual([session.status, /Max-Age=0/.test(String(session.headers["set-cookie"]))], [303, true], "sign-out deletes the cookie");
  for (let at = 0; at < 5; at++) await open(tally, "replayed", copied);
  for (const [path, body] of Object.entries({ "/account/names": { name: "Replayed", displayName: "" }, "/account/claims": { target: "replayed.example" }, "/get-started/publish": {}, [`/account/agents/${reader.ids.id}/suspend`]: {}, [`/account/agents/${reader.ids.id}/credentials`]: {} })) {
    const answer = await ask(pair.origin, "POST", path, { headers: { ...OWN, ...elsewhere(), cookie: copied }, body: new URLSearchParams(body as Record<string, string>) });
    const isDone = answer.status === 303 && answer.headers.location !== "/account";
    tally.attempt((isDone || answer.text.includes(reader.mark)) && `POST ${path}: ${answer.status} ${answer.headers.location}`);
  }
});
