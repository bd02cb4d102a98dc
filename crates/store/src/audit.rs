//! Audit trail: a chain of events per organization, extended in the transaction of the recorded change.

mod heads;
mod read;
mod verify;

use std::collections::{BTreeMap, BTreeSet};

use domain::actor::Actor;
use domain::audit::{Event, GENESIS, HeadKey, Outcome};
use domain::id::{AgentId, EventId, OrganizationId};
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, ColumnTrait as _, EntityTrait, QueryFilter as _};
use serde_json::{Map, Value};

pub use heads::{list_heads, seal_heads};
pub use read::{EventFilter, export_batch, get, list};
pub(crate) use verify::Verifications;
pub use verify::{Broken, Verification, contains, verify};

use super::entity::{audit_event, audit_head};
use super::transaction::Transaction;
use super::{Store, StoreError};

/// Action that begins the chain of an organization.
const CREATED: &str = "organization.created";

/// New event.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Organization whose chain the event extends.
    pub organization_id: OrganizationId,
    /// Agent that the event is about, if any.
    pub agent_id: Option<AgentId>,
    /// Actor: an ID, `operator` or `system`.
    pub actor: String,
    /// Action, such as `agent.registered`.
    pub action: &'static str,
    /// Outcome.
    pub outcome: Outcome,
    /// Details of the action. Never secrets.
    pub metadata: Map<String, Value>,
}

impl Entry {
    /// Creates an entry for an actor's successful action.
    pub fn by_actor(actor: &Actor, agent_id: Option<AgentId>, action: &'static str, metadata: Value) -> Self {
        Self { agent_id, actor: actor.audit_id(), ..Self::by_organization(actor.organization_id, action, metadata) }
    }

    /// Creates an entry for the organization's own successful action.
    pub fn by_organization(organization_id: OrganizationId, action: &'static str, metadata: Value) -> Self {
        let metadata = if let Value::Object(fields) = metadata { fields } else { Map::new() };
        let actor = organization_id.to_string();
        Self { organization_id, agent_id: None, actor, action, outcome: Outcome::Success, metadata }
    }
}

/// Head of a chain: its last event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Sequence number of the last event; 0 if there is none.
    pub seq: u64,
    /// Hash of the last event.
    pub hash: String,
}

/// Recorded head of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedHead {
    /// Head.
    pub head: Head,
    /// True if the head is authentic: this service wrote it, and every head before it.
    pub is_authentic: bool,
}

impl Head {
    /// Returns the head of an empty chain.
    fn empty() -> Self {
        Self { seq: 0, hash: GENESIS.to_owned() }
    }
}

/// Reads the recorded head of an organization's chain. Each organization has one from its creation.
async fn recorded_head(store: &Store, organization: OrganizationId) -> Result<Option<RecordedHead>, StoreError> {
    let row = audit_head::Entity::find_by_id(organization.to_string()).one(&store.reader).await?;
    Ok(row.map(|row| authenticate(store.head_key.as_deref(), row)))
}

/// Reads the head of an organization's chain. Without one, the head of an empty chain, which is not authentic.
pub async fn head(store: &Store, organization: OrganizationId) -> Result<RecordedHead, StoreError> {
    let recorded = recorded_head(store, organization).await?;
    Ok(recorded.unwrap_or_else(|| RecordedHead { head: Head::empty(), is_authentic: false }))
}

fn authenticate(key: Option<&HeadKey>, row: audit_head::Model) -> RecordedHead {
    let head = Head { seq: row.seq.unsigned_abs(), hash: row.hash };
    let verify = |key: &HeadKey, mac: &[u8]| key.verify(&row.organization_id, head.seq, &head.hash, mac);
    let is_authentic = key.zip(row.mac.as_deref()).is_some_and(|(key, mac)| verify(key, mac));
    RecordedHead { head, is_authentic }
}

/// Appends an event without any other change. Completes after the commit.
pub async fn append_alone(store: &Store, now: Timestamp, entry: Entry) -> Result<(), StoreError> {
    store.writer.append(now, entry).await
}

/// Appends an event to its chain.
pub(crate) async fn append(tx: &Transaction, now: Timestamp, entry: Entry) -> Result<(), StoreError> {
    append_all(tx, vec![(now, entry)]).await
}

/// Appends events to their chains in order, with three statements regardless of their number.
///
/// The new head of a chain is authentic if the old one is: a chain that was changed in the database goes on, but never
/// becomes authentic again.
pub(crate) async fn append_all(tx: &Transaction, entries: Vec<(Timestamp, Entry)>) -> Result<(), StoreError> {
    let organizations: BTreeSet<String> = entries.iter().map(|(_, entry)| entry.organization_id.to_string()).collect();
    let recorded =
        audit_head::Entity::find().filter(audit_head::Column::OrganizationId.is_in(organizations)).all(tx).await?;
    let mut heads: BTreeMap<String, RecordedHead> =
        recorded.into_iter().map(|row| (row.organization_id.clone(), authenticate(tx.head_key(), row))).collect();
    let mut rows = Vec::with_capacity(entries.len());
    for (now, entry) in entries {
        // Only the chain of a new organization begins here; any other one has lost its head.
        let begins = || RecordedHead { head: Head::empty(), is_authentic: entry.action == CREATED };
        let recorded = heads.entry(entry.organization_id.to_string()).or_insert_with(begins);
        let event = next_event(&recorded.head, now, entry);
        rows.push(row(&event)?);
        recorded.head = Head { seq: event.seq, hash: event.hash };
    }
    audit_event::Entity::insert_many(rows).exec_without_returning(tx).await?;
    let ends = heads.into_iter().map(|(organization_id, RecordedHead { head, is_authentic })| {
        let key = tx.head_key().filter(|_| is_authentic);
        audit_head::ActiveModel {
            mac: ActiveValue::Set(key.map(|key| key.sign(&organization_id, head.seq, &head.hash))),
            organization_id: ActiveValue::Set(organization_id),
            seq: ActiveValue::Set(db_seq(head.seq)),
            hash: ActiveValue::Set(head.hash),
        }
    });
    let moved = OnConflict::column(audit_head::Column::OrganizationId)
        .update_columns([audit_head::Column::Seq, audit_head::Column::Hash, audit_head::Column::Mac])
        .to_owned();
    audit_head::Entity::insert_many(ends).on_conflict(moved).exec_without_returning(tx).await?;
    Ok(())
}

/// Builds the event that follows the head.
fn next_event(head: &Head, now: Timestamp, entry: Entry) -> Event {
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
    .with_hash()
}

/// Converts a sequence number to the database's integer type.
fn db_seq(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

fn row(event: &Event) -> Result<audit_event::ActiveModel, StoreError> {
    Ok(audit_event::ActiveModel {
        organization_id: ActiveValue::Set(event.organization_id.to_string()),
        seq: ActiveValue::Set(db_seq(event.seq)),
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

/// Parses a row. `None` if the row is no longer a valid event: it was changed in the database.
fn parse_event(row: audit_event::Model) -> Option<Event> {
    Some(Event {
        seq: u64::try_from(row.seq).ok()?,
        event_id: row.event_id.parse().ok()?,
        timestamp: row.timestamp,
        organization_id: row.organization_id.parse().ok()?,
        agent_id: row.agent_id.map(|agent| agent.parse()).transpose().ok()?,
        actor: row.actor,
        action: row.action,
        outcome: Outcome::parse(&row.outcome)?,
        metadata: serde_json::from_str(&row.metadata).ok()?,
        previous_hash: row.previous_hash,
        hash: row.hash,
    })
}
