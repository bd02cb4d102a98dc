//! Parsers of settings, for clap's `value_parser`. Each error describes the expected form; `usage` adds the variable
//! and the value.

use std::convert::Infallible;
use std::fmt;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs as _};
use std::str::FromStr;

use ipnet::IpNet;
use url::Url;

/// A setting that may contain a secret: `Debug` prints four dots. Use clap's `hide_env_values` as well, to hide the
/// variable from `--help` and usage errors.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretSetting<T>(T);

impl<T> SecretSetting<T> {
    /// Wraps a value.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// Returns the value.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for SecretSetting<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("••••")
    }
}

impl FromStr for SecretSetting<String> {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

/// Parses an IP address and a port; for a host name, its first address.
pub fn socket_addr(text: &str) -> Result<SocketAddr, String> {
    let expected = "expected an IP address and a port, such as 127.0.0.1:3000 or [::1]:3000";
    let mut found = text.to_socket_addrs().map_err(|error| format!("{error}; {expected}"))?;
    found.next().ok_or_else(|| format!("the host name has no IP address; {expected}"))
}

/// Parses a network, or an IP address as a network of one.
pub fn network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let address = |_| text.parse::<IpAddr>().map(IpNet::from);
    text.parse::<IpNet>()
        .or_else(address)
        .map_err(|_| "expected an IP address or a network, such as 10.0.0.0/8 or ::1".to_owned())
}

/// Parses an http or https URL.
pub fn url(text: &str) -> Result<Url, String> {
    let expected = "expected a URL such as https://example.com/edit/main/content";
    let url = Url::parse(text).map_err(|error| format!("{error}; {expected}"))?;
    if matches!(url.scheme(), "http" | "https") { Ok(url) } else { Err(format!("the scheme is not http; {expected}")) }
}

/// Parses a URL to which paths are appended: http or https, without query and fragment.
pub fn base_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    url.filter(|url| url.query().is_none() && url.fragment().is_none())
        .ok_or_else(|| "expected a URL without a query, such as https://sentryagent.ai".to_owned())
}

/// Parses an origin: scheme (http or https), host and port only (RFC 6454).
pub fn origin(text: &str) -> Result<Url, String> {
    let is_origin =
        |url: &Url| url.path() == "/" && url.username().is_empty() && url.password().is_none() && url.host().is_some();
    base_url(text)
        .ok()
        .filter(is_origin)
        .ok_or_else(|| "expected an origin without a path, such as https://api.sentryagent.ai".to_owned())
}

/// Parses a log filter: a level, or targets with levels.
pub fn log_filter(text: &str) -> Result<String, String> {
    let filter = tracing_subscriber::EnvFilter::builder().parse(text);
    filter.map(|_| text.to_owned()).map_err(|error| format!("{error}; expected a level such as info or debug"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn socket_addresses_accept_hostnames_and_require_a_port() {
        assert_eq!(socket_addr("127.0.0.1:3000").map(|found| found.to_string()), Ok("127.0.0.1:3000".into()));
        assert!(socket_addr("localhost:3000").is_ok_and(|found| found.ip().is_loopback()));
        for wrong in ["3000", ":3000", "127.0.0.1", "127.0.0.1:66000", ""] {
            assert!(socket_addr(wrong).is_err_and(|said| said.contains("127.0.0.1:3000")), "{wrong}");
        }
    }

    #[test]
    fn only_http_urls_are_accepted() {
        assert!(url("javascript:alert(1)").is_err() && url("/x").is_err() && url("https://a.example/b").is_ok());
        assert!(base_url("https://a.example/b").is_ok());
        for wrong in ["/x", "ftp://a.example", "https://a.example/b?c", "https://a.example/b#c"] {
            assert!(base_url(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn trusted_proxies_are_addresses_or_networks() {
        assert_eq!(network(" 10.0.0.0/8 ").map(|net| net.to_string()), Ok("10.0.0.0/8".into()));
        assert_eq!(network("::1").map(|net| net.to_string()), Ok("::1/128".into()));
        assert!(network("localhost").is_err() && network("10.0.0.0/99").is_err());
    }

    #[test]
    fn origins_with_credentials_path_or_query_are_rejected() {
        assert!(origin("https://sentryagent.ai").is_ok());
        for wrong in ["sentryagent.ai", "https://a/b", "https://a?b", "ftp://a", "https://u:p@a", "https://:p@a"] {
            assert!(origin(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn log_filters_are_validated() {
        assert_eq!(log_filter("info,portal::access=off"), Ok("info,portal::access=off".into()));
        assert!(log_filter("info,portal=loud").is_err());
    }

    #[test]
    fn debug_output_of_secret_settings_is_redacted() {
        let setting: SecretSetting<String> = "smtps://user:hunter2@mail.example.com".parse().expect("a valid setting");
        assert_eq!(format!("{setting:?}"), "••••");
        assert!(setting.expose().contains("hunter2"));
    }
}
