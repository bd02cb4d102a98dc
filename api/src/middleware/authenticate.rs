//! Authentication, rate limits and daily quotas of requests.

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
use crate::identity::{Authenticator, Found};
use crate::limits::Key;
use crate::state::App;
use crate::throttle::Throttle;
use crate::usage::Metric;

/// Daily limit of calls by all sessions of an organization, per UTC day.
const SESSION_CALLS_PER_DAY: u32 = 5_000;

/// Middleware function.
pub async fn authenticate(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let ClientAddress(address) = ClientAddress::of(&parts.extensions);
    let authentication = match identify(&app.authenticator(), &parts.headers).await {
        Ok(authentication) => authentication,
        Err(error) => return error.into_response(),
    };
    let taken = match count_request(&app, &authentication, address).await {
        Ok(taken) => taken,
        Err(error) => return error.into_response(),
    };
    let id = parts.extensions.get::<RequestId>().map(|id| id.as_str().to_owned()).unwrap_or_default();
    let (method, path) = (parts.method.clone(), path(&parts));
    parts.extensions.insert(authentication.clone());
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Authentication::Authenticated(identity) = &authentication
        && response.status().is_success()
        && !identity.has_called
        && let Err(error) = record_first_call(&app, identity, method.as_str(), &path, &id).await
    {
        // The call is done: an error would make the caller repeat it. The next call is recorded instead.
        tracing::error!(%error, "could not record the first call of a credential");
    }
    // A stricter limit that rejected the request has set its own headers.
    if let Some(taken) = taken.filter(|_| !response.headers().contains_key("ratelimit")) {
        taken.write_headers(response.headers_mut());
    }
    response
}

fn path(parts: &http::request::Parts) -> String {
    parts.extensions.get::<OriginalUri>().map_or(parts.uri.path(), |uri| uri.0.path()).to_owned()
}

/// Authenticates a request by `Authorization: Bearer`.
pub(super) async fn identify(authenticator: &Authenticator, headers: &HeaderMap) -> Result<Authentication, ApiError> {
    let Some(value) = single_header(headers, &AUTHORIZATION, "Authorization")? else { return Ok(Authentication::None) };
    let Some((scheme, token)) = value.to_str().ok().and_then(|text| text.split_once(' ')) else {
        return Ok(Authentication::None);
    };
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Ok(Authentication::None);
    }
    Ok(match authenticator.find_by_bearer(token.trim()).await? {
        Ok(Found::Active(actor)) => Authentication::Authenticated(Arc::new(actor)),
        Ok(Found::Inactive(actor, status)) => Authentication::Inactive(Arc::new(actor), status),
        Err(fault) => Authentication::Invalid(fault),
    })
}

/// Returns a header that must not be repeated, since the effective value would be ambiguous.
pub(super) fn single_header<'a>(
    headers: &'a HeaderMap,
    header: &HeaderName,
    name: &str,
) -> Result<Option<&'a HeaderValue>, ApiError> {
    let mut all = headers.get_all(header).iter();
    match (all.next(), all.next()) {
        (_, Some(_)) => Err(ApiError::invalid_field(name, "is repeated; send this header once")),
        (one, None) => Ok(one),
    }
}

/// Counts the request against its limits.
async fn count_request(
    app: &App,
    authentication: &Authentication,
    address: IpAddr,
) -> Result<Option<Allowance>, ApiError> {
    let identity = match authentication {
        Authentication::Authenticated(identity) => identity,
        // Counts against the limits, but not as usage of an organization that can't act.
        Authentication::Inactive(identity, _) => return count_authenticated(&app.throttle(), identity),
        _ => return app.limits.take(Key::Address(address)).map(Some),
    };
    let taken = count_authenticated(&app.throttle(), identity)?;
    let limit = identity.limits().max_calls_per_day.filter(|_| taken.is_some());
    // Page views in a portal don't consume the quota of programs.
    let (metric, limit) = match identity.session_id {
        Some(_) => (Metric::SessionCalls, limit.map(|_| SESSION_CALLS_PER_DAY)),
        None => (Metric::Calls, limit),
    };
    app.usage.take(identity.organization_id, metric, limit).await?;
    Ok(taken)
}

/// Counts an authenticated request. Returns the state of the stricter limit, or `None` for exempt callers.
pub(crate) fn count_authenticated(throttle: &Throttle, identity: &Actor) -> Result<Option<Allowance>, ApiError> {
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

/// Records the first successful call of a credential in the audit trail.
async fn record_first_call(app: &App, identity: &Actor, method: &str, path: &str, id: &str) -> Result<(), ApiError> {
    let Some(credential) = identity.credential_id else { return Ok(()) };
    let metadata = json!({ "credentialId": credential, "method": method, "path": path, "requestId": id });
    let entry = Entry::by_actor(identity, identity.agent_id, "api.first_call", metadata);
    let now = app.clock.now();
    Ok(credentials::record_first_call(&app.store, credential, now, entry).await?)
}
