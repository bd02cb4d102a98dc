//! The keys of `KEY_DIR`: those that sign, and the one that secrets are hashed under.
//!
//! Each signing key is a PEM file (PKCS#8) of mode 0600, named by its algorithm and the time at which it was made. The
//! newest that has been published for a while signs; one that was followed stays published until its last token has
//! expired; after that its private half is removed, and the public one kept for what it signed.

mod files;
mod signing;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use domain::secret::Pepper;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use thiserror::Error;

use crate::clock::Clock;
use crate::config::Algorithm;
pub use signing::SigningKey;

/// How long a token lives (also the least time that a followed key stays published).
pub const TOKEN_LIFETIME: Duration = Duration::from_hours(1);
/// How long a key is published before it signs: those who keep the set for its `max-age` know it by then.
const PUBLISHED_BEFORE: Duration = Duration::from_mins(2);

/// Why keys could not be read or made.
#[derive(Debug, Error)]
pub enum KeyError {
    /// A file or the folder.
    #[error("{path}: {error}", path = .0.display(), error = .1)]
    File(PathBuf, #[source] std::io::Error),
    /// A file that holds no key.
    #[error("{path}: it holds no such key: {reason}", path = .0.display(), reason = .1)]
    NoKey(PathBuf, String),
    /// The library refused.
    #[error("the key can't be used: {0}")]
    Unusable(String),
}

/// The keys.
#[derive(Debug)]
pub struct Keys {
    folder: PathBuf,
    clock: Clock,
    pepper: Pepper,
    ring: ArcSwap<Vec<Arc<SigningKey>>>,
    retired: ArcSwap<Vec<Jwk>>,
}

impl Keys {
    /// Reads the folder, which appears by itself with a key of each algorithm and the pepper.
    pub fn open(folder: &Path, clock: Clock) -> Result<Self, KeyError> {
        files::folder(folder)?;
        let pepper = Pepper::new(&files::pepper(folder)?);
        let keys =
            Self { folder: folder.to_owned(), clock, pepper, ring: ArcSwap::default(), retired: ArcSwap::default() };
        keys.reload()?;
        for algorithm in [Algorithm::Rs256, Algorithm::EdDsa] {
            if !keys.ring.load().iter().any(|key| key.algorithm == algorithm) {
                files::make(&keys.folder, algorithm, keys.clock.now_ms())?;
            }
        }
        keys.reload()?;
        Ok(keys)
    }

    /// What secrets are hashed under.
    pub fn pepper(&self) -> &Pepper {
        &self.pepper
    }

    /// Reads the folder anew, as another process may have changed it.
    pub fn reload(&self) -> Result<(), KeyError> {
        let mut ring = files::read(&self.folder)?;
        ring.sort_by_key(|key| key.created_at);
        self.retired.store(Arc::new(files::retired(&self.folder)?));
        self.ring.store(Arc::new(ring.into_iter().map(Arc::new).collect()));
        Ok(())
    }

    /// Makes a new key of an algorithm. It signs once it has been published for a while.
    pub fn rotate(&self, algorithm: Algorithm) -> Result<String, KeyError> {
        files::make(&self.folder, algorithm, self.clock.now_ms())?;
        self.reload()?;
        let ring = self.ring.load();
        let newest = ring.iter().rfind(|key| key.algorithm == algorithm);
        Ok(newest.map(|key| key.kid.clone()).unwrap_or_default())
    }

    /// Makes new keys of those that are older than `most`, and removes those whose last token has expired.
    pub fn keep_fresh(&self, most: Duration) -> Result<(), KeyError> {
        self.reload()?;
        for algorithm in [Algorithm::Rs256, Algorithm::EdDsa] {
            let newest = self.ring.load().iter().rfind(|key| key.algorithm == algorithm).map(|key| key.created_at);
            if newest.is_none_or(|made| self.age(made) >= most) {
                let kid = self.rotate(algorithm)?;
                tracing::info!(kid, "a new signing key was made");
            }
        }
        let ring = self.ring.load_full();
        for key in ring.iter().filter(|key| !self.is_published(key, &ring)) {
            files::retire(&self.folder, key)?;
            tracing::info!(kid = key.kid, "a signing key was retired: its last token has expired");
        }
        self.reload()
    }

    /// The key that signs with an algorithm.
    pub fn signer(&self, algorithm: Algorithm) -> Option<Arc<SigningKey>> {
        let ring = self.ring.load();
        let mut of_algorithm = ring.iter().filter(|key| key.algorithm == algorithm);
        let first = of_algorithm.next()?;
        let newer = of_algorithm.rfind(|key| self.age(key.created_at) >= PUBLISHED_BEFORE);
        Some(Arc::clone(newer.unwrap_or(first)))
    }

    /// The key of a token, by its id.
    pub fn find(&self, kid: &str) -> Option<Arc<SigningKey>> {
        self.ring.load().iter().find(|key| key.kid == kid).cloned()
    }

    /// The public halves of keys that sign nothing any more. What they signed for long, such as ends of audit trails, can
    /// still be checked.
    pub fn retired(&self) -> Vec<Jwk> {
        self.retired.load().as_ref().clone()
    }

    /// What everybody may know of the keys (RFC 7517).
    pub fn jwks(&self) -> JwkSet {
        let ring = self.ring.load();
        let published = ring.iter().filter(|key| self.is_published(key, &ring));
        JwkSet { keys: published.map(|key| key.jwk.clone()).collect() }
    }

    /// Whether it signs, will sign, or has signed a token that may still live.
    fn is_published(&self, key: &SigningKey, ring: &[Arc<SigningKey>]) -> bool {
        let follower = ring.iter().find(|other| other.algorithm == key.algorithm && other.created_at > key.created_at);
        let most = PUBLISHED_BEFORE + TOKEN_LIFETIME + Duration::from_mins(1);
        follower.is_none_or(|follower| self.age(follower.created_at) < most)
    }

    fn age(&self, made: i64) -> Duration {
        Duration::from_millis(u64::try_from(self.clock.now_ms() - made).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests;
