//! `Idempotency-Key`: the same call twice is done once, and answered twice.
//!
//! That a call was done is written with what it does, in one transaction: who asks again after the service was killed is
//! told that it was done, and nothing is done twice. The answer is kept for a day under an HMAC of caller, method, route and key, and sealed under a key that is derived
//! from the Idempotency-Key itself: it may hold a secret, and the database alone must not open it.

mod seal;

use std::sync::Arc;

use aws_lc_rs::digest;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::secret::Secret;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use store::idempotency::{self, IdempotentCall};
use web::client_address::ClientAddress;

use super::authenticate;
use crate::error::ApiError;
use crate::extract::caller::Authentication;
use crate::state::App;

/// The header.
pub const HEADER: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that an answer was given before.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// Largest body that is read, in bytes: that of every route.
const LARGEST: usize = 64 * 1024;

/// The layer.
pub async fn idempotency(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let key = match authenticate::once(request.headers(), &HEADER, "Idempotency-Key") {
        Ok(Some(key)) => key.clone(),
        Ok(None) => return next.run(request).await,
        Err(error) => return error.into_response(),
    };
    match once(&app, &key, request, next).await {
        Ok(response) => response,
        Err(error) => error.into_response(),
    }
}

async fn once(app: &Arc<App>, key: &HeaderValue, request: Request, next: Next) -> Result<Response, ApiError> {
    let key = key
        .to_str()
        .ok()
        .filter(|key| (22..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()));
    let key = key
        .ok_or_else(|| ApiError::wrong("Idempotency-Key", "has to be 22 to 255 characters: a random UUID does"))?
        .to_owned();
    let (mut parts, body) = request.into_parts();
    let caller = match parts.extensions.get::<Authentication>() {
        Some(Authentication::Known(identity)) => {
            let shown = identity.credential_id.map(|id| id.to_string()).or_else(|| identity.session_id.clone());
            format!("{} {} {}", identity.audit_id(), shown.unwrap_or_default(), identity.scopes)
        }
        _ => ClientAddress::of(&parts.extensions).0.to_string(),
    };
    let scope = Secret::given(format!("{caller}\n{}\n{}\n{key}", parts.method, parts.uri.path()));
    let id = app.keys.pepper().hash(&scope);
    let body = to_bytes(body, LARGEST).await.map_err(|_| ApiError::PayloadTooLarge)?;
    let body_hash = digest::digest(&digest::SHA256, &body).as_ref().to_vec();
    let alone = app.in_flight.lock_of(&id).lock_owned().await;
    if let Some(kept) = idempotency::find(&app.store, &id).await? {
        if kept.body_hash != body_hash {
            return Err(ApiError::IdempotencyKeyReused);
        }
        // Nobody else is at it here: whoever was has not come to its answer.
        return kept.response.map_or(Err(ApiError::AnswerLost), |sealed| replay(&key, sealed));
    }
    // In a task of its own: who goes away before the answer finds it kept when he asks again.
    let app = Arc::clone(app);
    let done = tokio::spawn(async move {
        let call = IdempotentCall { id, body_hash, at: app.clock.now_ms() };
        parts.extensions.insert(call.clone());
        let response = next.run(Request::from_parts(parts, Body::from(body))).await;
        let kept = if response.status().is_success() { keep(&app, &key, call, response).await } else { Ok(response) };
        drop(alone);
        kept
    });
    done.await.map_err(ApiError::internal)?
}

async fn keep(app: &App, key: &str, call: IdempotentCall, response: Response) -> Result<Response, ApiError> {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(ApiError::internal)?;
    let sealed = seal::seal(key, parts.status.as_u16(), &parts.headers, &body)?;
    idempotency::save_response(&app.store, call, sealed).await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn replay(key: &str, sealed: Vec<u8>) -> Result<Response, ApiError> {
    let (status, headers, body) = seal::open(key, sealed)?;
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
