"""What Authlib and joserfc, which know nothing of us but an address and a credential, make of the API."""

import os

import pytest
import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidClaimError
from joserfc.jwk import KeySet

ORIGIN = os.environ["API_ORIGIN"]
ALGORITHMS = ["RS256", "EdDSA"]


@pytest.fixture(scope="session")
def server():
    return requests.get(f"{ORIGIN}/.well-known/oauth-authorization-server", timeout=10).json()


@pytest.fixture(params=["client_secret_basic", "client_secret_post"])
def session(request):
    with OAuth2Session(
        os.environ["CLIENT_ID"],
        os.environ["CLIENT_SECRET"],
        token_endpoint_auth_method=request.param,
        revocation_endpoint_auth_method=request.param,
    ) as session:
        yield session


@pytest.fixture
def token(session, server):
    return session.fetch_token(server["token_endpoint"], grant_type="client_credentials", scope="agents:read tokens:read")


@pytest.fixture(scope="session")
def keys(server):
    return KeySet.import_key_set(requests.get(server["jwks_uri"], timeout=10).json())


def claims(audience):
    return jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": ORIGIN},
        aud={"essential": True, "value": audience},
        exp={"essential": True},
        client_id={"essential": True, "value": os.environ["CLIENT_ID"]},
    )


def test_a_token_is_a_bearer_token_that_lasts_an_hour(token):
    assert (token["token_type"], token["expires_in"], token["scope"]) == ("Bearer", 3600, "agents:read tokens:read")


def test_a_token_is_validated_against_the_key_set(token, keys):
    decoded = jwt.decode(token["access_token"], keys, algorithms=ALGORITHMS)
    assert decoded.header["typ"] == "at+jwt"
    claims(ORIGIN).validate(decoded.claims)


def test_a_token_for_us_is_refused_by_another_audience(token, keys):
    decoded = jwt.decode(token["access_token"], keys, algorithms=ALGORITHMS)
    with pytest.raises(InvalidClaimError):
        claims("https://agents.example.com").validate(decoded.claims)


def test_a_changed_token_is_refused(token, keys):
    header, payload, signature = token["access_token"].split(".")
    changed = ("A" if payload[10] != "A" else "B").join([payload[:10], payload[11:]])
    with pytest.raises(BadSignatureError):
        jwt.decode(".".join([header, changed, signature]), keys, algorithms=ALGORITHMS)


def test_the_api_is_called_with_the_token(session, token):
    response = session.get(f"{ORIGIN}/api/v1/agents/{os.environ['CLIENT_ID']}", timeout=10)
    assert response.status_code == 200


def test_a_token_is_introspected_and_revoked(session, server, token):
    def introspect():
        return session.introspect_token(server["introspection_endpoint"], token=token["access_token"]).json()

    assert introspect()["client_id"] == os.environ["CLIENT_ID"]
    assert session.revoke_token(server["revocation_endpoint"], token=token["access_token"]).status_code == 200
    assert introspect() == {"active": False}


def test_a_wrong_secret_is_told_as_invalid_client(server):
    with OAuth2Session(os.environ["CLIENT_ID"], "wrong") as session, pytest.raises(OAuthError) as refused:
        session.fetch_token(server["token_endpoint"], grant_type="client_credentials")
    assert refused.value.error == "invalid_client"


def test_a_scope_that_the_credential_lacks_is_told_as_invalid_scope(session, server):
    with pytest.raises(OAuthError) as refused:
        session.fetch_token(server["token_endpoint"], grant_type="client_credentials", scope="admin:orgs")
    assert refused.value.error == "invalid_scope"
