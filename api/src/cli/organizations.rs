//! `api organizations`

mod decide;
mod release_name;

use clap::{Args, Subcommand};
use domain::field::Line;
use domain::id::OrganizationId;
use domain::tier::Tier;
use store::organizations;

use super::{DataDir, Installation};
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
        /// Location of the database and the keys.
        #[command(flatten)]
        installation: Installation,
    },
    /// Suspend an organization: its agents are no longer listed, and its tokens and credentials are refused with the
    /// reason.
    Suspend(Decision),
    /// Lift the suspension of an organization, and cancel its deletion.
    Restore(Decision),
    /// Start the deletion of an organization. It ends at once, and its data is deleted after 7 days.
    Delete(Decision),
    /// Revoke all credentials and sessions of an organization and its agents, for example after a leak.
    EndCredentials(Decision),
    /// Free the slugs and the name of a deleted publisher, which otherwise stay reserved.
    ReleaseName {
        /// One of its slugs.
        slug: String,
        /// Location of the database.
        #[command(flatten)]
        data: DataDir,
    },
}

/// Decision about an organization. It is recorded in the organization's audit trail, and the server emails it to the
/// verified address of the owner.
#[derive(Args, Clone, Debug)]
pub struct Decision {
    /// ID of the organization.
    pub organization_id: OrganizationId,
    /// Reason, at most 200 characters. The owner reads it.
    #[arg(long, value_parser = parse_reason)]
    pub reason: String,
    /// Location of the database and the keys.
    #[command(flatten)]
    pub installation: Installation,
}

fn parse_reason(text: &str) -> Result<String, String> {
    Line::<200>::parse(text).map(Line::into_string).map_err(|error| format!("the reason {}", error.0))
}

/// Runs the command.
pub(super) async fn run(command: Organizations) -> Result<(), String> {
    let clock = Clock::default();
    match command {
        Organizations::SetTier { organization_id, tier, installation } => {
            let (store, _) = installation.open().await?;
            organizations::set_tier(&store, organization_id, tier, clock.now()).await.map_err(|error| error.to_string())
        }
        Organizations::Suspend(decision) => decide::suspend(decision, &clock).await,
        Organizations::Restore(decision) => decide::restore(decision, &clock).await,
        Organizations::Delete(decision) => decide::delete(decision, &clock).await,
        Organizations::EndCredentials(decision) => decide::end_credentials(decision, &clock).await,
        Organizations::ReleaseName { slug, data } => release_name::run(&data.open().await?, slug).await,
    }
}
