//! Reports of agents and moderation decisions.

use crate::transaction::Transaction;
use domain::agent::TextForm as _;
use domain::id::AgentId;
use domain::moderation::{Moderation, Reason};
use domain::rejection::{Rejection, Resource};
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _,
};
use serde_json::json;

use super::audit::{self, Entry};
use super::email_queue::{self, NewEmail};
use super::entity::{agent, organization, report};
use super::records::{AgentRecord, OrganizationRecord, ReportRecord};
use super::{Store, StoreError, idempotency::SealedCall, organizations, outbox, parse_stored};

/// Result of a decision.
#[derive(Clone, Debug)]
pub struct Decided {
    /// True if the decision changes the listing.
    pub is_changed: bool,
    /// Number of open reports that the decision closed.
    pub closed_reports: u64,
}

/// Adds a report.
pub async fn report(store: &Store, report: ReportRecord, call: Option<SealedCall<()>>) -> Result<(), StoreError> {
    store.write(call, move |tx| Box::pin(insert(tx, report))).await
}

async fn insert(tx: &Transaction, report: ReportRecord) -> Result<(), StoreError> {
    report::Entity::insert(report.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// Lists open reports, oldest first.
pub async fn list_open(store: &Store) -> Result<Vec<ReportRecord>, StoreError> {
    Ok(report::Entity::find()
        .filter(report::Column::State.eq("open"))
        .order_by_asc(report::Column::CreatedAt)
        .all(&store.reader)
        .await?)
}

/// Finds a reported agent and its publisher.
pub async fn find_reported(
    store: &Store,
    id: String,
) -> Result<Option<(AgentRecord, Option<OrganizationRecord>)>, StoreError> {
    let Some(row) = agent::Entity::find_by_id(id).one(&store.reader).await? else { return Ok(None) };
    let publisher = organization::Entity::find_by_id(row.organization_id.clone()).one(&store.reader).await?;
    Ok(Some((row, publisher)))
}

/// Sets the moderation state of an agent and closes its open reports. The decision is recorded in the publisher's audit
/// trail; `email` tells the publisher if the listing changes.
///
/// # Errors
///
/// [`Rejection::NotFound`].
pub async fn decide(
    store: &Store,
    id: AgentId,
    to: Moderation,
    reason: Reason,
    email: Option<NewEmail>,
    now: Timestamp,
) -> Result<Decided, StoreError> {
    store.write(None, move |tx| Box::pin(apply(tx, id, to, reason, email, now))).await
}

async fn apply(
    tx: &Transaction,
    id: AgentId,
    to: Moderation,
    reason: Reason,
    email: Option<NewEmail>,
    now: Timestamp,
) -> Result<Decided, StoreError> {
    let found = agent::Entity::find_by_id(id.to_string()).one(tx).await?;
    let row = found.ok_or(Rejection::NotFound(Resource::Agent))?;
    let organization = parse_stored(&row.organization_id)?;
    let publisher = organizations::get_in(tx, organization).await?;
    let was_published = outbox::is_published(&row, &publisher);
    let mut active = row.clone().into_active_model();
    active.moderation = ActiveValue::Set(to.as_str().to_owned());
    active.moderation_reason = ActiveValue::Set((to != Moderation::Visible).then(|| reason.as_str().to_owned()));
    let after = active.update(tx).await?;
    let is_published = outbox::is_published(&after, &publisher);
    outbox::add_change(tx, &row.id, was_published, is_published, now.as_millisecond()).await?;
    let closed = report::Entity::update_many()
        .col_expr(report::Column::State, Expr::value("closed"))
        .filter(report::Column::AgentId.eq(row.id.clone()))
        .filter(report::Column::State.eq("open"))
        .exec(tx)
        .await?;
    let metadata = json!({
        "moderation": to, "before": row.moderation, "reason": reason, "closedReports": closed.rows_affected,
    });
    let event = Entry::by_organization(organization, "agent.moderated", metadata);
    audit::append(tx, now, Entry { actor: "operator".to_owned(), agent_id: Some(id), ..event }).await?;
    let is_changed = row.moderation != after.moderation || row.moderation_reason != after.moderation_reason;
    if let Some(email) = email.filter(|_| is_changed) {
        email_queue::add(tx, email, now.as_millisecond()).await?;
    }
    Ok(Decided { is_changed, closed_reports: closed.rows_affected })
}
