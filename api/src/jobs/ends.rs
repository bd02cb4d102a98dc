//! Removes what has ended: provisional organizations, deleted ones, links, sessions, revoked tokens, kept answers.

use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use crate::error::ApiError;
use crate::state::App;
use crate::store::entity::{idempotent, link, organization, outbox, revoked_token, session};
use crate::store::organizations;
use crate::view::organization::GRACE_MS;

/// Organizations that are removed in one transaction, so that other writes don't wait for long.
const TOGETHER: u64 = 20;
/// How long an answer is kept for its Idempotency-Key, in milliseconds.
const IDEMPOTENCY_MS: i64 = 24 * 3_600_000;
/// How long changes of the marketplace are told, in milliseconds.
pub const CHANGES_MS: i64 = 7 * 86_400_000;

/// Removes all of it.
pub async fn run(app: &App) -> Result<(), ApiError> {
    // A folder that can't be read keeps nothing else from its end.
    if let Err(error) = app.addresses.sweep(app.clock.now()) {
        tracing::error!(%error, "the files of addresses could not be removed");
    }
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
                        // Somebody may have claimed or restored it since it was read.
                        let again = organization::Entity::find_by_id(row.id).filter(is_over(now)).one(tx).await?;
                        if let Some(row) = again {
                            organizations::erase(tx, row.id, now).await?;
                        }
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
