// A web server of the attacker at an address that the verifier may reach. It redirects to where it may not.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type Server, createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const HOST = "127.0.0.2";

export class Evidence {
  /** Targets of redirects, by host. */
  readonly targets = new Map<string, string>();
  readonly reached = new Set<string>();
  readonly folder = mkdtempSync(join(tmpdir(), "sentryagent-evidence-"));
  private readonly server: Server;

  private constructor() {
    const files = ["-keyout", "key.pem", "-out", "cert.pem"];
    const names = ["-subj", "/CN=Evidence", "-addext", "subjectAltName=DNS:*.attack.example", "-addext", "basicConstraints=critical,CA:FALSE"];
    execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1", ...files, ...names], { cwd: this.folder, stdio: "pipe" });
    const [key, cert] = ["key.pem", "cert.pem"].map((name) => readFileSync(join(this.folder, name)));
    this.server = createServer({ key, cert }, (request, response) => {
      const host = request.headers.host!.split(":")[0];
      this.reached.add(host);
      response.writeHead(302, { location: this.targets.get(host) ?? "/" }).end();
    });
  }

  static async start(): Promise<Evidence> {
    const evidence = new Evidence();
    evidence.server.listen(0, HOST);
    await once(evidence.server, "listening");
    return evidence;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Root certificate for the verifier. */
  get root(): string {
    return join(this.folder, "cert.pem");
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, "close");
    rmSync(this.folder, { recursive: true });
  }
}
