//! Service that checks claims.

use std::sync::Arc;

use crate::origins::Origins;
use crate::registry::Registry;
use crate::throttle::Throttle;
use crate::verifier::Verifier;

/// Parts of the state that a check of a claim needs.
#[derive(Clone, Debug)]
pub struct ClaimChecker {
    /// Database and clock.
    pub registry: Registry,
    /// Public origins, for evidence URLs.
    pub origins: Arc<Origins>,
    /// Guarded client for the public internet.
    pub verifier: Arc<Verifier>,
    /// Limits per organization.
    pub throttle: Throttle,
}
