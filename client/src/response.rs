//! Responses: head, body and decoding.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{ETAG, RETRY_AFTER};
use http::{HeaderMap, HeaderName, StatusCode};
use serde::de::DeserializeOwned;

use crate::{ETag, Error, Result};

/// Header with the request ID, as in the API's log.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Status and headers of a response.
#[derive(Clone, Debug)]
pub(crate) struct ResponseHead {
    pub(crate) status: StatusCode,
    pub(crate) request_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) etag: Option<ETag>,
}

/// Response with its body. Has no `Debug`: the body may contain secrets.
pub(crate) struct Response {
    pub(crate) head: ResponseHead,
    body: Bytes,
}

impl ResponseHead {
    pub(crate) fn new(response: &reqwest::Response) -> Self {
        let headers = response.headers();
        Self {
            status: response.status(),
            request_id: text(headers, &REQUEST_ID),
            // Seconds only: the API sends no HTTP dates, which RFC 9110, section 10.2.3, also allows.
            retry_after: text(headers, &RETRY_AFTER).and_then(|text| text.parse().ok()).map(Duration::from_secs),
            etag: text(headers, &ETAG).map(ETag::new),
        }
    }

    fn decode_error(&self, reason: impl Into<String>) -> Error {
        Error::Decode { status: self.status, request_id: self.request_id.clone(), reason: reason.into() }
    }
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

impl Response {
    /// Reads the whole body, up to `max_bytes` after decompression. A longer body fails at once, by `Content-Length` or
    /// at the first chunk beyond the limit, and closes the connection.
    pub(crate) async fn read(mut response: reqwest::Response, max_bytes: usize) -> Result<Self> {
        let head = ResponseHead::new(&response);
        let too_long = || head.decode_error(format!("the body exceeds {max_bytes} bytes"));
        if response.content_length().is_some_and(|length| length > max_bytes as u64) {
            return Err(too_long());
        }
        let mut body = BytesMut::new();
        while let Some(part) = response.chunk().await? {
            if part.len() > max_bytes - body.len() {
                return Err(too_long());
            }
            body.extend_from_slice(&part);
        }
        Ok(Self { head, body: body.freeze() })
    }

    /// Converts an error response into an [`Error`].
    pub(crate) fn into_error(self) -> Error {
        Error::from_response(self.head, &self.body)
    }

    /// Decodes the body as JSON. Errors name the position and path only, never the content: it may be a secret.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T> {
        // Tracking the path doubles the cost of decoding, so only a failed body is decoded with it.
        if let Ok(value) = serde_json::from_slice(&self.body) {
            return Ok(value);
        }
        let mut deserializer = serde_json::Deserializer::from_slice(&self.body);
        serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            let inner = error.inner();
            let (line, column) = (inner.line(), inner.column());
            let reason = match inner.classify() {
                serde_json::error::Category::Data => {
                    format!("`{}` has an unexpected value or type (line {line}, column {column})", error.path())
                }
                _ => format!("the body is not JSON (line {line}, column {column})"),
            };
            self.head.decode_error(reason)
        })
    }

    /// Decodes the body as UTF-8.
    pub(crate) fn text(&self) -> Result<String> {
        String::from_utf8(self.body.to_vec()).map_err(|_| self.head.decode_error("the body is not UTF-8"))
    }
}
