//! Sessions of portals.

use crate::transaction::Transaction;
use std::sync::Arc;

use domain::actor::Actor;
use domain::id::OrganizationId;
use domain::organization::State;
use domain::rejection::{Rejection, Resource};
use domain::retention::SESSION_MS;
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use serde_json::json;
use uuid::Uuid;

use super::audit::{self, Entry};
use super::entity::{organization, session};
use super::idempotency::SealedCall;
use super::records::{OrganizationRecord, SessionRecord};
use super::{Page, PageRows, Store, StoreError, organizations};

/// Minimum interval, in milliseconds, at which the expiry of a session is extended, so that reads rarely write.
const STEP_MS: i64 = 3_600_000;

/// Finds a session with its organization by the HMAC of its handle. `None` if it has expired.
pub async fn find(
    store: &Store,
    handle_hash: Vec<u8>,
    now: i64,
) -> Result<Option<(SessionRecord, Option<OrganizationRecord>)>, StoreError> {
    let found = session::Entity::find().filter(session::Column::HandleHash.eq(handle_hash)).one(&store.reader).await?;
    let Some(row) = found.filter(|row| row.expires_at > now) else { return Ok(None) };
    let organization = organization::Entity::find_by_id(row.organization_id.clone()).one(&store.reader).await?;
    // A provisional organization past its expiry counts as deleted, even if its row still exists.
    let organization = organization.filter(|row| row.expires_at.is_none_or(|end| end > now));
    Ok(Some((row, organization)))
}

/// Lists the active sessions of an organization, newest first. `now` is in milliseconds since 1970.
pub async fn list(
    store: &Store,
    tenant: OrganizationId,
    now: i64,
    page: Page,
) -> Result<PageRows<SessionRecord>, StoreError> {
    let select = session::Entity::find()
        .filter(session::Column::OrganizationId.eq(tenant.to_string()))
        .filter(session::Column::ExpiresAt.gt(now));
    let total = select.clone().count(&store.reader).await?;
    let rows = select
        .order_by_desc(session::Column::CreatedAt)
        .order_by_desc(session::Column::Id)
        .offset(page.offset())
        .limit(page.limit)
        .all(&store.reader)
        .await?;
    Ok(PageRows { rows, total })
}

/// Opens a session of the actor's organization. The session of a provisional organization expires with it.
pub async fn open(
    store: &Store,
    actor: Arc<Actor>,
    handle_hash: Vec<u8>,
    now: Timestamp,
    call: Option<SealedCall<SessionRecord>>,
) -> Result<SessionRecord, StoreError> {
    store.write(call, move |tx| Box::pin(async move { open_in(tx, &actor, handle_hash, now).await })).await
}

async fn open_in(
    tx: &Transaction,
    actor: &Actor,
    handle_hash: Vec<u8>,
    now: Timestamp,
) -> Result<SessionRecord, StoreError> {
    let organization = organizations::get_in(tx, actor.organization_id).await?;
    let row = insert(tx, now, actor.organization_id, organization.expires_at, handle_hash).await?;
    audit::append(tx, now, Entry::by_actor(actor, None, "session.opened", json!({ "sessionId": row.id }))).await?;
    Ok(row)
}

/// Closes a session of the actor's organization.
///
/// # Errors
///
/// [`Rejection::NotFound`].
pub async fn close(store: &Store, actor: Arc<Actor>, id: String, now: Timestamp) -> Result<(), StoreError> {
    store.write(None, move |tx| Box::pin(async move { delete(tx, &actor, id, now).await })).await
}

async fn delete(tx: &Transaction, actor: &Actor, id: String, now: Timestamp) -> Result<(), StoreError> {
    let deleted = session::Entity::delete_many()
        .filter(session::Column::Id.eq(id.clone()))
        .filter(session::Column::OrganizationId.eq(actor.organization_id.to_string()))
        .exec(tx)
        .await?;
    if deleted.rows_affected == 0 {
        return Err(Rejection::NotFound(Resource::Session).into());
    }
    audit::append(tx, now, Entry::by_actor(actor, None, "session.ended", json!({ "sessionId": id }))).await
}

/// Inserts a session. `end` is the expiry of a provisional organization.
pub(crate) async fn insert(
    tx: &Transaction,
    now: Timestamp,
    organization: OrganizationId,
    end: Option<i64>,
    handle_hash: Vec<u8>,
) -> Result<SessionRecord, StoreError> {
    let now = now.as_millisecond();
    let row = SessionRecord {
        id: Uuid::now_v7().to_string(),
        organization_id: organization.to_string(),
        handle_hash,
        created_at: now,
        last_used_at: now,
        expires_at: end.unwrap_or(now + SESSION_MS),
    };
    session::Entity::insert(active(row.clone())).exec_without_returning(tx).await?;
    Ok(row)
}

fn active(row: SessionRecord) -> session::ActiveModel {
    session::ActiveModel {
        id: ActiveValue::Set(row.id),
        organization_id: ActiveValue::Set(row.organization_id),
        handle_hash: ActiveValue::Set(row.handle_hash),
        created_at: ActiveValue::Set(row.created_at),
        last_used_at: ActiveValue::Set(row.last_used_at),
        expires_at: ActiveValue::Set(row.expires_at),
    }
}

/// Extends the expiry of a session on use, at most once an hour. The session of a provisional organization keeps its
/// expiry.
pub async fn extend(store: &Store, row: SessionRecord, state: State, now: i64) -> Result<(), StoreError> {
    if now - row.last_used_at < STEP_MS {
        return Ok(());
    }
    let end = if state == State::Provisional { row.expires_at } else { now + SESSION_MS };
    store.write(None, move |tx| Box::pin(move_end(tx, row.id, now, end))).await
}

async fn move_end(tx: &Transaction, id: String, now: i64, end: i64) -> Result<(), StoreError> {
    session::Entity::update_many()
        .col_expr(session::Column::LastUsedAt, Expr::value(now))
        .col_expr(session::Column::ExpiresAt, Expr::value(end))
        .filter(session::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Closes all sessions of an organization. Returns their number.
pub(crate) async fn close_all(tx: &Transaction, organization: &str) -> Result<u64, StoreError> {
    let closed =
        session::Entity::delete_many().filter(session::Column::OrganizationId.eq(organization)).exec(tx).await?;
    Ok(closed.rows_affected)
}
