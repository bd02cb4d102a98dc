//! Service for sign-up.

use std::sync::Arc;

use crate::keys::Keys;
use crate::mail::Mailer;
use crate::origins::Origins;
use crate::registry::Registry;
use crate::throttle::Throttle;

/// Parts of the state that sign-up needs.
#[derive(Clone, Debug)]
pub struct SignupService {
    /// Database and clock.
    pub registry: Registry,
    /// Public origins, for links.
    pub origins: Arc<Origins>,
    /// Keys: the HMAC key of secrets.
    pub keys: Arc<Keys>,
    /// Limits per IP address and recipient.
    pub throttle: Throttle,
    /// Email delivery.
    pub mailer: Mailer,
    /// Maximum number of provisional organizations.
    pub max_provisional: u64,
}
