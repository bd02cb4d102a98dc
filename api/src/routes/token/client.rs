//! Who asks at a token endpoint: by Basic or in the body (RFC 6749, section 2.3.1), or, where that is enough, by a token.

use std::net::IpAddr;

use domain::actor::Actor;
use domain::scope::Scope;
use domain::secret::Secret;
use headers::authorization::{Basic, Bearer};
use headers::{Authorization, HeaderMapExt as _};
use http::HeaderMap;
use percent_encoding::percent_decode_str;

use super::OAuthError;
use super::form::Form;
use crate::middleware::authenticate::counted;
use crate::middleware::clients::Proof;
use crate::services::TokenIssuer;
use crate::usage::Metric;

const NO_CLIENT: &str = "there is no active client with this client_id and client_secret: check both, and that the credential was not revoked";

/// The client, by its secret.
pub(super) async fn client(
    issuer: &TokenIssuer,
    address: IpAddr,
    headers: &HeaderMap,
    form: &Form,
) -> Result<Actor, OAuthError> {
    let (client_id, secret) = credentials(headers, form)?;
    let Some(identity) = issuer.authenticator.by_secret(&client_id, &secret).await? else {
        issuer.throttle.take_failure(address)?;
        issuer.authenticator.record_refusal(&client_id, &secret).await?;
        return Err(OAuthError::InvalidClient(NO_CLIENT));
    };
    take(issuer, &identity, &form.proof)?;
    Ok(identity)
}

/// The client by its secret, or whoever has a token with `tokens:read`.
pub(super) async fn client_or_token(
    issuer: &TokenIssuer,
    address: IpAddr,
    headers: &HeaderMap,
    form: &Form,
) -> Result<Actor, OAuthError> {
    let Some(Authorization(bearer)) = headers.typed_get::<Authorization<Bearer>>() else {
        let identity = client(issuer, address, headers, form).await?;
        issuer.usage.take(identity.organization_id, Metric::Calls, identity.limits().max_calls_per_day).await?;
        return Ok(identity);
    };
    let Ok(identity) = issuer.authenticator.by_bearer(bearer.token()).await? else {
        return Err(OAuthError::InvalidClient(
            "the access token does not hold: get a new one, or show client_id and client_secret",
        ));
    };
    take(issuer, &identity, &form.proof)?;
    if !identity.scopes.has(Scope::TokensRead) {
        return Err(OAuthError::UnauthorizedClient("the token lacks the scope tokens:read"));
    }
    issuer.usage.take(identity.organization_id, Metric::Calls, identity.limits().max_calls_per_day).await?;
    Ok(identity)
}

/// Counts the request as that of a client who proved itself.
fn take(issuer: &TokenIssuer, identity: &Actor, proof: &Proof) -> Result<(), OAuthError> {
    let taken = counted(&issuer.throttle, identity);
    proof.note(taken.as_ref().ok().copied().flatten());
    taken?;
    Ok(())
}

fn credentials(headers: &HeaderMap, form: &Form) -> Result<(String, Secret), OAuthError> {
    let in_body = (form.get("client_id"), form.get("client_secret"));
    match (headers.typed_get::<Authorization<Basic>>(), in_body) {
        (Some(_), (_, Some(_))) => {
            Err(OAuthError::InvalidRequest("the client shows its secret twice: by Basic and in the body".to_owned()))
        }
        (Some(basic), (named, None)) => {
            let (id, secret) = (decoded(basic.username()), decoded(basic.password()));
            if named.is_some_and(|named| named != id) {
                return Err(OAuthError::InvalidRequest("client_id differs from the one in Authorization".to_owned()));
            }
            Ok((id, Secret::given(secret)))
        }
        (None, (Some(id), Some(secret))) => Ok((id.to_owned(), Secret::given(secret.to_owned()))),
        (None, _) => Err(OAuthError::InvalidClient(
            "no client has shown itself: send client_id and client_secret, by Basic or in the body",
        )),
    }
}

/// Both halves are encoded as a form before Basic encodes them again.
fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}
