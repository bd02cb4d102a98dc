//! Generation and hashing of secrets.

use std::fmt;

use aws_lc_rs::{hkdf, hmac, rand};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use thiserror::Error;

use super::{Purpose, Secret};

/// Random bytes in a secret.
const BYTES: usize = 32;

/// Random number generator failed.
#[derive(Clone, Copy, Debug, Error)]
#[error("the system could not generate random bytes")]
pub struct RandomnessError;

/// A key could not be derived.
#[derive(Clone, Copy, Debug, Error)]
#[error("could not derive a key")]
pub struct DerivationError;

impl Secret {
    /// Generates a secret.
    pub fn generate(purpose: Purpose) -> Result<Self, RandomnessError> {
        let mut bytes = [0; BYTES];
        rand::fill(&mut bytes).map_err(|_| RandomnessError)?;
        Ok(Self(format!("{}{}", purpose.prefix(), URL_SAFE_NO_PAD.encode(bytes))))
    }
}

/// Key of the HMAC over secrets, stored beside the signing keys, never in the database.
pub struct Pepper {
    key: hmac::Key,
    /// Input of the derivation of further keys.
    derivation: hkdf::Prk,
}

impl fmt::Debug for Pepper {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Pepper(••••)")
    }
}

impl Pepper {
    /// Creates a key from its bytes.
    pub fn new(bytes: &[u8; BYTES]) -> Self {
        let derivation = hkdf::Salt::new(hkdf::HKDF_SHA256, b"sentryagent pepper").extract(bytes);
        Self { key: hmac::Key::new(hmac::HMAC_SHA256, bytes), derivation }
    }

    /// Computes the stored 32-byte HMAC. Deterministic, so that secrets can be looked up by it. The output can't be
    /// chosen by an attacker, so the time of a comparison reveals nothing.
    pub fn hash(&self, secret: &Secret) -> Vec<u8> {
        hmac::sign(&self.key, secret.0.as_bytes()).as_ref().to_vec()
    }

    /// Derives a 256-bit key for another purpose (HKDF-SHA-256, RFC 5869).
    ///
    /// # Errors
    ///
    /// [`DerivationError`] if the cryptography library fails.
    pub fn derive_key(&self, purpose: &str) -> Result<[u8; BYTES], DerivationError> {
        let mut derived = [0; BYTES];
        let info = [purpose.as_bytes()];
        let output = self.derivation.expand(&info, hkdf::HKDF_SHA256).map_err(|_| DerivationError)?;
        output.fill(&mut derived).map_err(|_| DerivationError)?;
        Ok(derived)
    }

    /// Returns true if `hash` belongs to this secret, in constant time.
    pub fn verify(&self, secret: &Secret, hash: &[u8]) -> bool {
        hmac::verify(&self.key, secret.0.as_bytes(), hash).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::super::looks_like_secret;
    use super::*;

    #[test]
    fn generated_secrets_are_recognized() {
        for purpose in Purpose::ALL {
            assert!(looks_like_secret(Secret::generate(purpose).expect("randomness").reveal()), "{purpose:?}");
        }
        assert!(looks_like_secret("eyJhbGciOiJFZERTQSJ9") && looks_like_secret("SADMIN_x"));
        assert!(
            !looks_like_secret("slink")
                && !looks_like_secret("name")
                && !looks_like_secret("\u{e9}yJ")
                && !looks_like_secret("")
        );
    }

    #[test]
    fn a_secret_is_verified_by_its_hash_and_never_printed() {
        let pepper = Pepper::new(&[7; BYTES]);
        let secret = Secret::generate(Purpose::Agent).expect("randomness");
        assert!(secret.reveal().starts_with("sagent_") && secret.reveal().len() == 7 + 43);
        let hash = pepper.hash(&secret);
        assert!(pepper.verify(&secret, &hash));
        assert!(!pepper.verify(&Secret::generate(Purpose::Agent).expect("randomness"), &hash));
        assert!(!Pepper::new(&[8; BYTES]).verify(&secret, &hash));
        assert_eq!(format!("{secret:?} {pepper:?}"), "•••• Pepper(••••)");
    }
}
