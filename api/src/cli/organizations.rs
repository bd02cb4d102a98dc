//! `api organizations`

use clap::Subcommand;
use domain::id::OrganizationId;
use domain::rejection::Rejection;
use domain::tier::Tier;
use store::{Store, StoreError, organizations};

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
    /// Free the slugs and the name of a deleted publisher, which otherwise stay reserved.
    ReleaseName {
        /// One of its slugs.
        slug: String,
        /// Location of the database.
        #[command(flatten)]
        data: DataDir,
    },
}

/// Runs the command.
pub(super) async fn run(command: Organizations) -> Result<(), String> {
    match command {
        Organizations::SetTier { organization_id, tier, data } => {
            let store = open(&data).await?;
            let now = Clock::default().now();
            organizations::set_tier(&store, organization_id, tier, now).await.map_err(|error| error.to_string())
        }
        Organizations::ReleaseName { slug, data } => release_name(&open(&data).await?, slug).await,
    }
}

async fn open(data: &DataDir) -> Result<Store, String> {
    Store::open_existing(&data.data_dir).await.map_err(|error| error.to_string())
}

#[expect(clippy::print_stdout, reason = "this is the command line")]
async fn release_name(store: &Store, slug: String) -> Result<(), String> {
    match organizations::release(store, slug.clone()).await {
        Ok(slugs) => {
            println!("Freed the name and the slugs {}.", slugs.join(", "));
            Ok(())
        }
        Err(StoreError::Rejected(Rejection::NotFound(_))) => {
            Err(format!("{slug} is not the slug of a deleted publisher."))
        }
        Err(error) => Err(error.to_string()),
    }
}
