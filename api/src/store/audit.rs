//! The audit trail's chains: added to in the same transaction as what they tell of.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, ColumnTrait as _, ConnectionTrait, EntityTrait, QueryFilter as _};
use serde_json::{Map, Value};

use super::StoreError;
use super::entity::{audit_event, audit_head};
use crate::domain::audit::{Event, GENESIS, Outcome};
use crate::domain::id::{AgentId, EventId, OrganizationId};
use crate::extract::caller::Identity;

/// What is to be added.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Whose chain.
    pub organization_id: OrganizationId,
    /// The agent that it is about, if any.
    pub agent_id: Option<AgentId>,
    /// Who did it.
    pub actor: String,
    /// What was done.
    pub action: &'static str,
    /// How it came out.
    pub outcome: Outcome,
    /// More about it. Never a secret.
    pub metadata: Map<String, Value>,
}

impl Entry {
    /// Something that a caller did with success.
    pub fn by(caller: &Identity, agent_id: Option<AgentId>, action: &'static str, metadata: Value) -> Self {
        Self { agent_id, actor: caller.actor(), ..Self::of(caller.organization_id, action, metadata) }
    }

    /// Something that was done for an organization itself, with success.
    pub fn of(organization_id: OrganizationId, action: &'static str, metadata: Value) -> Self {
        let metadata = if let Value::Object(fields) = metadata { fields } else { Map::new() };
        let actor = organization_id.to_string();
        Self { organization_id, agent_id: None, actor, action, outcome: Outcome::Success, metadata }
    }
}

/// Where a chain ends.
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

/// The end of an organization's chain, as it is noted. Every organization has one from its beginning on.
pub async fn noted_head<C: ConnectionTrait>(
    connection: &C,
    organization: OrganizationId,
) -> Result<Option<Head>, StoreError> {
    let row = audit_head::Entity::find_by_id(organization.to_string()).one(connection).await?;
    Ok(row.map(|row| Head { seq: row.seq.unsigned_abs(), hash: row.hash }))
}

/// The end of an organization's chain; before its first event, its beginning.
pub async fn head<C: ConnectionTrait>(connection: &C, organization: OrganizationId) -> Result<Head, StoreError> {
    let noted = noted_head(connection, organization).await?;
    Ok(noted.unwrap_or_else(Head::beginning))
}

/// Adds an event to its chain.
pub async fn append<C: ConnectionTrait>(tx: &C, now: Timestamp, entry: Entry) -> Result<(), StoreError> {
    append_all(tx, vec![(now, entry)]).await
}

/// Adds events to their chains, in their order, by three statements however many there are.
pub async fn append_all<C: ConnectionTrait>(tx: &C, entries: Vec<(Timestamp, Entry)>) -> Result<(), StoreError> {
    let organizations: BTreeSet<String> = entries.iter().map(|(_, entry)| entry.organization_id.to_string()).collect();
    let noted =
        audit_head::Entity::find().filter(audit_head::Column::OrganizationId.is_in(organizations)).all(tx).await?;
    let mut heads: BTreeMap<String, Head> = noted
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

/// An event as it was written. `None` where the row can't even be read as one: somebody changed it.
pub fn event(row: audit_event::Model) -> Option<Event> {
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
