TOKEN=$(curl -s -K client.curl 'AGENT_API/api/v1/token' \
  -d grant_type=client_credentials -d scope=agents:read \
  --data-urlencode 'resource=AGENT_ENDPOINT' | jq -r .access_token)
MESSAGE='{"messageId":"'$(openssl rand -hex 16)'","role":"ROLE_USER","parts":[{"text":"Hello"}]}'
curl -s 'AGENT_ENDPOINT' \
  -H "Authorization: Bearer $TOKEN" -H 'A2A-Version: 1.0' \
  --json '{"jsonrpc":"2.0","id":1,"method":"SendMessage","params":{"message":'"$MESSAGE"'}}'
