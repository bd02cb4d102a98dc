//! Calls with an `Idempotency-Key`, for handlers that create something.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::FromRequestParts;
use axum::response::Response;
use http::request::Parts;
use store::idempotency::{IdempotentCall, SealedCall};

use crate::error::ApiError;
use crate::json_response::JsonResponse;

/// Call with its key, inserted by the middleware.
#[derive(Clone)]
pub struct KeyedCall {
    /// Call.
    pub call: IdempotentCall,
    /// `Idempotency-Key`, which encrypts the stored response.
    pub key: String,
}

impl std::fmt::Debug for KeyedCall {
    // The key decrypts the stored response, so it is not printed.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("KeyedCall").field("call", &self.call).finish_non_exhaustive()
    }
}

/// Call that may have an `Idempotency-Key`.
#[derive(Clone, Debug)]
pub struct Idempotent(Option<KeyedCall>);

impl<S: Send + Sync> FromRequestParts<S> for Idempotent {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self(parts.extensions.get().cloned()))
    }
}

impl Idempotent {
    /// Runs a use case and responds with its result. With an `Idempotency-Key`, the response is built and stored within
    /// the transaction of the use case: once anything is committed, a repeated call gets the same response.
    ///
    /// # Errors
    ///
    /// Errors of the use case, which commits nothing then.
    pub async fn run<T, W>(
        self,
        respond: impl FnOnce(&T) -> Result<JsonResponse, ApiError> + Send + 'static,
        work: impl FnOnce(Option<SealedCall<T>>) -> W,
    ) -> Result<Response, ApiError>
    where
        W: Future<Output = Result<T, ApiError>>,
    {
        let Some(KeyedCall { call, key }) = self.0 else {
            return respond(&work(None).await?).map(JsonResponse::into);
        };
        let slot = Arc::new(Mutex::new(None));
        let built = Arc::clone(&slot);
        let sealed = SealedCall::new(call, move |result| {
            let response = respond(result).map_err(|error| error.to_string())?;
            let sealed = response.seal(&key).map_err(|error| error.to_string())?;
            *built.lock().unwrap_or_else(PoisonError::into_inner) = Some(response);
            Ok(sealed)
        });
        work(Some(sealed)).await?;
        let response = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
        response.map(JsonResponse::into).ok_or_else(|| ApiError::internal("a write without a response"))
    }
}
