//! Claims as rows of the database, without a proof.

use api::error::ApiError;
use api::store::agents;
use api::store::entity::claim;
use sea_orm::{ActiveValue, EntityTrait as _};

use crate::support::{Tenant, TestApp};

/// An unchecked claim of a tenant, or of one of its agents.
pub(super) fn pending(tenant: &Tenant, agent: Option<&str>, kind: &str, target: &str) -> claim::ActiveModel {
    claim::ActiveModel {
        id: ActiveValue::Set(uuid::Uuid::now_v7().to_string()),
        organization_id: ActiveValue::Set(tenant.id.clone()),
        agent_id: ActiveValue::Set(agent.map(str::to_owned)),
        kind: ActiveValue::Set(kind.to_owned()),
        target: ActiveValue::Set(target.to_owned()),
        nonce: ActiveValue::Set("nonce".to_owned()),
        state: ActiveValue::Set("pending".to_owned()),
        method: ActiveValue::Set(None),
        checked_at: ActiveValue::Set(None),
        next_check_at: ActiveValue::Set(None),
        expires_at: ActiveValue::Set(None),
        evidence_url: ActiveValue::Set(None),
        failures: ActiveValue::Set(0),
        last_failure: ActiveValue::Set(None),
        last_tried_at: ActiveValue::Set(None),
        created_at: ActiveValue::Set(0),
    }
}

/// A claim as verified, with its expiry in milliseconds.
pub(super) fn valid_until(claim: claim::ActiveModel, end: i64) -> claim::ActiveModel {
    claim::ActiveModel {
        state: ActiveValue::Set("valid".to_owned()),
        method: ActiveValue::Set(Some("dns".to_owned())),
        checked_at: ActiveValue::Set(Some(end - 3_600_000)),
        expires_at: ActiveValue::Set(Some(end)),
        ..claim
    }
}

/// Inserts claims, and notes a change of some agents for the marketplace.
pub(super) async fn insert_claims(app: &TestApp, claims: Vec<claim::ActiveModel>, changed: &[&str]) {
    let (changed, now) = (changed.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>(), app.clock.now_ms());
    let written = app.app.store.writer.run(move |tx| {
        Box::pin(async move {
            claim::Entity::insert_many(claims).exec_without_returning(tx).await?;
            for id in changed {
                agents::note(tx, &id, "changed", now).await?;
            }
            Ok::<_, ApiError>(())
        })
    });
    written.await.expect("written");
}
