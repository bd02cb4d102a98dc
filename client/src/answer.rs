//! What came back.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{ETAG, RETRY_AFTER};
use http::{HeaderMap, HeaderName, StatusCode};
use serde::de::DeserializeOwned;

use crate::{ETag, Error, Result};

/// Identifies a request in the API's log.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What is known of an answer before its body.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) request_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) etag: Option<ETag>,
}

/// An answer with its body. It is never printed: its body may hold secrets.
pub(crate) struct Answer {
    pub(crate) head: Head,
    body: Bytes,
}

impl Head {
    pub(crate) fn of(response: &reqwest::Response) -> Self {
        let headers = response.headers();
        Self {
            status: response.status(),
            request_id: text(headers, &REQUEST_ID),
            // Seconds: the API writes no dates (RFC 9110, section 10.2.3, allows them).
            retry_after: text(headers, &RETRY_AFTER).and_then(|text| text.parse().ok()).map(Duration::from_secs),
            etag: text(headers, &ETAG).map(ETag::new),
        }
    }

    fn unreadable(&self, reason: impl Into<String>) -> Error {
        Error::Decode { status: self.status, request_id: self.request_id.clone(), reason: reason.into() }
    }
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

impl Answer {
    /// Reads the whole body, of at most `largest` bytes once it is unpacked. One that is longer is given up at once, and
    /// the connection with it: by what its head says, or by the first part that is too much.
    pub(crate) async fn read(mut response: reqwest::Response, largest: usize) -> Result<Self> {
        let head = Head::of(&response);
        let too_long = || head.unreadable(format!("its body is longer than {largest} bytes"));
        if response.content_length().is_some_and(|length| length > largest as u64) {
            return Err(too_long());
        }
        let mut body = BytesMut::new();
        while let Some(part) = response.chunk().await? {
            if part.len() > largest - body.len() {
                return Err(too_long());
            }
            body.extend_from_slice(&part);
        }
        Ok(Self { head, body: body.freeze() })
    }

    /// The error that it is.
    pub(crate) fn into_error(self) -> Error {
        Error::of(self.head, &self.body)
    }

    /// Its body as a value. What is told of a body that is none is where, never what: it may be a secret.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T> {
        // To know the path all the way costs as much again as reading: only what could not be read is read with it.
        if let Ok(value) = serde_json::from_slice(&self.body) {
            return Ok(value);
        }
        let mut deserializer = serde_json::Deserializer::from_slice(&self.body);
        serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            let inner = error.inner();
            let (line, column) = (inner.line(), inner.column());
            let reason = match inner.classify() {
                serde_json::error::Category::Data => {
                    format!("`{}` is not as expected (line {line}, column {column})", error.path())
                }
                _ => format!("it is no JSON (line {line}, column {column})"),
            };
            self.head.unreadable(reason)
        })
    }

    /// Its body as text.
    pub(crate) fn text(&self) -> Result<String> {
        String::from_utf8(self.body.to_vec()).map_err(|_| self.head.unreadable("it is no UTF-8"))
    }
}
