//! Removes what has ended: provisional organizations, deleted ones, links, sessions, revoked tokens, kept answers.

use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use crate::error::ApiError;
use crate::state::App;
use crate::store::agents;
use crate::store::entity::{
    agent, audit_event, claim, credential, idempotent, link, old_slug, organization, outbox, report, revoked_token,
    session, usage,
};
use crate::view::organization::GRACE_MS;

/// Organizations that are removed in one transaction, so that other writes don't wait for long.
const TOGETHER: u64 = 20;
/// How long an answer is kept for its Idempotency-Key, in milliseconds.
const IDEMPOTENCY_MS: i64 = 24 * 3_600_000;
/// How long changes of the marketplace are told, in milliseconds.
pub const CHANGES_MS: i64 = 7 * 86_400_000;

/// Removes all of it.
pub async fn run(app: &App) -> Result<(), ApiError> {
    app.addresses.sweep(app.clock.now()).map_err(ApiError::internal)?;
    let now = app.clock.now_ms();
    app.store.writer.run(move |tx| Box::pin(async move { rows(tx, now).await })).await?;
    loop {
        let over = organization::Entity::find().filter(is_over(now)).limit(TOGETHER).all(&app.store.reader).await?;
        if over.is_empty() {
            return Ok(());
        }
        let count = over.len();
        app.store
            .writer
            .run(move |tx| {
                Box::pin(async move {
                    for row in over {
                        remove(tx, row, now).await?;
                    }
                    Ok::<_, ApiError>(())
                })
            })
            .await?;
        tracing::info!(count, "organizations were removed: their time was over");
    }
}

/// Organizations whose time is over.
fn is_over(now: i64) -> Expr {
    organization::Column::ExpiresAt.lte(now).or(organization::Column::DeletionAskedAt.lte(now - GRACE_MS))
}

async fn rows(tx: &DatabaseTransaction, now: i64) -> Result<(), ApiError> {
    link::Entity::delete_many().filter(link::Column::ExpiresAt.lte(now)).exec(tx).await?;
    session::Entity::delete_many().filter(session::Column::ExpiresAt.lte(now)).exec(tx).await?;
    revoked_token::Entity::delete_many().filter(revoked_token::Column::ExpiresAt.lte(now)).exec(tx).await?;
    idempotent::Entity::delete_many().filter(idempotent::Column::CreatedAt.lte(now - IDEMPOTENCY_MS)).exec(tx).await?;
    outbox::Entity::delete_many().filter(outbox::Column::At.lte(now - CHANGES_MS)).exec(tx).await?;
    Ok(())
}

/// Removes an organization with all it holds. The end of its audit trail stays: whoever kept the trail can still show
/// that it is whole.
async fn remove(tx: &DatabaseTransaction, row: organization::Model, now: i64) -> Result<(), ApiError> {
    let id = row.id;
    // Somebody may have claimed or restored it since it was read.
    let again = organization::Entity::find_by_id(id.clone()).filter(is_over(now)).one(tx).await?;
    if again.is_none() {
        return Ok(());
    }
    let of_it = agent::Entity::find().filter(agent::Column::OrganizationId.eq(id.clone())).all(tx).await?;
    // Whoever never showed anything under its names gives them back.
    if of_it.iter().all(|agent| agent.published_at.is_none()) {
        old_slug::Entity::delete_many().filter(old_slug::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    }
    for agent in of_it {
        if agent.published_at.is_some() {
            agents::note(tx, &agent.id, "gone", now).await?;
        }
        report::Entity::delete_many().filter(report::Column::AgentId.eq(agent.id)).exec(tx).await?;
    }
    claim::Entity::delete_many().filter(claim::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    agent::Entity::delete_many().filter(agent::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    credential::Entity::delete_many().filter(credential::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    session::Entity::delete_many().filter(session::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    link::Entity::delete_many().filter(link::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    usage::Entity::delete_many().filter(usage::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    audit_event::Entity::delete_many().filter(audit_event::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    organization::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}
