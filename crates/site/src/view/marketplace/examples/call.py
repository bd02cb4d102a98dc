import base64
import json
import os
import uuid
from urllib.parse import quote_plus, urlencode
from urllib.request import Request, urlopen

ENDPOINT = "AGENT_ENDPOINT"

pair = [os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"]]
basic = base64.b64encode(":".join(map(quote_plus, pair)).encode()).decode()
form = {
    "grant_type": "client_credentials",
    "scope": "agents:read",
    "resource": ENDPOINT,
}
request = Request(
    "AGENT_API/api/v1/token",
    data=urlencode(form).encode(),
    headers={"Authorization": f"Basic {basic}"},
)
with urlopen(request, timeout=10) as issued:
    token = json.load(issued)["access_token"]

message = {
    "messageId": str(uuid.uuid4()),
    "role": "ROLE_USER",
    "parts": [{"text": "Hello"}],
}
call = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "SendMessage",
    "params": {"message": message},
}
request = Request(
    ENDPOINT,
    data=json.dumps(call).encode(),
    headers={
        "Authorization": f"Bearer {token}",
        "A2A-Version": "1.0",
        "Content-Type": "application/json",
    },
)
with urlopen(request, timeout=30) as answer:
    print(json.dumps(json.load(answer), indent=2))
