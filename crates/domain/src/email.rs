//! Email addresses (RFC 5321).

use std::fmt;
use std::net::IpAddr;

use email_address::EmailAddress;
use serde::{Serialize, Serializer};
use url::Host;

use super::field::{InvalidValue, invalid};

/// Maximum length of an address, in bytes (RFC 5321, section 4.5.3.1.3, without the angle brackets).
const MAX_BYTES: usize = 254;
/// Words for most other invalid addresses.
const EXPECTED: &str = "must be an email address such as ana@example.com";

/// Email address that any mail server can deliver to: an ASCII local part without quotes (RFC 5321, section 4.1.2), which
/// keeps its case, and a domain name in lowercase, in the ASCII form of RFC 5891.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// Parses an address.
    pub fn parse(text: &str) -> Result<Self, InvalidValue> {
        let text = text.trim();
        if text.len() > MAX_BYTES {
            return invalid(format!("has {} bytes; the maximum is {MAX_BYTES}", text.len()));
        }
        let Some((local, domain)) = text.rsplit_once('@') else { return invalid(EXPECTED) };
        if domain.starts_with('[') || domain.parse::<IpAddr>().is_ok() {
            return invalid("must have a domain name after the @, not an IP address");
        }
        if !local.is_ascii() || local.starts_with('"') {
            return invalid(
                "must have only unquoted ASCII characters before the @; emails to others aren't delivered everywhere",
            );
        }
        match ascii_domain(domain) {
            Some(domain) if EmailAddress::is_valid_local_part(local) => {
                let text = format!("{local}@{domain}");
                // The ASCII form of a domain is longer.
                if text.len() > MAX_BYTES { invalid(EXPECTED) } else { Ok(Self(text)) }
            }
            _ => invalid(EXPECTED),
        }
    }

    /// Wraps an address from the database, which an earlier version may have accepted by other rules.
    pub fn stored(text: String) -> Self {
        Self(text)
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

    /// Returns the key of the mailbox, in which all addresses with a tag (`ana+tag@…`) end up with most providers.
    pub fn mailbox_key(&self) -> String {
        let key = self.key();
        match key.rsplit_once('@') {
            Some((local, domain)) => format!("{}@{domain}", local.split('+').next().unwrap_or(local)),
            None => key,
        }
    }

    /// Returns the domain.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// Converts a domain in any script to its ASCII form.
fn ascii_domain(text: &str) -> Option<String> {
    match Host::parse(text) {
        Ok(Host::Domain(ascii)) if ascii.contains('.') && EmailAddress::is_valid_domain(&ascii) => Some(ascii),
        _ => None,
    }
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
        let parsed = |text: &str| Email::parse(text).map(|email| email.to_string());
        assert_eq!(parsed("ana@b\u{FC}cher.example"), Ok("ana@xn--bcher-kva.example".into()));
        assert_eq!(parsed("ana+spam@example.co.uk"), Ok("ana+spam@example.co.uk".into()));
        for (text, reason) in [
            ("ana@[192.0.2.1]", "IP address"),
            ("ana@[IPv6:2001:db8::1]", "IP address"),
            ("ana@192.0.2.1", "IP address"),
            ("\"ana b\"@example.com", "unquoted"),
            ("\u{fc}na@example.com", "ASCII"),
            ("\u{202e}moc@example.com", "ASCII"),
        ] {
            let error = Email::parse(text).expect_err(text);
            assert!(error.0.contains(reason), "{text}: {error}");
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

    #[test]
    fn tags_and_case_do_not_change_the_mailbox() {
        let key = |text: &str| Email::parse(text).map(|email| email.mailbox_key());
        assert_eq!(key("Victim+12@Example.com"), Ok("victim@example.com".into()));
        assert_eq!(key("victim@example.com"), Ok("victim@example.com".into()));
    }
}
