//! Keys in `KEY_DIR`: signing keys, and the HMAC key of secrets.
//!
//! Each signing key is a PEM file (PKCS#8) of mode 0600, named by algorithm and creation time. The newest key signs
//! once it has been published for a while. A superseded key stays published until its last token has expired; then its
//! private part is deleted and its public part retained.

mod files;
mod signing;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use domain::audit::HeadKey;
use domain::secret::{DerivationError, Pepper};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use thiserror::Error;

use crate::clock::Clock;
use crate::config::Algorithm;
pub use signing::SigningKey;

/// Lifetime of tokens; also the minimum time for which a superseded key stays published.
pub const TOKEN_LIFETIME: Duration = Duration::from_hours(1);
/// Time for which a key is published before it signs, so that caches of the key set contain it.
const PUBLISH_LEAD: Duration = Duration::from_mins(2);

/// Error of the key store.
#[derive(Debug, Error)]
pub enum KeyError {
    /// I/O error of a file or the folder.
    #[error("{path}: {error}", path = .0.display(), error = .1)]
    File(PathBuf, #[source] std::io::Error),
    /// File without a valid key.
    #[error("{path}: invalid key: {reason}", path = .0.display(), reason = .1)]
    InvalidKey(PathBuf, String),
    /// Error of the cryptography library.
    #[error("unusable key: {0}")]
    Unusable(String),
}

/// Key store.
#[derive(Debug)]
pub struct Keys {
    folder: PathBuf,
    clock: Clock,
    pepper: Pepper,
    ring: ArcSwap<Vec<Arc<SigningKey>>>,
    retired: ArcSwap<Vec<Jwk>>,
}

impl Keys {
    /// Returns true if there are keys in a folder.
    pub fn exist(folder: &Path) -> bool {
        files::has_pepper(folder)
    }

    /// Opens the folder. Creates it, a key of each algorithm, and the pepper if missing.
    pub fn open(folder: &Path, clock: Clock) -> Result<Self, KeyError> {
        files::create_folder(folder)?;
        let pepper = Pepper::new(&files::read_or_create_pepper(folder)?);
        let keys =
            Self { folder: folder.to_owned(), clock, pepper, ring: ArcSwap::default(), retired: ArcSwap::default() };
        keys.reload()?;
        for algorithm in [Algorithm::Rs256, Algorithm::EdDsa] {
            if !keys.ring.load().iter().any(|key| key.algorithm == algorithm) {
                files::create_key(&keys.folder, algorithm, keys.clock.now_ms())?;
            }
        }
        keys.reload()?;
        Ok(keys)
    }

    /// Returns the HMAC key of secrets.
    pub fn pepper(&self) -> &Pepper {
        &self.pepper
    }

    /// Returns the key that authenticates the heads of audit trails.
    pub fn head_key(&self) -> Result<HeadKey, DerivationError> {
        Ok(HeadKey::new(&self.pepper.derive_key("audit heads")?))
    }

    /// Returns true once all heads of audit trails were authenticated: from then on, a head without a code is a forgery.
    pub fn are_heads_sealed(&self) -> bool {
        files::are_heads_sealed(&self.folder)
    }

    /// Records that all heads of audit trails are authenticated. Not in the database, whose contents this is about.
    pub fn record_sealed_heads(&self) -> Result<(), KeyError> {
        files::record_sealed_heads(&self.folder)
    }

    /// Reloads the folder, which other processes may have changed.
    pub fn reload(&self) -> Result<(), KeyError> {
        let mut ring = files::read_keys(&self.folder)?;
        ring.sort_by_key(|key| key.created_at);
        self.retired.store(Arc::new(files::read_retired(&self.folder)?));
        self.ring.store(Arc::new(ring.into_iter().map(Arc::new).collect()));
        Ok(())
    }

    /// Creates a new key of an algorithm. It signs once it has been published for a while.
    pub fn rotate(&self, algorithm: Algorithm) -> Result<String, KeyError> {
        files::create_key(&self.folder, algorithm, self.clock.now_ms())?;
        self.reload()?;
        let ring = self.ring.load();
        let newest = ring.iter().rfind(|key| key.algorithm == algorithm);
        Ok(newest.map(|key| key.kid.clone()).unwrap_or_default())
    }

    /// Rotates keys older than `max_age`, and retires keys whose last token has expired.
    pub fn rotate_if_due(&self, max_age: Duration) -> Result<(), KeyError> {
        self.reload()?;
        for algorithm in [Algorithm::Rs256, Algorithm::EdDsa] {
            let newest = self.ring.load().iter().rfind(|key| key.algorithm == algorithm).map(|key| key.created_at);
            if newest.is_none_or(|created_at| self.age(created_at) >= max_age) {
                let kid = self.rotate(algorithm)?;
                tracing::info!(kid, "created a signing key");
            }
        }
        let ring = self.ring.load_full();
        for key in ring.iter().filter(|key| !self.is_published(key, &ring)) {
            files::retire(&self.folder, key)?;
            tracing::info!(kid = key.kid, "retired a signing key");
        }
        self.reload()
    }

    /// Returns the key that signs with an algorithm.
    pub fn signer(&self, algorithm: Algorithm) -> Option<Arc<SigningKey>> {
        let ring = self.ring.load();
        let mut of_algorithm = ring.iter().filter(|key| key.algorithm == algorithm);
        let first = of_algorithm.next()?;
        let newer = of_algorithm.rfind(|key| self.age(key.created_at) >= PUBLISH_LEAD);
        Some(Arc::clone(newer.unwrap_or(first)))
    }

    /// Finds the key of a token by its `kid`.
    pub fn find(&self, kid: &str) -> Option<Arc<SigningKey>> {
        self.ring.load().iter().find(|key| key.kid == kid).cloned()
    }

    /// Returns the public parts of retired keys, which still verify long-lived signatures such as heads of audit
    /// trails.
    pub fn retired(&self) -> Vec<Jwk> {
        self.retired.load().as_ref().clone()
    }

    /// Returns the published key set (RFC 7517).
    pub fn jwks(&self) -> JwkSet {
        let ring = self.ring.load();
        let published = ring.iter().filter(|key| self.is_published(key, &ring));
        JwkSet { keys: published.map(|key| key.jwk.clone()).collect() }
    }

    /// Returns true if the key signs, will sign, or has signed tokens that may still be valid.
    fn is_published(&self, key: &SigningKey, ring: &[Arc<SigningKey>]) -> bool {
        let successor = ring.iter().find(|other| other.algorithm == key.algorithm && other.created_at > key.created_at);
        let max_age = PUBLISH_LEAD + TOKEN_LIFETIME + Duration::from_mins(1);
        successor.is_none_or(|successor| self.age(successor.created_at) < max_age)
    }

    fn age(&self, created_at: i64) -> Duration {
        Duration::from_millis(u64::try_from(self.clock.now_ms() - created_at).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests;
