//! Secrets are drawn at random and kept as HMAC-SHA-256.

use std::fmt;

use aws_lc_rs::{hmac, rand};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use thiserror::Error;

use super::{Purpose, Secret};

/// Bytes of chance in a secret.
const BYTES: usize = 32;

/// The system gave no random bytes.
#[derive(Clone, Copy, Debug, Error)]
#[error("the system gave no random bytes")]
pub struct NoRandomness;

impl Secret {
    /// A new one.
    pub fn make(purpose: Purpose) -> Result<Self, NoRandomness> {
        let mut bytes = [0; BYTES];
        rand::fill(&mut bytes).map_err(|_| NoRandomness)?;
        Ok(Self(format!("{}{}", purpose.prefix(), URL_SAFE_NO_PAD.encode(bytes))))
    }
}

/// The key that secrets are hashed under. It is kept beside the signing keys, never in the database.
pub struct Pepper(hmac::Key);

impl fmt::Debug for Pepper {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Pepper(••••)")
    }
}

impl Pepper {
    /// From its bytes.
    pub fn new(bytes: &[u8; BYTES]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    /// What is kept of a secret: 32 bytes, the same for the same secret, by which it is looked up. As nobody can choose
    /// what it comes out as, a comparison's time tells nothing of it.
    pub fn hash(&self, secret: &Secret) -> Vec<u8> {
        hmac::sign(&self.0, secret.0.as_bytes()).as_ref().to_vec()
    }

    /// Whether `hash` is this secret's, in constant time.
    pub fn verify(&self, secret: &Secret, hash: &[u8]) -> bool {
        hmac::verify(&self.0, secret.0.as_bytes(), hash).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::super::is_like_one;
    use super::*;

    #[test]
    fn what_begins_as_a_secret_is_known_as_one() {
        for purpose in Purpose::ALL {
            assert!(is_like_one(Secret::make(purpose).expect("chance").reveal()), "{purpose:?}");
        }
        assert!(is_like_one("eyJhbGciOiJFZERTQSJ9") && is_like_one("SADMIN_x"));
        assert!(!is_like_one("slink") && !is_like_one("name") && !is_like_one("\u{e9}yJ") && !is_like_one(""));
    }

    #[test]
    fn a_secret_is_verified_by_its_hash_and_never_printed() {
        let pepper = Pepper::new(&[7; BYTES]);
        let secret = Secret::make(Purpose::Agent).expect("chance");
        assert!(secret.reveal().starts_with("sagent_") && secret.reveal().len() == 7 + 43);
        let hash = pepper.hash(&secret);
        assert!(pepper.verify(&secret, &hash));
        assert!(!pepper.verify(&Secret::make(Purpose::Agent).expect("chance"), &hash));
        assert!(!Pepper::new(&[8; BYTES]).verify(&secret, &hash));
        assert_eq!(format!("{secret:?} {pepper:?}"), "•••• Pepper(••••)");
    }
}
