// An A2A 1.0 agent with the A2A SDK, behind TLS, for callers with a token issued for it.
import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { AgentCard, Message } from "@a2a-js/sdk";
import { AgentEvent, DefaultRequestHandler, InMemoryTaskStore, JsonRpcTransportHandler, ServerCallContext, validateVersion } from "@a2a-js/sdk/server";
import { createRemoteJWKSet, jwtVerify } from "jose";
import type { Certificate } from "../../clients/helper/tls.js";

export interface AgentEndpoint {
  url: string;
  /** Received messages with their senders. */
  heard: { words: string; from: string }[];
  stop: () => Promise<void>;
}

/** Starts an agent that trusts the tokens of an issuer. */
export async function startAgent({ cert, key }: Certificate, issuer: string): Promise<AgentEndpoint> {
  const keys = createRemoteJWKSet(new URL("/.well-known/jwks.json", issuer));
  const server = createServer({ cert, key }).listen(0, "localhost");
  await once(server, "listening");
  const url = `https://localhost:${(server.address() as AddressInfo).port}/a2a`;
  const agent: AgentEndpoint = {
    url,
    heard: [],
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  const card = AgentCard.fromJSON({
    name: "Echo", description: "Says what it hears.", version: "1.0.0", defaultInputModes: ["text/plain"], defaultOutputModes: ["text/plain"],
    skills: [], capabilities: {}, supportedInterfaces: [{ url, protocolBinding: "JSONRPC", protocolVersion: "1.0" }],
  });
  const handler = new JsonRpcTransportHandler(new DefaultRequestHandler(card, new InMemoryTaskStore(), {
    execute: async ({ userMessage, contextId }, bus) => {
      const said = Message.toJSON(userMessage) as { parts: { text: string }[] };
      bus.publish(AgentEvent.message(Message.fromJSON({
        messageId: crypto.randomUUID(), contextId, role: "ROLE_AGENT", parts: [{ text: `You said: ${said.parts[0].text}` }],
      })));
    },
    cancelTask: async () => {},
  }));
  server.on("request", async (request, response) => {
    try {
      const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
      const { payload } = await jwtVerify(token, keys, { issuer, audience: url, typ: "at+jwt" });
      const requestedVersion = String(request.headers["a2a-version"]);
      validateVersion(requestedVersion, card, "JSONRPC");
      const body = await text(request);
      agent.heard.push({ words: JSON.parse(body).params.message.parts[0].text, from: payload.sub! });
      const answer = await handler.handle(body, new ServerCallContext({ requestedVersion }));
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    } catch (error) {
      response.writeHead(401, { "content-type": "text/plain" }).end(String(error));
    }
  });
  return agent;
}
