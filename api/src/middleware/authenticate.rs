//! Who a request is, how often it may come, and what it uses up.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{OriginalUri, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::actor::Actor;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::json;
use store::audit::Entry;
use store::credentials;
use web::client_address::ClientAddress;
use web::rate_limit::Allowance;
use web::request_id::RequestId;

use crate::error::ApiError;
use crate::extract::caller::Authentication;
use crate::identity::Authenticator;
use crate::limits::Key;
use crate::state::App;
use crate::throttle::Throttle;
use crate::usage::Metric;

/// Calls by all sessions of an organization, from midnight to midnight UTC.
const SESSION_CALLS_PER_DAY: u32 = 5_000;

/// The layer.
pub async fn authenticate(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let ClientAddress(address) = ClientAddress::of(&parts.extensions);
    let authentication = match known(&app.authenticator(), &parts.headers).await {
        Ok(authentication) => authentication,
        Err(error) => return error.into_response(),
    };
    let taken = match take(&app, &authentication, address).await {
        Ok(taken) => taken,
        Err(error) => return error.into_response(),
    };
    let id = parts.extensions.get::<RequestId>().map(|id| id.as_str().to_owned()).unwrap_or_default();
    let (method, path) = (parts.method.clone(), path(&parts));
    parts.extensions.insert(authentication.clone());
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Authentication::Known(identity) = &authentication
        && response.status().is_success()
        && !identity.has_called
        && let Err(error) = first_call(&app, identity, method.as_str(), &path, &id).await
    {
        return error.into_response();
    }
    // A narrower limit that refused it has told of itself.
    if let Some(taken) = taken.filter(|_| !response.headers().contains_key("ratelimit")) {
        taken.write_headers(response.headers_mut());
    }
    response
}

fn path(parts: &http::request::Parts) -> String {
    parts.extensions.get::<OriginalUri>().map_or(parts.uri.path(), |uri| uri.0.path()).to_owned()
}

/// Who it is, by what stands in `Authorization: Bearer`.
pub(super) async fn known(authenticator: &Authenticator, headers: &HeaderMap) -> Result<Authentication, ApiError> {
    let Some(value) = once(headers, &AUTHORIZATION, "Authorization")? else { return Ok(Authentication::None) };
    let Some((scheme, token)) = value.to_str().ok().and_then(|text| text.split_once(' ')) else {
        return Ok(Authentication::None);
    };
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Ok(Authentication::None);
    }
    Ok(match authenticator.by_bearer(token.trim()).await? {
        Ok(identity) => Authentication::Known(Arc::new(identity)),
        Err(fault) => Authentication::Refused(fault),
    })
}

/// A header that may be there once: of two, nobody could say which one counts.
pub(super) fn once<'a>(
    headers: &'a HeaderMap,
    header: &HeaderName,
    spelling: &str,
) -> Result<Option<&'a HeaderValue>, ApiError> {
    let mut all = headers.get_all(header).iter();
    match (all.next(), all.next()) {
        (_, Some(_)) => Err(ApiError::wrong(spelling, "is there twice: send this header once")),
        (one, None) => Ok(one),
    }
}

/// Counts the request, by whatever it can be counted by.
async fn take(app: &App, authentication: &Authentication, address: IpAddr) -> Result<Option<Allowance>, ApiError> {
    let Authentication::Known(identity) = authentication else {
        return app.limits.take(Key::Address(address)).map(Some);
    };
    let taken = counted(&app.throttle(), identity)?;
    let most = identity.limits().max_calls_per_day.filter(|_| taken.is_some());
    // Who looks at a portal's pages uses up nothing of what programs have.
    let (metric, most) = match identity.session_id {
        Some(_) => (Metric::SessionCalls, most.map(|_| SESSION_CALLS_PER_DAY)),
        None => (Metric::Calls, most),
    };
    app.usage.take(identity.organization_id, metric, most).await?;
    Ok(taken)
}

/// Counts a request of somebody who proved himself, and gives what is left of the limit that is nearer. For some, there
/// is none.
pub(crate) fn counted(throttle: &Throttle, identity: &Actor) -> Result<Option<Allowance>, ApiError> {
    if identity.is_unlimited() {
        return Ok(None);
    }
    let tenant = throttle.take(Key::Tenant(identity.organization_id))?;
    let credential = match identity.credential_id {
        Some(credential) => throttle.take(Key::Credential(credential))?,
        None => tenant,
    };
    Ok(Some(if credential.remaining < tenant.remaining { credential } else { tenant }))
}

/// The first successful call of a credential is an event of the audit trail.
async fn first_call(app: &App, identity: &Actor, method: &str, path: &str, id: &str) -> Result<(), ApiError> {
    let Some(credential) = identity.credential_id else { return Ok(()) };
    let metadata = json!({ "credentialId": credential, "method": method, "path": path, "requestId": id });
    let entry = Entry::by(identity, identity.agent_id, "api.first_call", metadata);
    let now = app.clock.now();
    Ok(credentials::record_first_call(&app.store, credential, now, entry).await?)
}
