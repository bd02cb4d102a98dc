//! Tiers of organizations.

use crate::transaction::Transaction;
use domain::id::OrganizationId;
use domain::tier::Tier;
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, ActiveValue, IntoActiveModel as _};
use serde_json::json;

use super::get_in;
use crate::audit::{self, Entry};
use crate::{Store, StoreError};

/// Sets the tier of an organization, as an operator.
pub async fn set_tier(store: &Store, id: OrganizationId, tier: Tier, now: Timestamp) -> Result<(), StoreError> {
    store.write(None, move |tx| Box::pin(apply(tx, id, tier, now))).await
}

async fn apply(tx: &Transaction, id: OrganizationId, tier: Tier, now: Timestamp) -> Result<(), StoreError> {
    let row = get_in(tx, id).await?;
    let metadata = json!({ "tier": tier, "before": row.tier });
    let mut active = row.into_active_model();
    active.tier = ActiveValue::Set(tier.as_str().to_owned());
    active.updated_at = ActiveValue::Set(now.as_millisecond());
    active.update(tx).await?;
    let entry =
        Entry { actor: "operator".to_owned(), ..Entry::by_organization(id, "organization.tier_changed", metadata) };
    audit::append(tx, now, entry).await
}
