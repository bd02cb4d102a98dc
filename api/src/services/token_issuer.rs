//! The parts that the token endpoints take.

use std::sync::Arc;

use crate::config::Algorithm;
use crate::identity::Authenticator;
use crate::metrics::Metrics;
use crate::throttle::Throttle;
use crate::usage::Usage;

/// Everything that the token endpoints take.
#[derive(Clone, Debug)]
pub struct TokenIssuer {
    /// The lookup of clients and tokens.
    pub authenticator: Authenticator,
    /// Limits by address, tenant and credential.
    pub throttle: Throttle,
    /// Daily quotas.
    pub usage: Usage,
    /// Counters.
    pub metrics: Arc<Metrics>,
    /// The algorithm that signs tokens.
    pub algorithm: Algorithm,
}
