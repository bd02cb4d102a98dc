//! Generated secrets: 256 random bits after a prefix that secret scanners can recognize.
//!
//! Stored as HMAC-SHA-256 under a key that is not in the database. A slow hash would add nothing: it protects guessable
//! passwords, and these bits can't be guessed.

#[cfg(feature = "crypto")]
mod hash;

use std::fmt;

#[cfg(feature = "crypto")]
pub use hash::{DerivationError, Pepper, RandomnessError};

/// Purpose of a secret, encoded in its prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Client secret of an agent.
    Agent,
    /// Client secret of an organization (admin credential).
    Admin,
    /// Code in an emailed link.
    Link,
    /// Code that claims a provisional organization.
    Claim,
    /// Session handle of a portal.
    Session,
}

impl Purpose {
    const ALL: [Self; 5] = [Self::Agent, Self::Admin, Self::Link, Self::Claim, Self::Session];

    /// Returns the prefix.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Agent => "sagent_",
            Self::Admin => "sadmin_",
            Self::Link => "slink_",
            Self::Claim => "sclaim_",
            Self::Session => "ssession_",
        }
    }
}

/// Secret in plain text, shown to its owner once. `Debug` prints dots.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret from a request.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// Returns the secret, for the one response that shows it and for emails.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("••••")
    }
}

/// Start of a JWT: a JSON object in base64url.
const JWT_START: &str = "eyJ";

/// Returns true if a text starts like a secret or token of this service. Such a text is never echoed, wherever it was
/// sent.
pub fn looks_like_secret(text: &str) -> bool {
    let begins = |with: &str| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    Purpose::ALL.iter().any(|purpose| begins(purpose.prefix())) || begins(JWT_START)
}
