//! Client authentication at the token endpoints: Basic or body parameters (RFC 6749, section 2.3.1), or a bearer token
//! where that is enough.

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
use crate::identity::Found;
use crate::middleware::authenticate::count_authenticated;
use crate::middleware::clients::ClientRecord;
use crate::services::TokenIssuer;
use crate::usage::Metric;

const INVALID_CLIENT: &str = "Invalid client credentials, or the credential was revoked.";

/// Authenticates a client by its secret.
pub(super) async fn authenticate_client(
    issuer: &TokenIssuer,
    address: IpAddr,
    headers: &HeaderMap,
    form: &Form,
) -> Result<Found, OAuthError> {
    let (client_id, secret) = credentials(headers, form)?;
    let Some(found) = issuer.authenticator.find_by_secret(&client_id, &secret).await? else {
        issuer.throttle.take_failure(address)?;
        issuer.authenticator.record_rejection(&client_id, &secret).await?;
        return Err(OAuthError::InvalidClient(INVALID_CLIENT));
    };
    let (Found::Active(identity) | Found::Inactive(identity, _)) = &found;
    count_request(issuer, identity, &form.client_record)?;
    Ok(found)
}

/// Authenticates a client by its secret, or a caller by a token with `tokens:read`.
pub(super) async fn authenticate_client_or_token(
    issuer: &TokenIssuer,
    address: IpAddr,
    headers: &HeaderMap,
    form: &Form,
) -> Result<Actor, OAuthError> {
    let Some(Authorization(bearer)) = headers.typed_get::<Authorization<Bearer>>() else {
        let identity = match authenticate_client(issuer, address, headers, form).await? {
            Found::Active(identity) => identity,
            Found::Inactive(_, status) => return Err(OAuthError::InactiveOrganization(status)),
        };
        issuer.usage.take(identity.organization_id, Metric::Calls, identity.limits().max_calls_per_day).await?;
        return Ok(identity);
    };
    let Ok(Found::Active(identity)) = issuer.authenticator.find_by_bearer(bearer.token()).await? else {
        return Err(OAuthError::InvalidToken);
    };
    count_request(issuer, &identity, &form.client_record)?;
    if !identity.scopes.contains(Scope::TokensRead) {
        return Err(OAuthError::InsufficientScope(Scope::TokensRead));
    }
    issuer.usage.take(identity.organization_id, Metric::Calls, identity.limits().max_calls_per_day).await?;
    Ok(identity)
}

/// Counts the request of an authenticated client.
fn count_request(issuer: &TokenIssuer, identity: &Actor, client_record: &ClientRecord) -> Result<(), OAuthError> {
    let taken = count_authenticated(&issuer.throttle, identity);
    client_record.record(taken.as_ref().ok().copied().flatten());
    taken?;
    Ok(())
}

fn credentials(headers: &HeaderMap, form: &Form) -> Result<(String, Secret), OAuthError> {
    let in_body = (form.get("client_id"), form.get("client_secret"));
    match (headers.typed_get::<Authorization<Basic>>(), in_body) {
        (Some(_), (_, Some(_))) => Err(OAuthError::InvalidRequest(
            "The client secret was sent twice, by Basic authentication and in the body. Use one of them.".to_owned(),
        )),
        (Some(basic), (named, None)) => {
            let (id, secret) = (decode_form(basic.username()), decode_form(basic.password()));
            if named.is_some_and(|named| named != id) {
                return Err(OAuthError::InvalidRequest(
                    "The client_id differs from the one in Authorization.".to_owned(),
                ));
            }
            Ok((id, Secret::new(secret)))
        }
        (None, (Some(id), Some(secret))) => Ok((id.to_owned(), Secret::new(secret.to_owned()))),
        (None, _) => Err(OAuthError::InvalidClient(
            "Missing client authentication. Send client_id and client_secret by Basic authentication or in the body.",
        )),
    }
}

/// Decodes a half of Basic credentials, which are form-encoded first.
fn decode_form(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}
