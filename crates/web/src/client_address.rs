//! Client IP addresses: the peer of the connection or, behind trusted proxies, the address in `X-Forwarded-For`.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};

use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{Extensions, HeaderMap};
use ipnet::IpNet;

/// Peer of a connection. The accept loop's service inserts it into each request's extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

impl Peer {
    /// Peer of a request that came through no connection, as in tests of a router.
    pub const UNKNOWN: Self = Self(IpAddr::V4(Ipv4Addr::UNSPECIFIED));

    /// Returns true if the peer is in one of some networks.
    pub fn is_in(self, networks: &[IpNet]) -> bool {
        let address = self.0.to_canonical();
        networks.iter().any(|network| network.contains(&address))
    }
}

/// IP address of the client, as an extractor, once a layer has [inserted](Self::insert) it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// Determines the IP address of a request and inserts it into the request's extensions, for all later layers and
    /// handlers.
    pub fn insert(extensions: &mut Extensions, headers: &HeaderMap, trusted: &[IpNet]) -> Self {
        let address = match extensions.get::<Peer>() {
            Some(peer) => Self(client_address(*peer, headers, trusted)),
            None => Self::UNKNOWN,
        };
        extensions.insert(address);
        address
    }

    /// Returns the inserted IP address. Requests without one share an unspecified address, and with it their rate
    /// limits.
    pub fn of(extensions: &Extensions) -> Self {
        extensions.get().copied().unwrap_or(Self::UNKNOWN)
    }

    const UNKNOWN: Self = Self(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
}

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.extensions))
    }
}

/// Determines the client's IP address. `X-Forwarded-For` is read from its end, which the nearest proxy wrote, and only
/// through trusted proxies: anyone can forge the entries before. The header is read as bytes, so that a forged
/// non-ASCII byte can't hide the entries that a proxy added to the same line.
pub fn client_address(peer: Peer, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer.0.to_canonical();
    let forwarded =
        headers.get_all("x-forwarded-for").into_iter().flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    let forwarded: Vec<&[u8]> = forwarded.collect();
    for entry in forwarded.into_iter().rev() {
        if !is_trusted(&client) {
            break;
        }
        let address = std::str::from_utf8(entry).ok().and_then(|text| text.trim().parse::<IpAddr>().ok());
        let Some(address) = address else { break };
        client = address.to_canonical();
    }
    client
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn client(peer: &str, forwarded: &[&[u8]]) -> String {
        let trusted: Vec<IpNet> =
            ["10.0.0.0/8", "127.0.0.1/32"].iter().map(|net| net.parse().expect("a network")).collect();
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_bytes(line).expect("a header"));
        }
        client_address(Peer(peer.parse().expect("an address")), &headers, &trusted).to_string()
    }

    #[test]
    fn forwarded_addresses_are_accepted_only_from_trusted_proxies() {
        assert_eq!(client("203.0.113.9", &[b"198.51.100.1"]), "203.0.113.9", "the peer is not a trusted proxy");
        assert_eq!(client("127.0.0.1", &[b"198.51.100.1"]), "198.51.100.1");
        assert_eq!(
            client("127.0.0.1", &[b"6.6.6.6, 198.51.100.1, 10.1.1.1"]),
            "198.51.100.1",
            "the first address is forged"
        );
        assert_eq!(client("127.0.0.1", &[b"6.6.6.6", b"198.51.100.1, 10.1.1.1"]), "198.51.100.1");
        assert_eq!(client("127.0.0.1", &[b"nonsense"]), "127.0.0.1");
        assert_eq!(client("::ffff:127.0.0.1", &[b"2001:db8::1"]), "2001:db8::1");
    }

    #[test]
    fn non_ascii_bytes_do_not_hide_addresses_appended_by_a_proxy() {
        assert_eq!(client("127.0.0.1", &[b"\xff, 198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("127.0.0.1", &["ä, 198.51.100.1, 10.1.1.1".as_bytes()]), "198.51.100.1");
        assert_eq!(client("127.0.0.1", &[b"198.51.100.1, \xff"]), "127.0.0.1", "no trusted proxy added an address");
    }

    #[test]
    fn the_client_address_is_stored_in_request_extensions() {
        let (mut extensions, mut headers) = (Extensions::new(), HeaderMap::new());
        assert_eq!(ClientAddress::of(&extensions), ClientAddress::UNKNOWN);
        headers.insert("x-forwarded-for", HeaderValue::from_static("198.51.100.1"));
        extensions.insert(Peer(IpAddr::from([10, 0, 0, 1])));
        let inserted = ClientAddress::insert(&mut extensions, &headers, &["10.0.0.0/8".parse().expect("a network")]);
        assert_eq!(inserted, ClientAddress(IpAddr::from([198, 51, 100, 1])));
        assert_eq!(ClientAddress::of(&extensions), inserted);
    }
}
