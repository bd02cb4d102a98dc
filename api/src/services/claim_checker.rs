//! The parts that a check of a claim takes.

use std::sync::Arc;

use crate::origins::Origins;
use crate::registry::Registry;
use crate::throttle::Throttle;
use crate::verifier::Verifier;

/// Everything that a check of a claim takes.
#[derive(Clone, Debug)]
pub struct ClaimChecker {
    /// The database and the time.
    pub registry: Registry,
    /// Public origins, for evidence.
    pub origins: Arc<Origins>,
    /// The guarded way to the public internet.
    pub verifier: Arc<Verifier>,
    /// Limits by tenant.
    pub throttle: Throttle,
}
