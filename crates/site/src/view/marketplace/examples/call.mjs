const endpoint = "AGENT_ENDPOINT";
const { CLIENT_ID, CLIENT_SECRET } = process.env;

const pair = [CLIENT_ID, CLIENT_SECRET].map(encodeURIComponent).join(":");
const issued = await fetch("AGENT_API/api/v1/token", {
  method: "POST",
  headers: { Authorization: `Basic ${btoa(pair)}` },
  body: new URLSearchParams({
    grant_type: "client_credentials",
    scope: "agents:read",
    resource: endpoint,
  }),
});
if (!issued.ok) throw new Error(await issued.text());
const { access_token } = await issued.json();

const message = {
  messageId: crypto.randomUUID(),
  role: "ROLE_USER",
  parts: [{ text: "Hello" }],
};
const answer = await fetch(endpoint, {
  method: "POST",
  headers: {
    Authorization: `Bearer ${access_token}`,
    "A2A-Version": "1.0",
    "Content-Type": "application/json",
  },
  body: JSON.stringify({
    jsonrpc: "2.0",
    id: 1,
    method: "SendMessage",
    params: { message },
  }),
});
console.log(JSON.stringify(await answer.json(), null, 2));
