//! Sessions of portals.

use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue, ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::StoreError;
use super::entity::session;
use crate::domain::id::OrganizationId;
use crate::domain::organization::State;
use crate::domain::secret::{Purpose, Secret};
use crate::error::ApiError;
use crate::state::App;

/// How long a session lasts that is not used, in milliseconds.
pub const LIFETIME_MS: i64 = 30 * 86_400_000;
/// Its end is moved at most this often, so that reading does not write all the time.
const STEP_MS: i64 = 3_600_000;

/// A session, with its handle in the clear: shown once.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The row.
    pub row: session::Model,
    /// The handle.
    pub handle: Secret,
}

/// Opens a session. `end` is the provisional organization's own.
pub async fn open(
    tx: &DatabaseTransaction,
    now: Timestamp,
    organization: OrganizationId,
    end: Option<i64>,
    pepper: &crate::domain::secret::Pepper,
) -> Result<Opened, ApiError> {
    let handle = Secret::make(Purpose::Session)?;
    let now = now.as_millisecond();
    let row = session::Model {
        id: Uuid::now_v7().to_string(),
        organization_id: organization.to_string(),
        handle_hash: pepper.hash(&handle),
        created_at: now,
        last_used_at: now,
        expires_at: end.unwrap_or(now + LIFETIME_MS),
    };
    session::Entity::insert(active(row.clone())).exec_without_returning(tx).await?;
    Ok(Opened { row, handle })
}

fn active(row: session::Model) -> session::ActiveModel {
    session::ActiveModel {
        id: ActiveValue::Set(row.id),
        organization_id: ActiveValue::Set(row.organization_id),
        handle_hash: ActiveValue::Set(row.handle_hash),
        created_at: ActiveValue::Set(row.created_at),
        last_used_at: ActiveValue::Set(row.last_used_at),
        expires_at: ActiveValue::Set(row.expires_at),
    }
}

/// Moves a session's end, as it was used. That of a provisional organization stays.
pub async fn slide(app: &App, row: session::Model, state: State) -> Result<(), StoreError> {
    let now = app.clock.now_ms();
    if now - row.last_used_at < STEP_MS {
        return Ok(());
    }
    let end = if state == State::Provisional { row.expires_at } else { now + LIFETIME_MS };
    app.store
        .writer
        .run(move |tx| {
            Box::pin(async move {
                session::Entity::update_many()
                    .col_expr(session::Column::LastUsedAt, Expr::value(now))
                    .col_expr(session::Column::ExpiresAt, Expr::value(end))
                    .filter(session::Column::Id.eq(row.id))
                    .exec(tx)
                    .await?;
                Ok(())
            })
        })
        .await
}

/// Ends all sessions of an organization; how many there were.
pub async fn end_all(tx: &DatabaseTransaction, organization: &str) -> Result<u64, ApiError> {
    let ended =
        session::Entity::delete_many().filter(session::Column::OrganizationId.eq(organization)).exec(tx).await?;
    Ok(ended.rows_affected)
}
