//! `api organizations`

use clap::Subcommand;
use sea_orm::{ActiveModelTrait as _, ActiveValue, IntoActiveModel as _};
use serde_json::json;

use super::DataDir;
use crate::clock::Clock;
use crate::domain::id::OrganizationId;
use crate::domain::tier::Tier;
use crate::error::ApiError;
use crate::store::audit::{self, Entry};
use crate::store::{Store, organizations};

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
    set_tier(&store, &Clock::default(), organization_id, tier).await.map_err(|error| error.to_string())
}

/// Puts an organization into a tier.
pub(super) async fn set_tier(store: &Store, clock: &Clock, id: OrganizationId, tier: Tier) -> Result<(), ApiError> {
    let now = clock.now();
    store
        .writer
        .run(move |tx| {
            Box::pin(async move {
                let row = organizations::get(tx, id).await?;
                let metadata = json!({ "tier": tier, "before": row.tier });
                let mut active = row.into_active_model();
                active.tier = ActiveValue::Set(tier.as_str().to_owned());
                active.updated_at = ActiveValue::Set(now.as_millisecond());
                active.update(tx).await?;
                let entry =
                    Entry { actor: "operator".to_owned(), ..Entry::of(id, "organization.tier_changed", metadata) };
                audit::append(tx, now, entry).await?;
                Ok(())
            })
        })
        .await
}
