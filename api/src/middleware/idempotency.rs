//! Idempotency: a repeated call with the same `Idempotency-Key` returns the first response.
//!
//! A call is recorded in the transaction of its effect, with its response: whenever the service stops, either both exist
//! or neither. Responses are stored for a day under an HMAC of caller, method, route and
//! key, encrypted under a key derived from the `Idempotency-Key` itself: a response may contain a secret, which the
//! database alone must not reveal.

use std::sync::Arc;

use aws_lc_rs::digest;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::retention::SECRET_REPLAY_MS;
use domain::secret::Secret;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use store::idempotency::{self, IdempotentCall};
use web::client_address::ClientAddress;

use super::authenticate;
use crate::error::ApiError;
use crate::extract::caller::Authentication;
use crate::extract::idempotent::KeyedCall;
use crate::sealed_response::{self, StoredResponse};
use crate::state::App;

/// Request header.
pub const HEADER: HeaderName = HeaderName::from_static("idempotency-key");
/// Response header of replayed responses.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// Limit of a request body, in bytes, as on every route.
const MAX_BODY_BYTES: usize = 64 * 1024;

/// Middleware function.
pub async fn idempotency(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let key = match authenticate::single_header(request.headers(), &HEADER, "Idempotency-Key") {
        Ok(Some(key)) => key.clone(),
        Ok(None) => return next.run(request).await,
        Err(error) => return error.into_response(),
    };
    match run_once(&app, &key, request, next).await {
        Ok(response) => response,
        Err(error) => error.into_response(),
    }
}

async fn run_once(app: &Arc<App>, key: &HeaderValue, request: Request, next: Next) -> Result<Response, ApiError> {
    let key = key
        .to_str()
        .ok()
        .filter(|key| (22..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()));
    let key = key
        .ok_or_else(|| {
            ApiError::invalid_field(
                "Idempotency-Key",
                "must be 22 to 255 printable ASCII characters, such as a random UUID",
            )
        })?
        .to_owned();
    let (mut parts, body) = request.into_parts();
    let caller = match parts.extensions.get::<Authentication>() {
        Some(Authentication::Authenticated(identity)) => {
            let authenticated_by =
                identity.credential_id.map(|id| id.to_string()).or_else(|| identity.session_id.clone());
            format!("{} {} {}", identity.audit_id(), authenticated_by.unwrap_or_default(), identity.scopes)
        }
        // Not as while the organization was active: no secret of that time is repeated.
        Some(Authentication::Inactive(identity, _)) => format!("inactive {}", identity.audit_id()),
        _ => ClientAddress::of(&parts.extensions).0.to_string(),
    };
    let scope = Secret::new(format!("{caller}\n{}\n{}\n{key}", parts.method, parts.uri.path()));
    let id = app.keys.pepper().hash(&scope);
    let body = to_bytes(body, MAX_BODY_BYTES).await.map_err(|_| ApiError::PayloadTooLarge)?;
    let body_hash = digest::digest(&digest::SHA256, &body).as_ref().to_vec();
    let lock = app.in_flight.lock_of(&id).lock_owned().await;
    if let Some(recorded) = idempotency::find(&app.store, &id).await? {
        if recorded.body_hash != body_hash {
            return Err(ApiError::IdempotencyKeyReused);
        }
        // An earlier version stored responses separately, and may have stopped before.
        let age = app.clock.now_ms() - recorded.at;
        return recorded.response.map_or(Err(ApiError::ResponseLost), |sealed| replay(&key, sealed, age));
    }
    // Runs in its own task: the lock is held until the call completes, even if the client disconnects.
    let app = Arc::clone(app);
    let task = tokio::spawn(async move {
        let call = IdempotentCall { id, body_hash, at: app.clock.now_ms() };
        parts.extensions.insert(KeyedCall { call, key });
        let response = next.run(Request::from_parts(parts, Body::from(body))).await;
        drop(lock);
        response
    });
    task.await.map_err(ApiError::internal)
}

/// Repeats a recorded response. `age` is in milliseconds.
fn replay(key: &str, sealed: Vec<u8>, age: i64) -> Result<Response, ApiError> {
    let StoredResponse { status, headers, body, has_secret } = sealed_response::open(key, sealed)?;
    if has_secret && age > SECRET_REPLAY_MS {
        return Err(ApiError::SecretNotRepeated);
    }
    let status = StatusCode::from_u16(status).map_err(ApiError::internal)?;
    let mut all = HeaderMap::new();
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            all.append(name, value);
        }
    }
    all.insert(REPLAYED, HeaderValue::from_static("true"));
    Ok((status, all, body).into_response())
}
