"""What schemathesis can't know by the contract: a media type that is JSON, which client there is, what is new."""

import os
import uuid

import schemathesis
from schemathesis import GenerationMode


# Of RFC 8037, appendix A.2.
KEY = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}


@schemathesis.deserializer("application/did-resolution")
def did_resolution(_context, response):
    return response.json()


@schemathesis.hook
def before_call(_context, case, _kwargs):
    """Valid requests are new ones, and those for a token are of a client that exists and shows itself once: in the body."""
    operation = case.operation.definition.raw.get("operationId")
    # A deletion takes effect at once: it is that of an organization of its own, so that the other two can still act.
    if operation == "deleteOrganization" and case.headers.get("Authorization"):
        case.headers["Authorization"] = case.headers["Authorization"].replace(os.environ["TOKEN"], os.environ["DELETED_TOKEN"])
    if case.meta is None or case.meta.generation.mode != GenerationMode.POSITIVE:
        return
    if "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    # Its coverage phase makes values that do not fit the pattern, such as `0`, and takes them for valid.
    if "If-Match" in case.headers:
        case.headers["If-Match"] = "*"
    # Whether numbers are a key's is beyond a schema.
    if isinstance(case.body, dict) and case.body.get("publicKeys"):
        case.body["publicKeys"] = [KEY]
    if operation == "issueToken":
        case.headers["Authorization"] = ""
        case.body |= {"client_id": os.environ["CLIENT_ID"], "client_secret": os.environ["CLIENT_SECRET"]}
    if isinstance(case.body, dict) and isinstance(case.body.get("skills"), list):
        # A schema can't say that each skill has an id of its own.
        case.body["skills"] = list({skill["id"].strip(): skill for skill in case.body["skills"]}.values())
