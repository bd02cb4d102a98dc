// A listener that counts connections: whoever connects was made to do so by an attack.
import { once } from "node:events";
import { type AddressInfo, type Server, createServer } from "node:net";

export class Listener {
  connections = 0;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((socket) => {
      this.connections++;
      socket.destroy();
    });
  }

  /** Listens at an address; by default on a free port of the loopback interface. */
  static async start(host = "127.0.0.1", port = 0): Promise<Listener> {
    const listener = new Listener();
    listener.server.listen(port, host);
    await once(listener.server, "listening");
    return listener;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.server.close();
    await once(this.server, "close");
  }
}
