//! Service of the token endpoints.

use std::sync::Arc;

use crate::config::Algorithm;
use crate::identity::Authenticator;
use crate::metrics::Metrics;
use crate::throttle::Throttle;
use crate::usage::Usage;

/// Parts of the state that the token endpoints need.
#[derive(Clone, Debug)]
pub struct TokenIssuer {
    /// Lookup of clients and tokens.
    pub authenticator: Authenticator,
    /// Limits per IP address, organization and credential.
    pub throttle: Throttle,
    /// Daily quotas.
    pub usage: Usage,
    /// Metrics.
    pub metrics: Arc<Metrics>,
    /// Signature algorithm of tokens.
    pub algorithm: Algorithm,
}
