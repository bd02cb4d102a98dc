//! `api organizations`

use clap::Subcommand;
use domain::id::OrganizationId;
use domain::tier::Tier;
use store::{Store, organizations};

use super::DataDir;
use crate::clock::Clock;

/// Commands for organizations.
#[derive(Debug, Subcommand)]
pub enum Organizations {
    /// Set the tier of an organization: free, pro or enterprise. Recorded in its audit trail.
    SetTier {
        /// ID of the organization.
        organization_id: OrganizationId,
        /// Tier.
        #[arg(value_parser = |text: &str| Tier::parse(text).ok_or("expected free, pro or enterprise"))]
        tier: Tier,
        /// Location of the database.
        #[command(flatten)]
        data: DataDir,
    },
}

/// Runs the command.
pub(super) async fn run(command: Organizations) -> Result<(), String> {
    let Organizations::SetTier { organization_id, tier, data } = command;
    let store = Store::open_existing(&data.data_dir).await.map_err(|error| error.to_string())?;
    let now = Clock::default().now();
    organizations::set_tier(&store, organization_id, tier, now).await.map_err(|error| error.to_string())
}
