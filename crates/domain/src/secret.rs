//! Secrets that we make: 256 random bits behind a prefix that scanners of source code can know.
//!
//! What is kept is HMAC-SHA-256 under a key that is not in the database. A slow hash would add nothing: it is for words
//! that people choose, and these bits can't be guessed.

#[cfg(feature = "crypto")]
mod hash;

use std::fmt;

#[cfg(feature = "crypto")]
pub use hash::{NoRandomness, Pepper};

/// What a secret is for; its prefix says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// An agent's client secret.
    Agent,
    /// An organization's admin credential.
    Admin,
    /// A code in a link that is sent by mail.
    Link,
    /// A code by which a provisional organization is claimed.
    Claim,
    /// A portal's handle of a session.
    Session,
}

impl Purpose {
    const ALL: [Self; 5] = [Self::Agent, Self::Admin, Self::Link, Self::Claim, Self::Session];

    /// What its secrets begin with.
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

/// A secret in the clear: shown once to whom it belongs. It prints as dots.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// What somebody says is one.
    pub fn given(text: String) -> Self {
        Self(text)
    }

    /// The secret itself: for the one answer that shows it, and for mails.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("••••")
    }
}

/// How a token begins: the start of an object in base64url.
const TOKEN: &str = "eyJ";

/// Whether a text begins as our secrets and tokens do. Such a one is never told again, wherever it was sent.
pub fn is_like_one(text: &str) -> bool {
    let begins = |with: &str| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    Purpose::ALL.iter().any(|purpose| begins(purpose.prefix())) || begins(TOKEN)
}
