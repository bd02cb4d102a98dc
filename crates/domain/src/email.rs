//! Email addresses (RFC 5321).

use std::fmt;
use std::net::IpAddr;

use email_address::EmailAddress;
use serde::{Serialize, Serializer};
use url::Host;

use super::field::{InvalidValue, invalid};

/// Maximum length of an address, in bytes (RFC 5321, section 4.5.3.1.3, without the angle brackets).
const MAX_BYTES: usize = 254;

/// Email address. The domain is lowercase; the local part keeps its case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// Parses an address.
    pub fn parse(text: &str) -> Result<Self, InvalidValue> {
        let text = text.trim();
        if text.len() > MAX_BYTES {
            return invalid(format!("has {} bytes; the maximum is {MAX_BYTES}", text.len()));
        }
        match text.rsplit_once('@') {
            Some((local, domain)) if is_local_part(local) && is_domain(domain) && domain.contains('.') => {
                Ok(Self(format!("{local}@{}", domain.to_lowercase())))
            }
            _ => invalid("must be an email address such as ana@example.com"),
        }
    }

    /// Returns the address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the key that limits and uniqueness are based on: the address in ASCII lowercase. Other letters keep
    /// their case, since some map to ASCII.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

fn is_local_part(text: &str) -> bool {
    EmailAddress::is_valid_local_part(text)
}

/// Returns true for a domain in any script, or an IP address literal (RFC 5321, section 4.1.3).
fn is_domain(text: &str) -> bool {
    let literal = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    EmailAddress::is_valid_domain(text)
        || literal.parse::<IpAddr>().is_ok()
        || matches!(Host::parse(text), Ok(Host::Domain(ascii)) if EmailAddress::is_valid_domain(&ascii))
}

impl fmt::Display for Email {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl Serialize for Email {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_deliverable() {
        assert_eq!(Email::parse(" Ana@Example.COM ").map(|email| email.to_string()), Ok("Ana@example.com".into()));
        for accepted in ["ana@b\u{FC}cher.example", "ana+spam@example.co.uk", "ana@[192.0.2.1]"] {
            assert!(Email::parse(accepted).is_ok(), "{accepted}");
        }
        for rejected in [
            "",
            "ana",
            "ana@",
            "@example.com",
            "ana@localhost",
            "a b@example.com",
            "ana@example.com, b@c.de",
            "ana@exa\nmple.com",
            "ana@b\u{FC}cher",
        ] {
            assert!(Email::parse(rejected).is_err(), "{rejected:?}");
        }
    }
}
