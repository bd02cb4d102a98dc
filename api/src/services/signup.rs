//! The parts that sign-up takes.

use std::sync::Arc;

use crate::keys::Keys;
use crate::mail::Mailer;
use crate::origins::Origins;
use crate::registry::Registry;
use crate::throttle::Throttle;

/// Everything that sign-up takes.
#[derive(Clone, Debug)]
pub struct SignupService {
    /// The database and the time.
    pub registry: Registry,
    /// Public origins, for links.
    pub origins: Arc<Origins>,
    /// The key that secrets are hashed under.
    pub keys: Arc<Keys>,
    /// Limits by address and recipient.
    pub throttle: Throttle,
    /// Emails.
    pub mailer: Mailer,
    /// Provisional organizations, at most.
    pub max_provisional: u64,
}
