// The API behind TLS, as did:web requires: a proxy with a certificate of a CA that exists only during the test.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { Api } from "./api.ts";

export type Certificate = { ca: string; cert: string; key: string };

/** A CA, and its certificate for localhost. */
export function certificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), "sentryagent-ca-"));
  const openssl = (...parts: string[]) => execFileSync("openssl", parts, { cwd: folder, stdio: "pipe" });
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const key = (name: string) => ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", name];
  try {
    openssl("req", "-x509", ...key("ca.key"), "-out", "ca.pem", "-subj", "/CN=A CA of a test", "-days", "1");
    openssl("req", ...key("localhost.key"), "-out", "localhost.csr", "-subj", "/CN=localhost");
    writeFileSync(join(folder, "names"), "subjectAltName=DNS:localhost");
    openssl("x509", "-req", "-in", "localhost.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
      "-extfile", "names", "-out", "localhost.pem", "-days", "1");
    return { ca: read("ca.pem"), cert: read("localhost.pem"), key: read("localhost.key") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The API with the proxy's https origin as its issuer. Only this process trusts the CA. */
export async function startBehindTls(): Promise<{ api: Api; origin: string; stop: () => Promise<void> }> {
  const { ca, cert, key } = certificate();
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), ca]);
  let upstream = "";
  const proxy = createServer({ cert, key }, (incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const forwarded = request(new URL(url!, upstream), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on("error", (error) => outgoing.destroy(error));
    incoming.pipe(forwarded);
  });
  await new Promise<void>((listening) => proxy.listen(0, "localhost", listening));
  const origin = `https://localhost:${(proxy.address() as AddressInfo).port}`;
  const api = await Api.start({ ISSUER_URL: origin });
  upstream = api.address;
  const stop = async () => {
    proxy.closeAllConnections();
    proxy.close();
    await api.stop();
  };
  return { api, origin, stop };
}
