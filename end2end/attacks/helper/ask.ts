// HTTP requests with any header, path and method: `fetch` normalizes paths and forbids headers that attackers choose.
import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";

export type Asked = { headers?: OutgoingHttpHeaders; body?: string | Buffer | URLSearchParams | object; token?: string };

export class Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Time until the response was complete, in ms. */
  readonly millis: number;

  constructor(status: number, headers: IncomingHttpHeaders, text: string, millis: number) {
    this.status = status;
    this.headers = headers;
    this.text = text;
    this.millis = millis;
  }

  get json(): any {
    return this.text ? JSON.parse(this.text) : undefined;
  }

  get isSuccess(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  /** Everything that a client sees. */
  get whole(): string {
    return `${this.status} ${JSON.stringify(this.headers)}\n${this.text}`;
  }

  toString(): string {
    return `${this.status} ${this.text.slice(0, 200)}`;
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

/** Body and content type as sent. */
function encode(body: Asked["body"]): [string | Buffer | undefined, string | undefined] {
  if (body === undefined) return [undefined, undefined];
  if (body instanceof URLSearchParams) return [body.toString(), "application/x-www-form-urlencoded"];
  if (typeof body === "string" || Buffer.isBuffer(body)) return [body, "application/json"];
  return [JSON.stringify(body), "application/json"];
}

/** Sends a request. A connection that is closed without a response has the status 0. */
export function ask(origin: string, method: string, path: string, { headers = {}, body, token }: Asked = {}): Promise<Answer> {
  const [bytes, type] = encode(body);
  const { hostname, port } = new URL(origin);
  const all: OutgoingHttpHeaders = {
    ...(type && { "content-type": type }), ...(bytes !== undefined && { "content-length": Buffer.byteLength(bytes) }),
    ...(token && { authorization: `Bearer ${token}` }), ...headers,
  };
  const start = performance.now();
  return new Promise((resolve) => {
    const end = (status: number, headers: IncomingHttpHeaders, text: string) => resolve(new Answer(status, headers, text, performance.now() - start));
    const sent = request({ host: hostname.replace("localhost", "127.0.0.1"), port, method, path, headers: all, agent }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => end(response.statusCode!, response.headers, Buffer.concat(parts).toString()));
      response.on("error", (error) => end(0, {}, String(error)));
    });
    sent.on("error", (error) => end(0, {}, String(error)));
    sent.end(bytes);
  });
}

/** Sends a request that has to succeed, such as those of a preparation. */
export async function sure(origin: string, method: string, path: string, asked?: Asked): Promise<any> {
  const answer = await ask(origin, method, path, asked);
  if (!answer.isSuccess) throw new Error(`${method} ${path} returned ${answer}`);
  return answer.json;
}
