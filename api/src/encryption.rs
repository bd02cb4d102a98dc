//! Authenticated encryption of what the database stores for a while: AES-256-GCM, with the nonce at the end.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::rand;
use thiserror::Error;

/// Error of encryption or decryption.
#[derive(Clone, Copy, Debug, Error)]
pub enum EncryptionError {
    /// The cryptography library rejected the key.
    #[error("unusable encryption key")]
    Key,
    /// No random bytes, or the data is too long.
    #[error("could not encrypt")]
    Encrypt,
    /// Wrong key, or altered data.
    #[error("could not decrypt: wrong key, or altered data")]
    Decrypt,
}

/// Encryption key.
pub struct Cipher(LessSafeKey);

impl std::fmt::Debug for Cipher {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Cipher(••••)")
    }
}

impl From<UnboundKey> for Cipher {
    fn from(key: UnboundKey) -> Self {
        Self(LessSafeKey::new(key))
    }
}

impl Cipher {
    /// Creates a key from 32 bytes.
    ///
    /// # Errors
    ///
    /// [`EncryptionError::Key`].
    pub fn new(bytes: &[u8; 32]) -> Result<Self, EncryptionError> {
        UnboundKey::new(&AES_256_GCM, bytes).map(Self::from).map_err(|_| EncryptionError::Key)
    }

    /// Encrypts with a random nonce.
    ///
    /// # Errors
    ///
    /// [`EncryptionError::Encrypt`].
    pub fn seal(&self, mut plain: Vec<u8>) -> Result<Vec<u8>, EncryptionError> {
        let mut nonce = [0; NONCE_LEN];
        rand::fill(&mut nonce).map_err(|_| EncryptionError::Encrypt)?;
        let sealed = self.0.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut plain);
        sealed.map_err(|_| EncryptionError::Encrypt)?;
        plain.extend_from_slice(&nonce);
        Ok(plain)
    }

    /// Decrypts.
    ///
    /// # Errors
    ///
    /// [`EncryptionError::Decrypt`].
    pub fn open(&self, mut sealed: Vec<u8>) -> Result<Vec<u8>, EncryptionError> {
        let start = sealed.len().checked_sub(NONCE_LEN).ok_or(EncryptionError::Decrypt)?;
        let nonce: [u8; NONCE_LEN] = sealed.split_off(start).try_into().map_err(|_| EncryptionError::Decrypt)?;
        let plain = self.0.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed);
        let length = plain.map_err(|_| EncryptionError::Decrypt)?.len();
        sealed.truncate(length);
        Ok(sealed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_decrypts_and_every_altered_byte_is_noticed() {
        let cipher = Cipher::new(&[1; 32]).expect("a key");
        let sealed = cipher.seal(b"secret".to_vec()).expect("sealed");
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        assert_eq!(cipher.open(sealed.clone()).expect("opened"), b"secret");
        assert!(Cipher::new(&[2; 32]).expect("a key").open(sealed.clone()).is_err());
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert!(cipher.open(altered).is_err(), "{at}");
        }
        assert!(cipher.open(Vec::new()).is_err());
    }
}
