//! Claims: ends those whose time is over, and checks valid ones again once a day.

use futures_util::StreamExt as _;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use crate::claims as checks;
use crate::domain::agent::Word as _;
use crate::domain::claim::ClaimState;
use crate::error::ApiError;
use crate::state::App;
use crate::store::claims::{self, Actor};
use crate::store::entity::claim;

/// Claims that are taken up at one time.
const TOGETHER: u64 = 100;
/// Checks under way at one time: ours are not to be felt by anybody.
const AT_ONCE: usize = 4;

/// Does both.
pub async fn run(app: &App) -> Result<(), ApiError> {
    end(app).await?;
    check(app).await
}

async fn end(app: &App) -> Result<(), ApiError> {
    loop {
        let now = app.clock.now();
        let over = valid().filter(claim::Column::ExpiresAt.lte(now.as_millisecond()));
        let over = over.limit(TOGETHER).all(&app.store.reader).await?;
        if over.is_empty() {
            return Ok(());
        }
        let ended = app.store.writer.run(move |tx| {
            Box::pin(async move {
                for row in over {
                    // It may have been checked since it was read.
                    let current = claim::Entity::find_by_id(row.id.clone()).one(tx).await?;
                    if let Some(current) = current.filter(|current| current.expires_at == row.expires_at) {
                        claims::expire(tx, now, Actor::System, current, "ended").await?;
                    }
                }
                Ok::<_, ApiError>(())
            })
        });
        ended.await?;
    }
}

/// Those that are due, the longest first. Each is due again a day after, so this ends.
async fn check(app: &App) -> Result<(), ApiError> {
    let due = valid()
        .filter(claim::Column::NextCheckAt.lte(app.clock.now_ms()))
        .order_by_asc(claim::Column::NextCheckAt)
        .limit(TOGETHER)
        .all(&app.store.reader)
        .await?;
    let mut checked = futures_util::stream::iter(due).map(|row| one(app, row)).buffer_unordered(AT_ONCE);
    while let Some(result) = checked.next().await {
        if let Err(error) = result {
            tracing::error!(%error, "a claim could not be checked again");
        }
    }
    Ok(())
}

async fn one(app: &App, row: claim::Model) -> Result<(), ApiError> {
    let result = checks::fetched(app, &row).await?;
    let now = app.clock.now();
    let settled = app.store.writer.run(move |tx| {
        Box::pin(async move {
            let current = claim::Entity::find_by_id(row.id.clone()).one(tx).await?;
            // Another process, or its owner, was quicker: a failure counts once.
            let Some(current) = current.filter(|current| current.next_check_at == row.next_check_at) else {
                return Ok::<_, ApiError>(());
            };
            let nonce = current.nonce.clone();
            claims::settle(tx, now, Actor::System, current, result, nonce).await.map(|_| ())
        })
    });
    settled.await
}

fn valid() -> sea_orm::Select<claim::Entity> {
    claim::Entity::find().filter(claim::Column::State.eq(ClaimState::Valid.word()))
}
