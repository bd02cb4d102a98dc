//! E-mail addresses, as mail can be sent to them (RFC 5321).

use std::fmt;
use std::net::IpAddr;

use email_address::EmailAddress;
use serde::{Serialize, Serializer};
use url::Host;

use super::field::{Refusal, refuse};

/// Longest address that mail can be sent to, in bytes (RFC 5321, section 4.5.3.1.3, without the angle brackets).
const MOST: usize = 254;

/// An address. Its domain is in lower case; what stands before the @ is the recipient's business, and kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// Reads one.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        if text.len() > MOST {
            return refuse(format!("has {} bytes; at most {MOST} are taken", text.len()));
        }
        match text.rsplit_once('@') {
            Some((local, domain)) if is_local_part(local) && is_domain(domain) && domain.contains('.') => {
                Ok(Self(format!("{local}@{}", domain.to_lowercase())))
            }
            _ => refuse("is no e-mail address; wanted one such as ana@example.com"),
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two spellings of one mailbox have in common: the case of ASCII letters is ignored, and of no others, since
    /// some of those become ASCII by it. Limits and uniqueness count by it.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

fn is_local_part(text: &str) -> bool {
    EmailAddress::is_valid_local_part(text)
}

/// A domain, in any script, or the literal of an IP address (RFC 5321, section 4.1.3).
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
    fn an_address_is_one_that_mail_can_be_sent_to() {
        assert_eq!(Email::read(" Ana@Example.COM ").map(|email| email.to_string()), Ok("Ana@example.com".into()));
        for accepted in ["ana@b\u{FC}cher.example", "ana+spam@example.co.uk", "ana@[192.0.2.1]"] {
            assert!(Email::read(accepted).is_ok(), "{accepted}");
        }
        for refused in [
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
            assert!(Email::read(refused).is_err(), "{refused:?}");
        }
    }
}
