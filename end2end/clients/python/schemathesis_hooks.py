"""What schemathesis can't know by the contract: that a media type of ours is JSON, and which client there is."""

import os

import schemathesis
from schemathesis import GenerationMode


@schemathesis.deserializer("application/did-resolution")
def did_resolution(_context, response):
    return response.json()


@schemathesis.hook
def before_call(_context, case, _kwargs):
    """A valid request for a token is one of a client that exists, shown once: in the body."""
    if case.operation.definition.raw.get("operationId") != "issueToken" or not isinstance(case.body, dict):
        return
    if case.meta is None or case.meta.generation.mode == GenerationMode.POSITIVE:
        case.headers["Authorization"] = ""
        case.body |= {"client_id": os.environ["CLIENT_ID"], "client_secret": os.environ["CLIENT_SECRET"]}
