//! Deletion of expired organizations.

use crate::transaction::Transaction;
use domain::organization::State;
use domain::retention::DELETION_GRACE_MS;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::retired;
use crate::entity::{
    agent, audit_event, claim, credential, link, old_slug, organization, queued_email, report, session, usage,
};
use crate::{Store, StoreError, outbox};

/// Organizations per transaction, so that other writes don't wait long.
const BATCH: u64 = 20;

/// Deletes organizations whose provisional period or deletion grace period has passed, at most 20. Returns their
/// number. `now` is in milliseconds since 1970.
pub async fn erase_due(store: &Store, now: i64) -> Result<usize, StoreError> {
    let expired = organization::Entity::find().filter(has_expired(now)).limit(BATCH).all(&store.reader).await?;
    let count = expired.len();
    if count == 0 {
        return Ok(0);
    }
    let work = store.write(None, move |tx| {
        Box::pin(async move {
            for row in expired {
                // The organization may have been claimed or restored since it was read.
                let current = organization::Entity::find_by_id(row.id).filter(has_expired(now)).one(tx).await?;
                if let Some(row) = current {
                    erase(tx, row.id, now).await?;
                }
            }
            Ok(())
        })
    });
    work.await?;
    Ok(count)
}

fn has_expired(now: i64) -> Expr {
    let unclaimed = organization::Column::ExpiresAt.lte(now).and(organization::Column::SuspendedAt.is_null());
    unclaimed.or(organization::Column::DeletionAskedAt.lte(now - DELETION_GRACE_MS))
}

/// Deletes an organization with all its data, except for [what stays reserved](retired). Keeps the head of its audit trail, so that anyone with an export can
/// still show that it is complete.
pub(crate) async fn erase(tx: &Transaction, id: String, now: i64) -> Result<(), StoreError> {
    let agents = agent::Entity::find().filter(agent::Column::OrganizationId.eq(id.clone())).all(tx).await?;
    let row = organization::Entity::find_by_id(id.clone()).one(tx).await?;
    if let Some(row) = row {
        // Slugs under which nothing was ever published become free.
        if agents.iter().any(|agent| agent.published_at.is_some()) {
            retired::retire_publisher(tx, &row, now).await?;
        }
        // Anyone can create any number of organizations that are never verified; nobody relies on their agents.
        if row.state == State::Verified.as_str() {
            retired::retire_agents(tx, &agents, now).await?;
        }
    }
    old_slug::Entity::delete_many().filter(old_slug::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    for agent in agents {
        if agent.published_at.is_some() {
            outbox::add(tx, &agent.id, "gone", now).await?;
        }
        report::Entity::delete_many().filter(report::Column::AgentId.eq(agent.id)).exec(tx).await?;
    }
    claim::Entity::delete_many().filter(claim::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    agent::Entity::delete_many().filter(agent::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    credential::Entity::delete_many().filter(credential::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    session::Entity::delete_many().filter(session::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    link::Entity::delete_many().filter(link::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    queued_email::Entity::delete_many().filter(queued_email::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    usage::Entity::delete_many().filter(usage::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    audit_event::Entity::delete_many().filter(audit_event::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    organization::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}
