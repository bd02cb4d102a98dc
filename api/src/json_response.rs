//! Responses as bytes, which can be stored before they are sent.

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

use crate::error::ApiError;
use crate::sealed_response;

/// Response with a JSON body.
#[derive(Clone, Debug)]
pub struct JsonResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    has_secret: bool,
}

impl JsonResponse {
    /// Builds a response.
    ///
    /// # Errors
    ///
    /// [`ApiError::Internal`] if the body can't be written as JSON.
    pub fn new(status: StatusCode, body: &impl Serialize) -> Result<Self, ApiError> {
        let body = serde_json::to_vec(body).map_err(ApiError::internal)?.into();
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Ok(Self { status, headers, body, has_secret: false })
    }

    /// Builds a response with a secret: it is repeated for a short time only, so that a secret which was shown once is not
    /// shown again later.
    ///
    /// # Errors
    ///
    /// [`ApiError::Internal`] if the body can't be written as JSON.
    pub fn secret(status: StatusCode, body: &impl Serialize) -> Result<Self, ApiError> {
        Ok(Self { has_secret: true, ..Self::new(status, body)? })
    }

    /// Builds a response without a body.
    pub fn empty(status: StatusCode) -> Self {
        Self { status, headers: HeaderMap::new(), body: Bytes::new(), has_secret: false }
    }

    /// Adds a header.
    ///
    /// # Errors
    ///
    /// [`ApiError::Internal`] if the value can't be sent.
    pub fn with_header(mut self, name: HeaderName, value: &str) -> Result<Self, ApiError> {
        self.headers.insert(name, HeaderValue::from_str(value).map_err(ApiError::internal)?);
        Ok(self)
    }

    /// Encrypts the response under an `Idempotency-Key`.
    ///
    /// # Errors
    ///
    /// [`ApiError::Internal`] if the system has no random bytes.
    pub fn seal(&self, key: &str) -> Result<Vec<u8>, ApiError> {
        sealed_response::seal(key, self.status.as_u16(), &self.headers, &self.body, self.has_secret)
    }
}

impl From<JsonResponse> for Response {
    fn from(JsonResponse { status, headers, body, .. }: JsonResponse) -> Self {
        let mut response = Self::new(Body::from(body));
        (*response.status_mut(), *response.headers_mut()) = (status, headers);
        response
    }
}
