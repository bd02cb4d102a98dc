//! E-mail addresses, as mail can be sent to them (RFC 5321).

use std::fmt;

use serde::{Serialize, Serializer};

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
        match text.parse::<lettre::Address>() {
            Ok(address) if address.domain().contains('.') => {
                Ok(Self(format!("{}@{}", address.user(), address.domain().to_lowercase())))
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
        for refused in [
            "",
            "ana",
            "ana@",
            "@example.com",
            "ana@localhost",
            "a b@example.com",
            "ana@example.com, b@c.de",
            "ana@exa\nmple.com",
        ] {
            assert!(Email::read(refused).is_err(), "{refused:?}");
        }
    }
}
