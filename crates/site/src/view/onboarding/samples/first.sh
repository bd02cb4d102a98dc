set -a; . ./sentryagent.env; set +a
TOKEN=$(printf 'user = "%s:%s"' "$CLIENT_ID" "$CLIENT_SECRET" |
  curl -s -K - 'API_ORIGIN/api/v1/token' -d grant_type=client_credentials | jq -r .access_token)
curl -s 'API_ORIGIN/api/v1/agents/AGENT_ID' -H "Authorization: Bearer $TOKEN" | jq
