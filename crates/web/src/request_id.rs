//! Every request has an id: the proxy's, if it sent a plausible one, else a new one (UUID version 7, RFC 9562).

use bytes::Bytes;
use http::header::{HeaderName, InvalidHeaderValue};
use http::{HeaderMap, HeaderValue};
use uuid::Uuid;

/// The header that carries it, in both directions.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// An id: 8 to 64 letters, digits, hyphens or underscores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(Bytes);

impl RequestId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        // Only ASCII is ever put in.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl TryFrom<RequestId> for HeaderValue {
    type Error = InvalidHeaderValue;

    fn try_from(id: RequestId) -> Result<Self, InvalidHeaderValue> {
        Self::from_maybe_shared(id.0)
    }
}

/// The id of a request.
pub fn of(headers: &HeaderMap) -> RequestId {
    let given = headers.get(HEADER).filter(|value| is_plausible(value.as_bytes()));
    match given {
        Some(value) => RequestId(Bytes::copy_from_slice(value.as_bytes())),
        None => {
            let mut text = [0; uuid::fmt::Hyphenated::LENGTH];
            Uuid::now_v7().hyphenated().encode_lower(&mut text);
            RequestId(Bytes::copy_from_slice(&text))
        }
    }
}

/// What can go into a log and a header as it is.
fn is_plausible(id: &[u8]) -> bool {
    (8..=64).contains(&id.len()) && id.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plausible_id_is_kept_and_any_other_replaced() {
        let id = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(HEADER, HeaderValue::from_str(value).expect("a header"));
            of(&headers).as_str().to_owned()
        };
        assert_eq!(id("proxy-0123_4567"), "proxy-0123_4567");
        for wrong in ["short", "has space in it", "quote\"12345678", &"a".repeat(65)] {
            assert_eq!(id(wrong).len(), 36, "{wrong}");
        }
        assert_ne!(of(&HeaderMap::new()), of(&HeaderMap::new()));
    }
}
