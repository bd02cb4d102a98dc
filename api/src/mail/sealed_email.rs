//! Emails in the queue, encrypted under a key that is not in the database: they contain codes that sign in.

use std::sync::Arc;

use domain::email::Email as EmailAddress;
use domain::id::OrganizationId;
use domain::secret::{DerivationError, Pepper};
use serde::{Deserialize, Serialize};
use store::email_queue::NewEmail;
use thiserror::Error;

use super::Email;
use crate::encryption::{Cipher, EncryptionError};

/// Error of the queue's encryption.
#[derive(Debug, Error)]
pub enum SealError {
    /// The key could not be derived.
    #[error(transparent)]
    Derivation(#[from] DerivationError),
    /// Encryption or decryption failed.
    #[error(transparent)]
    Encryption(#[from] EncryptionError),
    /// The decrypted text is no email of this version.
    #[error("unreadable email: {0}")]
    Format(#[from] serde_json::Error),
}

#[derive(Deserialize, Serialize)]
struct Content {
    /// `None` for an email that is not sent: it only takes the place of one.
    to: Option<String>,
    email: Email,
}

/// Encrypts and decrypts queued emails.
#[derive(Clone, Debug)]
pub struct EmailSeal(Arc<Cipher>);

impl EmailSeal {
    /// Derives the key from the HMAC key of secrets.
    ///
    /// # Errors
    ///
    /// [`SealError`] if the cryptography library fails.
    pub fn new(pepper: &Pepper) -> Result<Self, SealError> {
        Ok(Self(Arc::new(Cipher::new(&pepper.derive_key("email queue")?)?)))
    }

    /// Encrypts an email for the queue. Without a recipient, it is removed instead of sent.
    ///
    /// # Errors
    ///
    /// [`SealError`] if the system has no random bytes.
    pub fn seal(
        &self,
        organization_id: OrganizationId,
        to: Option<&EmailAddress>,
        email: Email,
    ) -> Result<NewEmail, SealError> {
        let plain = serde_json::to_vec(&Content { to: to.map(EmailAddress::to_string), email })?;
        Ok(NewEmail { organization_id, content: self.0.seal(plain)? })
    }

    /// Decrypts an email and its recipient, if it has one.
    ///
    /// # Errors
    ///
    /// [`SealError`] under other keys.
    pub(super) fn open(&self, content: Vec<u8>) -> Result<(Option<EmailAddress>, Email), SealError> {
        let Content { to, email } = serde_json::from_slice(&self.0.open(content)?)?;
        Ok((to.map(EmailAddress::stored), email))
    }
}
