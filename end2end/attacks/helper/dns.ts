// A DNS server of the attacker, which returns any address for a name (RFC 1035, as far as the verifier asks).
import { type Socket, createSocket } from "node:dgram";
import { once } from "node:events";
import { isIPv6 } from "node:net";

const TYPES = { A: 1, CNAME: 5, AAAA: 28 };
/** The question follows the header of 12 bytes. */
const HEADER = 12;

/** The eight groups of an IPv6 address, whose last two may be written as IPv4. */
function ipv6(address: string): Buffer {
  const hex = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...digits) => {
    const [a, b, c, d] = digits.slice(0, 4).map(Number);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
  const [head, tail] = hex.split("::").map((half) => half.split(":").filter(Boolean));
  const groups = tail === undefined ? head : [...head, ...Array<string>(8 - head.length - tail.length).fill("0"), ...tail];
  return Buffer.from(groups.map((group) => group.padStart(4, "0")).join(""), "hex");
}

const labels = (name: string) => Buffer.concat([...name.split(".").map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`, "latin1")), Buffer.from([0])]);

function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  // A pointer to the name in the question; class IN; a lifetime of 0 s.
  head.writeUInt16BE(0xc000 | HEADER, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

export class Dns {
  /** Addresses of names, or the name that one is an alias of. Other names have no records. */
  readonly names = new Map<string, { addresses: string[]; alias?: string }>();
  /** Later answers, for a name that changes its address between the check and the connection. */
  readonly later = new Map<string, { addresses: string[] }>();
  readonly asked: string[] = [];
  private readonly socket: Socket = createSocket("udp4");

  static async start(): Promise<Dns> {
    const dns = new Dns();
    dns.socket.on("message", (question, from) => dns.socket.send(dns.answer(question), from.port, from.address));
    dns.socket.bind(0, "127.0.0.1");
    await once(dns.socket, "listening");
    return dns;
  }

  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  stop(): void {
    this.socket.close();
  }

  private answer(question: Buffer): Buffer {
    const parts: string[] = [];
    let at = HEADER;
    for (; question[at]; at += question[at] + 1) parts.push(question.toString("latin1", at + 1, at + 1 + question[at]));
    const [name, type] = [parts.join(".").toLowerCase(), question.readUInt16BE(at + 1)];
    const known = (this.asked.includes(`${name} ${type}`) && this.later.get(name)) || this.names.get(name);
    this.asked.push(`${name} ${type}`);
    const wanted = (known?.addresses ?? []).filter((address) => type === (isIPv6(address) ? TYPES.AAAA : TYPES.A));
    const found = wanted.map((address) => record(type, isIPv6(address) ? ipv6(address) : Buffer.from(address.split(".").map(Number))));
    if (known && "alias" in known && known.alias && (type === TYPES.A || type === TYPES.AAAA)) found.unshift(record(TYPES.CNAME, labels(known.alias)));
    const answer = Buffer.concat([question.subarray(0, at + 5), ...found]);
    // A response of an authority, without an error and without additional records.
    answer.writeUInt16BE(0x8580, 2);
    answer.writeUInt16BE(found.length, 6);
    answer.writeUInt32BE(0, 8);
    return answer;
  }
}
