// Verifies an agent's documents in the reader's browser: fetches documents and keys from their sources and verifies
// signatures with WebCrypto. The server runs the same steps (marketplace/verify.rs).
(function () {
  "use strict";
  const box = document.getElementById("check--run");
  if (!box) return;
  const button = box.querySelector("button");
  const said = box.querySelector("[role=status]");
  const list = box.querySelector("ol");
  const { did, document: address, card, keys, name, thumbprints } = box.dataset;
  const bytes = (text) => new TextEncoder().encode(text);
  const base64url = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const unbase64url = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

  // RFC 8785: members sorted by their UTF-16 code units, numbers and strings in ECMAScript's form.
  const canonical = (value) => {
    if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    return "{" + Object.keys(value).sort().map((key) => JSON.stringify(key) + ":" + canonical(value[key])).join(",") + "}";
  };

  // RFC 7638: required members by key type, in order.
  const members = { OKP: ["crv", "kty", "x"], EC: ["crv", "kty", "x", "y"], RSA: ["e", "kty", "n"] };
  const thumbprint = async (jwk) => {
    const wanted = members[jwk && jwk.kty];
    if (!wanted) throw new Error("unknown key type");
    const text = canonical(Object.fromEntries(wanted.map((member) => [member, jwk[member]])));
    return base64url(await crypto.subtle.digest("SHA-256", bytes(text)));
  };

  const read = async (from) => {
    const response = await fetch(from, { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error("status " + response.status + " from " + from);
    return response.json();
  };

  const algorithms = {
    EdDSA: [{ name: "Ed25519" }, { name: "Ed25519" }],
    RS256: [{ name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, { name: "RSASSA-PKCS1-v1_5" }],
    ES256: [{ name: "ECDSA", namedCurve: "P-256" }, { name: "ECDSA", hash: "SHA-256" }],
  };

  // A2A 1.0, section 8.4: a detached JWS over the canonical card without its signatures.
  const signedBy = async (paper) => {
    const signature = (paper.signatures || [])[0];
    if (!signature) throw new Error("no signature");
    const header = JSON.parse(new TextDecoder().decode(unbase64url(signature.protected)));
    if (header.jku !== keys) throw new Error("the signature refers to keys at " + header.jku);
    const jwk = (await read(keys)).keys.find((key) => key.kid === header.kid);
    if (!jwk) throw new Error("the registry has no key " + header.kid);
    const [importing, verifying] = algorithms[header.alg] || [];
    if (!importing) throw new Error("unknown signature algorithm: " + header.alg);
    const key = await crypto.subtle.importKey("jwk", { ...jwk, key_ops: undefined, use: undefined, alg: undefined }, importing, false, ["verify"]);
    const { signatures, ...unsigned } = paper;
    const message = bytes(signature.protected + "." + base64url(bytes(canonical(unsigned))));
    const fits = await crypto.subtle.verify(verifying, key, unbase64url(signature.signature), message);
    if (!fits) throw new Error("the signature doesn’t match the card");
    return header.kid;
  };

  // did:web: host and path follow; colons in the path are slashes.
  const leads = () => {
    const [method, host, ...path] = did.replace(/^did:/, "").split(":");
    if (method !== "web" || !host) throw new Error(did + " is not a did:web identifier");
    const rest = path.length ? path.map(decodeURIComponent).join("/") + "/did.json" : ".well-known/did.json";
    return "https://" + decodeURIComponent(host) + "/" + rest;
  };

  const steps = () => {
    let paper = null, own = null;
    const found = async () => (own = own || await read(address));
    const all = [
      ["The DID resolves to the registry", () => address, async () => {
        const there = leads();
        const local = /^http:\/\/localhost[:/]/.test(address) && there.replace("https:", "http:") === address;
        return [local ? there + " (HTTP in development)" : there, there === address || local];
      }],
      ["The DID document belongs to the agent", () => did, async () => { const { id } = await found(); return [id, id === did]; }],
      ["The keys are the verified keys", () => thumbprints ? "the verified key " + thumbprints.split(" ").join(", ") : "valid keys; no key is verified", async () => {
        const prints = await Promise.all(((await found()).verificationMethod || []).map((method) => thumbprint(method.publicKeyJwk)));
        const wanted = thumbprints ? thumbprints.split(" ") : [];
        return [prints.join(", ") || "no keys", wanted.every((print) => prints.includes(print))];
      }],
    ];
    if (card) {
      const papers = async () => (paper = paper || await read(card));
      all.push(["The card has the name in the listing", () => name, async () => { const its = (await papers()).name; return [its, its === name]; }]);
      all.push(["The registry signed the card", () => "a signature by a key from " + keys, async () => ["signed by key " + await signedBy(await papers()), true]]);
    }
    return all;
  };

  const line = (term, text) => {
    const nodes = [document.createElement("dt"), document.createElement("dd")];
    nodes[0].textContent = term;
    nodes[1].append(Object.assign(document.createElement("bdi"), { textContent: String(text) }));
    return nodes;
  };

  const tell = (title, expected, found, outcome) => {
    const item = document.createElement("li");
    item.className = outcome === "passed" ? "passed" : outcome === "not run" ? "open" : "failed";
    const head = document.createElement("h3");
    head.append(title + " ", Object.assign(document.createElement("span"), { textContent: outcome }));
    const facts = document.createElement("dl");
    facts.append(...line("Expected", expected), ...line("Found", found));
    item.append(head, facts);
    list.append(item);
  };

  button.addEventListener("click", async () => {
    button.disabled = true;
    list.replaceChildren();
    said.textContent = "Verifying…";
    let passed = 0, failed = 0;
    const all = steps();
    for (const [title, expected, look] of all) {
      try {
        const [what, isSo] = await look();
        tell(title, expected(), what, isSo ? "passed" : "failed");
        if (isSo) passed++;
        else failed++;
      } catch (error) {
        const isUnreachable = error instanceof TypeError || ["NotSupportedError", "TimeoutError"].includes(error && error.name);
        tell(title, expected(), isUnreachable ? "none: " + error.message : error.message, isUnreachable ? "not run" : "failed");
        if (!isUnreachable) failed++;
      }
    }
    said.textContent = failed ? failed + " of " + all.length + " steps failed." : passed + " of " + all.length + " steps passed.";
    button.disabled = false;
    button.textContent = "Verify again";
  });
})();
