//! Calls with an `Idempotency-Key`, for handlers that create something.

use axum::extract::FromRequestParts;
use http::request::Parts;
use store::idempotency::IdempotentCall;

use crate::error::ApiError;

/// The call's record, which the use case commits along with what it creates. `None` without an `Idempotency-Key`.
#[derive(Clone, Debug)]
pub struct Idempotent(pub Option<IdempotentCall>);

impl<S: Send + Sync> FromRequestParts<S> for Idempotent {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self(parts.extensions.get().cloned()))
    }
}
