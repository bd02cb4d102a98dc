//! Limits and usage.

use crate::operation::declare;
use crate::types::TierStatus;
use crate::{Client, Result};

declare! {
    STATUS = Get "getTierStatus" "/api/v1/tiers/status";
}

/// Limits and usage.
#[derive(Clone, Debug)]
pub struct Tiers(Client);

impl Client {
    /// Limits and usage.
    pub fn tiers(&self) -> Tiers {
        Tiers(self.clone())
    }
}

impl Tiers {
    /// Returns the limits and usage of the organization.
    pub async fn status(&self) -> Result<TierStatus> {
        self.0.call(STATUS).fetch().await
    }
}
