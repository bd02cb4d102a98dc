// node recorded.js PORT ORIGIN: answers as ORIGIN did when it was first asked the same. So that a second run measures who
// asks, without who answers.
import http from "node:http";

const [port, origin] = [Number(process.argv[2]), process.argv[3]];
const agent = new http.Agent({ keepAlive: true });
const answers = new Map();

function ask({ url, headers }) {
  return new Promise((done, failed) => {
    const request = http.request(origin + url, { agent, headers: { ...headers, host: new URL(origin).host } }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => {
        const { connection, "transfer-encoding": chunked, ...kept } = response.headers;
        done({ status: response.statusCode, headers: kept, body: Buffer.concat(parts) });
      });
      response.on("error", failed);
    });
    request.on("error", failed);
    request.end();
  });
}

http.createServer(async (request, response) => {
  try {
    if (!answers.has(request.url)) answers.set(request.url, await ask(request));
    const { status, headers, body } = answers.get(request.url);
    response.writeHead(status, { ...headers, "content-length": body.length });
    response.end(body);
  } catch (error) {
    response.writeHead(502).end(String(error));
  }
}).listen(port, "127.0.0.1");
