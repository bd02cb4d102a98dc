# set -a; . ./sentryagent.env; set +a; python3 first.py
import base64
import json
import os
from urllib.request import Request, urlopen

pair = f"{os.environ['CLIENT_ID']}:{os.environ['CLIENT_SECRET']}"
request = Request(
    "API_ORIGIN/api/v1/token",
    data=b"grant_type=client_credentials",
    headers={"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()},
)
with urlopen(request, timeout=10) as issued:
    token = json.load(issued)["access_token"]

request = Request(
    "API_ORIGIN/api/v1/agents/AGENT_ID",
    headers={"Authorization": f"Bearer {token}"},
)
with urlopen(request, timeout=10) as answer:
    print(json.dumps(json.load(answer), indent=2))
