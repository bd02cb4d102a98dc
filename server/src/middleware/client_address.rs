//! Who asks: the connection's other end, or, behind proxies that the operator trusts, the one that they name.

use std::net::IpAddr;

use http::HeaderMap;
use ipnet::IpNet;

/// The other end of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// The client's address. `X-Forwarded-For` is read from its end, which the nearest proxy wrote, and only as far as
/// trusted proxies reach: what stands before that, anybody can write.
pub fn client_address(peer: Peer, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer.0.to_canonical();
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for named in forwarded.into_iter().rev() {
        if !is_trusted(&client) {
            break;
        }
        let Ok(named) = named.trim().parse::<IpAddr>() else { break };
        client = named.to_canonical();
    }
    client
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed_and_only_what_they_wrote() {
        let trusted: Vec<IpNet> =
            ["10.0.0.0/8", "127.0.0.1/32"].iter().map(|net| net.parse().expect("a network")).collect();
        let client = |peer: &str, forwarded: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", forwarded.parse().expect("a header"));
            client_address(Peer(peer.parse().expect("an address")), &headers, &trusted).to_string()
        };
        assert_eq!(client("203.0.113.9", "198.51.100.1"), "203.0.113.9", "not a proxy of ours");
        assert_eq!(client("127.0.0.1", "198.51.100.1"), "198.51.100.1");
        assert_eq!(client("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.1.1.1"), "198.51.100.1", "the first one is forged");
        assert_eq!(client("127.0.0.1", "nonsense"), "127.0.0.1");
        assert_eq!(client("::ffff:127.0.0.1", "2001:db8::1"), "2001:db8::1");
    }
}
