//! Request IDs: that of a trusted proxy if it is valid, or else a new UUID of version 7 (RFC 9562).

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use ipnet::IpNet;
use uuid::Uuid;

use crate::client_address::Peer;

/// Header with the ID, in requests and responses.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// A request ID: 8 to 64 letters, digits, hyphens or underscores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(Bytes);

impl RequestId {
    /// Returns the ID of a request: the one in its headers if a trusted proxy sent it, or a new one. Anyone else could
    /// choose the ID of another request and confuse whoever reads the log.
    pub fn of(peer: Peer, headers: &HeaderMap, trusted: &[IpNet]) -> Self {
        let is_trusted = peer.is_in(trusted);
        let received = headers.get(HEADER).filter(|value| is_trusted && is_plausible(value.as_bytes()));
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

    fn id_from(peer: &str, value: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(HEADER, HeaderValue::from_str(value).expect("a header"));
        let peer = Peer(peer.parse().expect("an address"));
        RequestId::of(peer, &headers, &["10.0.0.0/8".parse().expect("a network")]).as_str().to_owned()
    }

    fn new_id() -> RequestId {
        RequestId::of(Peer([10, 0, 0, 1].into()), &HeaderMap::new(), &[])
    }

    #[test]
    fn valid_request_ids_of_trusted_proxies_are_kept_and_others_replaced() {
        let id = |value: &str| id_from("10.0.0.1", value);
        assert_ne!(id_from("192.0.2.1", "proxy-0123_4567"), "proxy-0123_4567", "not a trusted proxy");
        assert_eq!(id("proxy-0123_4567"), "proxy-0123_4567");
        for wrong in ["short", "has space in it", "quote\"12345678", &"a".repeat(65)] {
            assert_eq!(id(wrong).len(), 36, "{wrong}");
        }
        assert_ne!(new_id(), new_id());
    }

    #[test]
    fn the_response_header_contains_the_request_id() {
        let (id, mut headers) = (new_id(), HeaderMap::new());
        id.clone().write_header(&mut headers);
        assert_eq!(headers[HEADER], id.as_str());
    }
}
