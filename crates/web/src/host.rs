//! The `Host` header (RFC 9112, section 3.2).

use http::header::HOST;
use http::uri::Authority;
use http::{HeaderMap, Version};

/// Checks that a request has exactly one valid `Host`, as servers must. HTTP/1.0 has none. Returns words that complete
/// "the header Host …".
pub fn check(version: Version, headers: &HeaderMap) -> Result<(), &'static str> {
    let mut all = headers.get_all(HOST).iter();
    match (all.next(), all.next()) {
        (None, _) if version == Version::HTTP_10 => Ok(()),
        (None, _) => Err("is missing"),
        (Some(_), Some(_)) => Err("is repeated"),
        (Some(value), None) => {
            let authority = Authority::try_from(value.as_bytes()).ok();
            let is_valid = authority.is_some_and(|authority| {
                !authority.as_str().contains('@')
                    && !authority.host().is_empty()
                    && (authority.port().is_none() != has_port(authority.as_str()) || authority.port_u16().is_some())
            });
            if is_valid { Ok(()) } else { Err("is not a host name with an optional port") }
        }
    }
}

/// Returns true if something follows the colon after a host.
fn has_port(authority: &str) -> bool {
    let after_host = authority.rsplit_once(']').map_or(authority, |(_, rest)| rest);
    after_host.rsplit_once(':').is_some_and(|(_, port)| !port.is_empty())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn check_hosts(hosts: &[&str]) -> Result<(), &'static str> {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(HOST, HeaderValue::from_bytes(host.as_bytes()).expect("a header"));
        }
        check(Version::HTTP_11, &headers)
    }

    #[test]
    fn a_request_has_one_valid_host() {
        for host in ["localhost", "localhost:3000", "docs.example.com", "192.0.2.1:80", "[2001:db8::1]", "[::1]:8080"] {
            assert_eq!(check_hosts(&[host]), Ok(()), "{host}");
        }
        for host in ["", "user@host", "a b", "host:port", "host:99999", "a/b", "host\u{e4}", "[::1", "a,b c", ":80"] {
            assert!(check_hosts(&[host]).is_err(), "{host}");
        }
        assert_eq!(check_hosts(&[]), Err("is missing"));
        assert_eq!(check_hosts(&["a", "a"]), Err("is repeated"));
        assert_eq!(check(Version::HTTP_10, &HeaderMap::new()), Ok(()));
    }
}
