//! Tiers of organizations.

use domain::id::OrganizationId;
use domain::tier::Tier;
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, ActiveValue, DatabaseTransaction, IntoActiveModel as _};
use serde_json::json;

use super::get_in;
use crate::audit::{self, Entry};
use crate::{Store, StoreError};

/// Puts an organization into a tier, as an operator.
pub async fn set_tier(store: &Store, id: OrganizationId, tier: Tier, now: Timestamp) -> Result<(), StoreError> {
    store.write(None, move |tx| Box::pin(apply(tx, id, tier, now))).await
}

async fn apply(tx: &DatabaseTransaction, id: OrganizationId, tier: Tier, now: Timestamp) -> Result<(), StoreError> {
    let row = get_in(tx, id).await?;
    let metadata = json!({ "tier": tier, "before": row.tier });
    let mut active = row.into_active_model();
    active.tier = ActiveValue::Set(tier.as_str().to_owned());
    active.updated_at = ActiveValue::Set(now.as_millisecond());
    active.update(tx).await?;
    let entry = Entry { actor: "operator".to_owned(), ..Entry::of(id, "organization.tier_changed", metadata) };
    audit::append(tx, now, entry).await
}
