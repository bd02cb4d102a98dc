//! Reads of the audit trail.

use domain::actor::Actor;
use domain::audit::{Event, Outcome};
use domain::id::{AgentId, EventId, OrganizationId};
use domain::rejection::{Rejection, Resource};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    Select,
};

use super::parse_event;
use crate::entity::audit_event;
use crate::{Page, PageRows, Store, StoreError};

/// Events per batch.
const BATCH: u64 = 1000;

/// Filter of a list of events. Fields that are set are combined by "and".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// Agent that the events are about.
    pub agent: Option<AgentId>,
    /// Action, such as `agent.registered`.
    pub action: Option<String>,
    /// Outcome.
    pub outcome: Option<Outcome>,
    /// Earliest time, inclusive, in the format of events: UTC with microseconds (RFC 3339).
    pub from: Option<String>,
    /// Latest time, exclusive, in the format of events.
    pub to: Option<String>,
}

/// Lists events that the actor can read, newest first. Omits rows that are no longer valid events; `verify` reports
/// them.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: EventFilter,
    page: Page,
) -> Result<PageRows<Event>, StoreError> {
    let mut select = visible(actor);
    if let Some(agent) = filter.agent {
        select = select.filter(audit_event::Column::AgentId.eq(agent.to_string()));
    }
    if let Some(action) = filter.action {
        select = select.filter(audit_event::Column::Action.eq(action));
    }
    if let Some(outcome) = filter.outcome {
        select = select.filter(audit_event::Column::Outcome.eq(outcome.as_str()));
    }
    // Times have one format, so they compare as text.
    if let Some(from) = filter.from {
        select = select.filter(audit_event::Column::Timestamp.gte(from));
    }
    if let Some(to) = filter.to {
        select = select.filter(audit_event::Column::Timestamp.lt(to));
    }
    let total = select.clone().count(&store.reader).await?;
    let rows = select
        .order_by_desc(audit_event::Column::Seq)
        .offset(page.offset())
        .limit(page.limit)
        .all(&store.reader)
        .await?;
    Ok(PageRows { rows: rows.into_iter().filter_map(parse_event).collect(), total })
}

/// Reads an event that the actor can read.
///
/// # Errors
///
/// [`Rejection::NotFound`].
pub async fn get(store: &Store, actor: &Actor, id: EventId) -> Result<Event, StoreError> {
    let found = visible(actor).filter(audit_event::Column::EventId.eq(id.to_string())).one(&store.reader).await?;
    found.and_then(parse_event).ok_or(Rejection::NotFound(Resource::AuditEvent).into())
}

/// Reads the events after a sequence number, in order, at most 1,000.
///
/// # Errors
///
/// [`StoreError::Unreadable`] if a row is no longer a valid event.
pub async fn export_batch(store: &Store, organization: OrganizationId, after: u64) -> Result<Vec<Event>, StoreError> {
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    let events = rows_after(store, organization, after).await?.into_iter().map(parse_event);
    let events: Option<Vec<Event>> = events.collect();
    events.ok_or_else(|| StoreError::Unreadable("an event of the audit trail is invalid".to_owned()))
}

pub(super) async fn rows_after(
    store: &Store,
    organization: OrganizationId,
    after: i64,
) -> Result<Vec<audit_event::Model>, StoreError> {
    Ok(audit_event::Entity::find()
        .filter(audit_event::Column::OrganizationId.eq(organization.to_string()))
        .filter(audit_event::Column::Seq.gt(after))
        .order_by_asc(audit_event::Column::Seq)
        .limit(BATCH)
        .all(&store.reader)
        .await?)
}

pub(super) async fn row_at(
    store: &Store,
    organization: OrganizationId,
    seq: i64,
) -> Result<Option<audit_event::Model>, StoreError> {
    let found = audit_event::Entity::find()
        .filter(audit_event::Column::OrganizationId.eq(organization.to_string()))
        .filter(audit_event::Column::Seq.eq(seq));
    Ok(found.one(&store.reader).await?)
}

/// Selects the events that an actor can read: an agent those about itself, the organization all.
fn visible(actor: &Actor) -> Select<audit_event::Entity> {
    let all =
        audit_event::Entity::find().filter(audit_event::Column::OrganizationId.eq(actor.organization_id.to_string()));
    match actor.agent_id {
        Some(agent) => all.filter(audit_event::Column::AgentId.eq(agent.to_string())),
        None => all,
    }
}
