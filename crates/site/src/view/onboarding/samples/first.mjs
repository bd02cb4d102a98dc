// node --env-file=sentryagent.env first.mjs
const { CLIENT_ID, CLIENT_SECRET } = process.env;

const issued = await fetch("API_ORIGIN/api/v1/token", {
  method: "POST",
  headers: { Authorization: `Basic ${btoa(`${CLIENT_ID}:${CLIENT_SECRET}`)}` },
  body: new URLSearchParams({ grant_type: "client_credentials" }),
});
if (!issued.ok) throw new Error(await issued.text());
const { access_token } = await issued.json();

const answer = await fetch("API_ORIGIN/api/v1/agents/AGENT_ID", {
  headers: { Authorization: `Bearer ${access_token}` },
});
console.log(await answer.text());
