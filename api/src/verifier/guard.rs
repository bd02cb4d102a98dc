//! Guard: resolves the host of a URL once and checks its addresses.

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;
use url::{Host, Url};

use super::VerifierError;
use super::address::special;
use super::names::Names;
use crate::config::Claims;

/// Port of https.
const HTTPS: u16 = 443;

/// Guard.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    allow: Vec<IpNet>,
    /// Port of https in networks allowed by the operator.
    https_port: u16,
    /// Suffixes of refused names, without a leading dot.
    refuse: Vec<String>,
    pub(super) names: Names,
}

impl Guard {
    pub(super) fn new(settings: &Claims, names: Names) -> Self {
        let refuse = settings.verifier_refuse.iter().map(|name| ascii_name(name.trim().trim_matches('.')));
        let refuse = refuse.filter(|name| !name.is_empty()).collect();
        Self { allow: settings.verifier_allow.clone(), https_port: settings.verifier_https_port, refuse, names }
    }

    /// Rejects names that the operator refuses, with all names below them.
    pub(super) fn check_name(&self, name: &str) -> Result<(), VerifierError> {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        let is_refused = |suffix: &String| {
            name.strip_suffix(suffix.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        if self.refuse.iter().any(is_refused) { Err(VerifierError::Refused(name)) } else { Ok(()) }
    }

    /// Resolves a URL to sockets, all of which are allowed. One disallowed address rejects all.
    pub(super) async fn sockets(&self, url: &Url) -> Result<Vec<SocketAddr>, VerifierError> {
        let host = host_of(url)?;
        let (addresses, name) = match host {
            Host::Ipv4(address) => (vec![IpAddr::V4(address)], None),
            Host::Ipv6(address) => (vec![IpAddr::V6(address)], None),
            Host::Domain(name) => {
                self.check_name(name)?;
                (self.names.addresses(name).await?, Some(name))
            }
        };
        if addresses.is_empty() {
            let name = name.unwrap_or_default().to_owned();
            return Err(VerifierError::NoRecord { name, kind: "A or AAAA" });
        }
        addresses.into_iter().map(|address| self.socket(address, url.port(), name)).collect()
    }

    /// Returns the socket of an IP address, if allowed.
    fn socket(&self, address: IpAddr, port: Option<u16>, name: Option<&str>) -> Result<SocketAddr, VerifierError> {
        if self.allow.iter().any(|network| network.contains(&address)) {
            return Ok(SocketAddr::new(address, port.unwrap_or(self.https_port)));
        }
        if let Some(special) = special(address) {
            return Err(VerifierError::Special { address, special, host: name.map(str::to_owned) });
        }
        match port {
            None | Some(HTTPS) => Ok(SocketAddr::new(address, HTTPS)),
            Some(port) => Err(VerifierError::Port(port)),
        }
    }
}

/// Returns a name in the form that it has in URLs: lowercase, in ASCII.
fn ascii_name(name: &str) -> String {
    match Host::parse(name) {
        Ok(Host::Domain(ascii)) => ascii,
        _ => name.to_ascii_lowercase(),
    }
}

/// Returns the host of a fetchable URL. The parser (WHATWG URL) has already normalized decimal, hexadecimal, octal,
/// short and full-width spellings of IP addresses.
pub(super) fn host_of(url: &Url) -> Result<Host<&str>, VerifierError> {
    if url.scheme() != "https" {
        return Err(VerifierError::NotHttps(url.to_string()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(VerifierError::UserInfo(url.to_string()));
    }
    url.host().ok_or_else(|| VerifierError::NotHttps(url.to_string()))
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use proptest::prelude::*;

    use super::*;

    /// Guard with an unreachable DNS server.
    fn guard(allow: &[&str]) -> Guard {
        let allow = allow.iter().map(|network| network.parse().expect("a network")).collect();
        let names = Names::new(Some(SocketAddr::from(([127, 0, 0, 1], 9))));
        let settings = Claims {
            verifier_allow: allow,
            verifier_refuse: vec![
                ".Corp.example.".to_owned(),
                " refused.example".to_owned(),
                "b\u{fc}cher.example".to_owned(),
                String::new(),
            ],
            verifier_roots: None,
            verifier_dns: None,
            verifier_https_port: 8443,
        };
        Guard::new(&settings, names)
    }

    fn resolve(guard: &Guard, url: &str) -> Result<Vec<SocketAddr>, VerifierError> {
        let url = Url::parse(url).map_err(|_| VerifierError::NotHttps(url.to_owned()))?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(guard.sockets(&url))
    }

    #[test]
    fn refused_names_are_rejected_with_all_names_below_them() {
        let guard = guard(&[]);
        for name in
            ["corp.example", "a.corp.example", "A.B.Corp.Example.", "refused.example", "x.xn--bcher-kva.example"]
        {
            assert!(matches!(guard.check_name(name), Err(VerifierError::Refused(_))), "{name}");
        }
        for name in ["notcorp.example", "corp.example.org", "example"] {
            assert_eq!(guard.check_name(name), Ok(()), "{name}");
        }
        assert!(matches!(resolve(&guard, "https://x.corp.example/"), Err(VerifierError::Refused(_))));
    }

    #[test]
    fn callers_cannot_tell_why_a_host_may_not_be_reached() {
        let (name, host) = ("a.example".to_owned(), Some("a.example".to_owned()));
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let special = special(address).expect("a special address");
        let words: Vec<String> = [
            VerifierError::Special { address, special, host },
            VerifierError::Refused(name.clone()),
            VerifierError::NoRecord { name: name.clone(), kind: "A or AAAA" },
            VerifierError::Names { name, reason: "SERVFAIL".to_owned() },
        ]
        .iter()
        .map(VerifierError::for_caller)
        .collect();
        assert!(
            words.iter().all(|one| *one == words[0] && !one.contains("127") && !one.contains("SERVFAIL")),
            "{words:?}"
        );
    }

    #[test]
    fn special_addresses_are_rejected_in_every_spelling() {
        let guard = guard(&[]);
        for (host, message) in [
            ("127.0.0.1", "127.0.0.1 is a loopback address"),
            ("2130706433", "127.0.0.1 is a loopback address"),
            ("0x7f000001", "127.0.0.1 is a loopback address"),
            ("0x7f.1", "127.0.0.1 is a loopback address"),
            ("0177.0.0.1", "127.0.0.1 is a loopback address"),
            ("017700000001", "127.0.0.1 is a loopback address"),
            ("127.1", "127.0.0.1 is a loopback address"),
            ("127.0.0.1.", "127.0.0.1 is a loopback address"),
            ("１２７.0.0.1", "127.0.0.1 is a loopback address"),
            ("127。0。0。1", "127.0.0.1 is a loopback address"),
            ("%31%32%37.0.0.1", "127.0.0.1 is a loopback address"),
            ("10.0.0.1", "10.0.0.1 is a private address"),
            ("192.168.1.1", "192.168.1.1 is a private address"),
            ("169.254.169.254", "169.254.169.254 is a link-local address"),
            ("100.100.100.200", "100.100.100.200 is a carrier-grade NAT address"),
            ("0", "0.0.0.0 is the unspecified address"),
            ("255.255.255.255", "255.255.255.255 is the broadcast address"),
            ("[::]", ":: is the unspecified address"),
            ("[::1]", "::1 is a loopback address"),
            ("[::ffff:127.0.0.1]", "::ffff:127.0.0.1 is an IPv4-mapped address"),
            ("[::ffff:7f00:1]", "::ffff:127.0.0.1 is an IPv4-mapped address"),
            ("[::127.0.0.1]", "::7f00:1 is an IPv4-compatible address"),
            ("[64:ff9b::10.0.0.1]", "64:ff9b::a00:1 is a NAT64 address of a non-public address"),
            ("[2002:a00:1::]", "2002:a00:1:: is a 6to4 address"),
            ("[2001:0:1::]", "2001:0:1:: is a Teredo address"),
            ("[fd00:ec2::254]", "fd00:ec2::254 is a unique local address"),
            ("[fe80::1]", "fe80::1 is a link-local address"),
        ] {
            let error = resolve(&guard, &format!("https://{host}/")).expect_err(host);
            assert_eq!(error.to_string(), message, "{host}");
        }
    }

    #[test]
    fn urls_other_than_plain_https_are_rejected() {
        let guard = guard(&[]);
        for (url, message) in [
            ("http://1.1.1.1/", "http://1.1.1.1/ is not an https URL"),
            ("ftp://1.1.1.1/", "ftp://1.1.1.1/ is not an https URL"),
            ("file:///etc/passwd", "file:///etc/passwd is not an https URL"),
            ("https://a@1.1.1.1/", "https://a@1.1.1.1/ contains a user name"),
            ("https://1.1.1.1:8443/", "port 8443 is not allowed; use 443"),
            ("https://1.1.1.1:80/", "port 80 is not allowed; use 443"),
        ] {
            assert_eq!(resolve(&guard, url).expect_err(url).to_string(), message);
        }
        let public = SocketAddr::from(([1, 1, 1, 1], 443));
        assert_eq!(resolve(&guard, "https://1.1.1.1/"), Ok(vec![public]));
        assert_eq!(resolve(&guard, "https://1.1.1.1:443/"), Ok(vec![public]));
    }

    #[test]
    fn only_allowed_networks_can_use_other_ports() {
        let guard = guard(&["127.0.0.1/32"]);
        assert_eq!(resolve(&guard, "https://127.0.0.1/"), Ok(vec![SocketAddr::from(([127, 0, 0, 1], 8443))]));
        assert_eq!(resolve(&guard, "https://127.0.0.1:99/"), Ok(vec![SocketAddr::from(([127, 0, 0, 1], 99))]));
        for rejected in ["https://127.0.0.2/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://1.1.1.1:8443/"]
        {
            assert!(resolve(&guard, rejected).is_err(), "{rejected}");
        }
        assert_eq!(resolve(&guard, "https://1.1.1.1/"), Ok(vec![SocketAddr::from(([1, 1, 1, 1], 443))]));
    }

    /// Spellings of one IPv4 address.
    fn spelling(address: Ipv4Addr, form: u8) -> String {
        let bits = u32::from(address);
        let [a, b, c, d] = address.octets();
        match form % 12 {
            0 => format!("{address}"),
            1 => format!("{bits}"),
            2 => format!("{bits:#x}"),
            3 => format!("0{bits:o}"),
            4 => format!("{a:#x}.{b:#x}.{c:#x}.{d:#x}"),
            5 => format!("0{a:o}.0{b:o}.0{c:o}.0{d:o}"),
            6 => format!("{a}.{}", bits & 0x00ff_ffff),
            7 => format!("{a}.{b}.{}", bits & 0xffff),
            8 => format!("{address}."),
            9 => address.to_string().replace('.', "%2E"),
            10 => format!("{a}.{b:#X}.{c}.0{d:o}"),
            _ => address
                .to_string()
                .chars()
                .map(|letter| match letter {
                    '0'..='9' => char::from_u32(u32::from(letter) - 0x30 + 0xff10).unwrap_or(letter),
                    other => other,
                })
                .collect(),
        }
    }

    proptest! {
        #[test]
        fn no_spelling_of_a_non_public_address_is_allowed(bits: u32, form: u8) {
            let address = Ipv4Addr::from(bits);
            let guard = guard(&[]);
            let found = resolve(&guard, &format!("https://{}/", spelling(address, form)));
            match special(address.into()) {
                Some(kind) => prop_assert_eq!(found, Err(VerifierError::Special { address: address.into(), special: kind, host: None })),
                None => prop_assert_eq!(found, Ok(vec![SocketAddr::from((address, 443))])),
            }
        }

        #[test]
        fn any_host_resolves_to_public_addresses_or_fails(
            host in "(\\[[0-9a-f:.]{2,24}\\]|[0-9a-fx.]{1,20}|[0-9]{1,12}|[%0-9A-Fa-f.]{1,16})", rest in "(:[0-9]{1,5})?(/[a-z@]{0,5})?",
        ) {
            // Digits only, so that no DNS query is made.
            let Ok(url) = Url::parse(&format!("https://{host}{rest}")) else { return Ok(()) };
            if !matches!(url.host(), Some(Host::Ipv4(_) | Host::Ipv6(_))) {
                return Ok(());
            }
            for socket in resolve(&guard(&[]), url.as_str()).unwrap_or_default() {
                prop_assert!(special(socket.ip()).is_none() && socket.port() == 443, "{url} resolves to {socket}");
            }
        }

        #[test]
        fn an_ipv6_host_is_classified_by_its_address(bits: u128) {
            let address = Ipv6Addr::from(bits);
            let found = resolve(&guard(&[]), &format!("https://[{address}]/"));
            prop_assert_eq!(found.is_ok(), special(address.into()).is_none());
        }
    }
}
