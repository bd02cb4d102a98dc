//! Sign-up of an organization.

use crate::transaction::Transaction;
use domain::email::Email;
use domain::id::OrganizationId;
use domain::name;
use domain::organization::{State, suggest_slug};
use domain::rejection::Rejection;
use domain::retention::{PROVISIONAL_MS, UNUSED_MS};
use domain::tier::Tier;
use jiff::Timestamp;
use sea_orm::sea_query::{DynIden, Expr, ExprTrait as _, IntoIden as _, Query};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};
use serde_json::json;
use uuid::Uuid;

use super::links::{self, NewLink};
use crate::audit::{self, Entry};
use crate::credentials::{self, NewCredential};
use crate::entity::{agent, credential, organization};
use crate::idempotency::SealedCall;
use crate::records::OrganizationRecord;
use crate::{Store, StoreError, organizations};

/// Networks that it takes to reach the maximum number of provisional organizations.
const NETWORKS: u64 = 50;
/// Smallest share of a network: an office has one address.
const MIN_SHARE: u64 = 20;

/// ID of no organization.
pub(crate) const NOBODY: OrganizationId = OrganizationId(Uuid::nil());

/// New organization.
#[derive(Clone, Debug)]
pub struct NewOrganization {
    /// ID of the organization.
    pub id: OrganizationId,
    /// Name.
    pub name: String,
    /// Display name, if different.
    pub display_name: Option<String>,
    /// Email address, not verified yet. Without one, the organization is provisional.
    pub email: Option<Email>,
    /// HMAC of the claim code of a provisional organization.
    pub claim_hash: Option<Vec<u8>>,
    /// Network of the sign-up, such as `203.0.113.0/24`.
    pub network: Option<String>,
}

impl NewOrganization {
    /// Builds the record. `now` is in milliseconds since 1970.
    pub fn into_record(self, now: i64) -> OrganizationRecord {
        let new = self;
        let state = if new.email.is_some() { State::Unverified } else { State::Provisional };
        OrganizationRecord {
            id: new.id.to_string(),
            name_key: name::key(new.display_name.as_ref().unwrap_or(&new.name)),
            slug: suggest_slug(&new.name, &new.id.0.simple().to_string()),
            name: new.name,
            display_name: new.display_name,
            email_key: new.email.as_ref().map(Email::key),
            email: new.email.map(|email| email.to_string()),
            state: state.as_str().to_owned(),
            tier: Tier::Free.as_str().to_owned(),
            expires_at: (state == State::Provisional).then_some(now + PROVISIONAL_MS),
            claim_hash: new.claim_hash,
            deletion_asked_at: None,
            suspended_at: None,
            suspension_reason: None,
            signup_network: new.network,
            created_at: now,
            updated_at: now,
        }
    }
}

/// Creates an organization with its admin credential, and the link that verifies its email address. At `max_provisional` provisional organizations, replaces the
/// oldest one that is unused after its first hour.
///
/// # Errors
///
/// [`Rejection::ProvisionalLimitReached`] if all are in use; [`Rejection::ProvisionalShareReached`] if too many are of the
/// same network.
pub async fn create(
    store: &Store,
    row: OrganizationRecord,
    admin: NewCredential,
    link: Option<NewLink>,
    max_provisional: u64,
    now: Timestamp,
    call: Option<SealedCall<OrganizationRecord>>,
) -> Result<OrganizationRecord, StoreError> {
    store.write(call, move |tx| Box::pin(apply(tx, row, admin, link, max_provisional, now))).await
}

async fn apply(
    tx: &Transaction,
    row: OrganizationRecord,
    admin: NewCredential,
    link: Option<NewLink>,
    max_provisional: u64,
    now: Timestamp,
) -> Result<OrganizationRecord, StoreError> {
    if row.state == State::Provisional.as_str() {
        let share = Ord::max(max_provisional / NETWORKS, MIN_SHARE);
        let (network, before) = (row.signup_network.as_deref(), now.as_millisecond() - UNUSED_MS);
        if count_provisional_of(tx, network).await? >= share {
            let unused = find_oldest_unused(tx, before, network).await?;
            let unused = unused.ok_or(Rejection::ProvisionalShareReached { limit: share })?;
            organizations::erase(tx, unused, now.as_millisecond()).await?;
        } else if count_provisional(tx).await? >= max_provisional {
            let unused = find_oldest_unused(tx, before, None).await?;
            let unused = unused.ok_or(Rejection::ProvisionalLimitReached { limit: max_provisional })?;
            organizations::erase(tx, unused, now.as_millisecond()).await?;
        }
    }
    let id = admin.organization_id;
    let metadata = json!({ "name": row.name, "state": row.state, "credentialId": admin.id });
    organization::Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    credentials::insert(tx, now, admin).await?;
    audit::append(tx, now, Entry::by_organization(id, "organization.created", metadata)).await?;
    if let Some(link) = link {
        links::add(tx, link, now).await?;
    }
    Ok(row)
}

/// Counts the provisional organizations of a network; none if it is unknown.
async fn count_provisional_of(tx: &Transaction, network: Option<&str>) -> Result<u64, StoreError> {
    let Some(network) = network else { return Ok(0) };
    let provisional = organization::Entity::find()
        .filter(organization::Column::State.eq(State::Provisional.as_str()))
        .filter(organization::Column::SignupNetwork.eq(network));
    Ok(provisional.count(tx).await?)
}

async fn count_provisional(tx: &Transaction) -> Result<u64, StoreError> {
    let provisional = organization::Entity::find().filter(organization::Column::State.eq(State::Provisional.as_str()));
    Ok(provisional.count(tx).await?)
}

/// Finds the oldest unused provisional organization created before a time: no agents, and no calls by its
/// credentials. Of a network, if one is given.
async fn find_oldest_unused(
    tx: &Transaction,
    before: i64,
    network: Option<&str>,
) -> Result<Option<String>, StoreError> {
    let owned = |column: DynIden, table: DynIden| {
        Expr::col((table, column)).equals((organization::Entity, organization::Column::Id))
    };
    let agents = Query::select()
        .expr(Expr::val(1))
        .from(agent::Entity)
        .and_where(owned(agent::Column::OrganizationId.into_iden(), agent::Entity.into_iden()))
        .to_owned();
    let calls = Query::select()
        .expr(Expr::val(1))
        .from(credential::Entity)
        .and_where(owned(credential::Column::OrganizationId.into_iden(), credential::Entity.into_iden()))
        .and_where(credential::Column::FirstCallAt.is_not_null())
        .to_owned();
    let mut select = organization::Entity::find();
    if let Some(network) = network {
        select = select.filter(organization::Column::SignupNetwork.eq(network));
    }
    let found = select
        .filter(organization::Column::State.eq(State::Provisional.as_str()))
        .filter(organization::Column::SuspendedAt.is_null())
        .filter(organization::Column::CreatedAt.lt(before))
        .filter(Expr::exists(agents).not())
        .filter(Expr::exists(calls).not())
        .order_by_asc(organization::Column::CreatedAt)
        .one(tx)
        .await?;
    Ok(found.map(|row| row.id))
}

/// Builds the record of an organization that doesn't exist. What is written for it takes the place of what is written for
/// an organization, where the time must not show whether there is one. `now` is in milliseconds since 1970.
pub fn nobody(now: i64) -> OrganizationRecord {
    let name = "Nobody".to_owned();
    NewOrganization { id: NOBODY, name, display_name: None, email: None, claim_hash: None, network: None }
        .into_record(now)
}
