//! Who asks: the connection's other end, or, behind proxies that the operator trusts, the one that they name.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use http::HeaderMap;
use http::request::Parts;
use ipnet::IpNet;

use crate::state::AppState;

/// The client's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, AppState(app): &AppState) -> Result<Self, Infallible> {
        Ok(Self(of(parts, &app.config.listen.trusted_proxies)))
    }
}

/// The client's address, of a request.
pub fn of(parts: &Parts, trusted: &[IpNet]) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
    behind_proxies(peer, &parts.headers, trusted)
}

/// `X-Forwarded-For` is read from its end, which the nearest proxy wrote, and only as far as trusted proxies reach: what
/// stands before that, anybody can write.
fn behind_proxies(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer.to_canonical();
    let forwarded =
        headers.get_all("x-forwarded-for").into_iter().flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    let forwarded: Vec<&[u8]> = forwarded.collect();
    for named in forwarded.into_iter().rev() {
        if !is_trusted(&client) {
            break;
        }
        let named = std::str::from_utf8(named).ok().and_then(|text| text.trim().parse::<IpAddr>().ok());
        let Some(named) = named else { break };
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
            behind_proxies(peer.parse().expect("an address"), &headers, &trusted).to_string()
        };
        assert_eq!(client("203.0.113.9", "198.51.100.1"), "203.0.113.9", "not a proxy of ours");
        assert_eq!(client("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.1.1.1"), "198.51.100.1", "the first one is forged");
        assert_eq!(client("127.0.0.1", "nonsense"), "127.0.0.1");
        assert_eq!(client("::ffff:127.0.0.1", "2001:db8::1"), "2001:db8::1");
    }
}
