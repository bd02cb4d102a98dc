//! `api organizations`

use clap::Subcommand;
use domain::id::OrganizationId;
use domain::tier::Tier;
use store::{Store, organizations};

use super::DataDir;
use crate::clock::Clock;

/// What can be done with organizations.
#[derive(Debug, Subcommand)]
pub enum Organizations {
    /// Put an organization into a tier: free, pro or enterprise. It is an event of its audit trail.
    SetTier {
        /// Its identifier.
        organization_id: OrganizationId,
        /// The tier.
        #[arg(value_parser = |text: &str| Tier::read(text).ok_or("expected free, pro or enterprise"))]
        tier: Tier,
        /// Where the database is.
        #[command(flatten)]
        data: DataDir,
    },
}

/// Does it.
pub(super) async fn run(command: Organizations) -> Result<(), String> {
    let Organizations::SetTier { organization_id, tier, data } = command;
    let store = Store::existing(&data.data_dir).await.map_err(|error| error.to_string())?;
    let now = Clock::default().now();
    organizations::set_tier(&store, organization_id, tier, now).await.map_err(|error| error.to_string())
}
