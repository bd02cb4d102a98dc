//! The audit trail: a chain of events for each tenant, extended in the transaction of the change that an event records.

mod read;
mod verify;

use std::collections::{BTreeMap, BTreeSet};

use domain::actor::Actor;
use domain::audit::{Event, GENESIS, Outcome};
use domain::id::{AgentId, EventId, OrganizationId};
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, ColumnTrait as _, ConnectionTrait, EntityTrait, QueryFilter as _};
use serde_json::{Map, Value};

pub use read::{EventFilter, export_batch, get, list};
pub use verify::{Broken, Verification, verify};

use super::entity::{audit_event, audit_head};
use super::{Store, StoreError};

/// A new event.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The tenant whose chain it extends.
    pub organization_id: OrganizationId,
    /// The agent that it is about, if any.
    pub agent_id: Option<AgentId>,
    /// The actor: an identifier, `operator` or `system`.
    pub actor: String,
    /// The action, such as `agent.registered`.
    pub action: &'static str,
    /// The outcome.
    pub outcome: Outcome,
    /// More about it. Never a secret.
    pub metadata: Map<String, Value>,
}

impl Entry {
    /// An actor's success.
    pub fn by(caller: &Actor, agent_id: Option<AgentId>, action: &'static str, metadata: Value) -> Self {
        Self { agent_id, actor: caller.audit_id(), ..Self::of(caller.organization_id, action, metadata) }
    }

    /// A success of the organization itself.
    pub fn of(organization_id: OrganizationId, action: &'static str, metadata: Value) -> Self {
        let metadata = if let Value::Object(fields) = metadata { fields } else { Map::new() };
        let actor = organization_id.to_string();
        Self { organization_id, agent_id: None, actor, action, outcome: Outcome::Success, metadata }
    }
}

/// The head of a chain: its last event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last event's place; 0 where there is none.
    pub seq: u64,
    /// The last event's hash.
    pub hash: String,
}

impl Head {
    /// Where a chain ends that has no event yet.
    fn beginning() -> Self {
        Self { seq: 0, hash: GENESIS.to_owned() }
    }
}

/// The recorded head of an organization's chain. Every organization has one from its creation on.
async fn recorded_head<C: ConnectionTrait>(
    connection: &C,
    organization: OrganizationId,
) -> Result<Option<Head>, StoreError> {
    let row = audit_head::Entity::find_by_id(organization.to_string()).one(connection).await?;
    Ok(row.map(|row| Head { seq: row.seq.unsigned_abs(), hash: row.hash }))
}

/// Reads the head of an organization's chain.
pub async fn head(store: &Store, organization: OrganizationId) -> Result<Head, StoreError> {
    let recorded = recorded_head(&store.reader, organization).await?;
    Ok(recorded.unwrap_or_else(Head::beginning))
}

/// Appends an event that no other change goes with. Completes after the commit.
pub async fn append_alone(store: &Store, now: Timestamp, entry: Entry) -> Result<(), StoreError> {
    store.writer.append(now, entry).await
}

/// Appends an event to its chain.
pub(crate) async fn append<C: ConnectionTrait>(tx: &C, now: Timestamp, entry: Entry) -> Result<(), StoreError> {
    append_all(tx, vec![(now, entry)]).await
}

/// Appends events to their chains, in their order, by three statements however many there are.
pub(crate) async fn append_all<C: ConnectionTrait>(tx: &C, entries: Vec<(Timestamp, Entry)>) -> Result<(), StoreError> {
    let organizations: BTreeSet<String> = entries.iter().map(|(_, entry)| entry.organization_id.to_string()).collect();
    let recorded =
        audit_head::Entity::find().filter(audit_head::Column::OrganizationId.is_in(organizations)).all(tx).await?;
    let mut heads: BTreeMap<String, Head> = recorded
        .into_iter()
        .map(|row| (row.organization_id, Head { seq: row.seq.unsigned_abs(), hash: row.hash }))
        .collect();
    let mut rows = Vec::with_capacity(entries.len());
    for (now, entry) in entries {
        let head = heads.entry(entry.organization_id.to_string()).or_insert_with(Head::beginning);
        let event = next(head, now, entry);
        rows.push(row(&event)?);
        *head = Head { seq: event.seq, hash: event.hash };
    }
    audit_event::Entity::insert_many(rows).exec_without_returning(tx).await?;
    let ends = heads.into_iter().map(|(organization_id, head)| audit_head::ActiveModel {
        organization_id: ActiveValue::Set(organization_id),
        seq: ActiveValue::Set(place(head.seq)),
        hash: ActiveValue::Set(head.hash),
    });
    let moved = OnConflict::column(audit_head::Column::OrganizationId)
        .update_columns([audit_head::Column::Seq, audit_head::Column::Hash])
        .to_owned();
    audit_head::Entity::insert_many(ends).on_conflict(moved).exec_without_returning(tx).await?;
    Ok(())
}

/// The event that an entry becomes behind a chain's end.
fn next(head: &Head, now: Timestamp, entry: Entry) -> Event {
    Event {
        seq: head.seq + 1,
        event_id: EventId::new(),
        timestamp: format!("{now:.6}"),
        organization_id: entry.organization_id,
        agent_id: entry.agent_id,
        actor: entry.actor,
        action: entry.action.to_owned(),
        outcome: entry.outcome,
        metadata: entry.metadata,
        previous_hash: head.hash.clone(),
        hash: String::new(),
    }
    .sealed()
}

/// A place in a chain, as the database counts.
fn place(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

fn row(event: &Event) -> Result<audit_event::ActiveModel, StoreError> {
    Ok(audit_event::ActiveModel {
        organization_id: ActiveValue::Set(event.organization_id.to_string()),
        seq: ActiveValue::Set(place(event.seq)),
        event_id: ActiveValue::Set(event.event_id.to_string()),
        timestamp: ActiveValue::Set(event.timestamp.clone()),
        agent_id: ActiveValue::Set(event.agent_id.map(|agent| agent.to_string())),
        actor: ActiveValue::Set(event.actor.clone()),
        action: ActiveValue::Set(event.action.clone()),
        outcome: ActiveValue::Set(event.outcome.as_str().to_owned()),
        metadata: ActiveValue::Set(
            serde_json::to_string(&event.metadata).map_err(|error| StoreError::Write(error.to_string()))?,
        ),
        previous_hash: ActiveValue::Set(event.previous_hash.clone()),
        hash: ActiveValue::Set(event.hash.clone()),
    })
}

/// Parses a row. `None` where it is no event any more: it was changed in the database.
fn parse_event(row: audit_event::Model) -> Option<Event> {
    Some(Event {
        seq: u64::try_from(row.seq).ok()?,
        event_id: row.event_id.parse().ok()?,
        timestamp: row.timestamp,
        organization_id: row.organization_id.parse().ok()?,
        agent_id: row.agent_id.map(|agent| agent.parse()).transpose().ok()?,
        actor: row.actor,
        action: row.action,
        outcome: Outcome::read(&row.outcome)?,
        metadata: serde_json::from_str(&row.metadata).ok()?,
        previous_hash: row.previous_hash,
        hash: row.hash,
    })
}
