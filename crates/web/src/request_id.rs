//! Request IDs: that of the proxy if it is valid, or else a new UUID of version 7 (RFC 9562).

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

/// Header with the ID, in requests and responses.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// A request ID: 8 to 64 letters, digits, hyphens or underscores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(Bytes);

impl RequestId {
    /// Returns the ID of a request: the one in its headers, or a new one.
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let received = headers.get(HEADER).filter(|value| is_plausible(value.as_bytes()));
        match received {
            Some(value) => Self(Bytes::copy_from_slice(value.as_bytes())),
            None => {
                let mut text = [0; uuid::fmt::Hyphenated::LENGTH];
                Uuid::now_v7().hyphenated().encode_lower(&mut text);
                Self(Bytes::copy_from_slice(&text))
            }
        }
    }

    /// Returns the ID as text.
    pub fn as_str(&self) -> &str {
        // Only ASCII is ever stored.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Writes the ID into a response's headers.
    pub fn write_header(self, headers: &mut HeaderMap) {
        if let Ok(value) = HeaderValue::from_maybe_shared(self.0) {
            headers.insert(HEADER, value);
        }
    }
}

/// Returns true for an ID that can be written to logs and headers unescaped.
fn is_plausible(id: &[u8]) -> bool {
    (8..=64).contains(&id.len()) && id.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_request_ids_are_kept_and_others_replaced() {
        let id = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(HEADER, HeaderValue::from_str(value).expect("a header"));
            RequestId::from_headers(&headers).as_str().to_owned()
        };
        assert_eq!(id("proxy-0123_4567"), "proxy-0123_4567");
        for wrong in ["short", "has space in it", "quote\"12345678", &"a".repeat(65)] {
            assert_eq!(id(wrong).len(), 36, "{wrong}");
        }
        assert_ne!(RequestId::from_headers(&HeaderMap::new()), RequestId::from_headers(&HeaderMap::new()));
    }

    #[test]
    fn the_response_header_contains_the_request_id() {
        let (id, mut headers) = (RequestId::from_headers(&HeaderMap::new()), HeaderMap::new());
        id.clone().write_header(&mut headers);
        assert_eq!(headers[HEADER], id.as_str());
    }
}
