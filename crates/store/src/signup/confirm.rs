//! Verification of an email address, and with it of the organization.

use crate::transaction::Transaction;
use domain::email::Email;
use domain::id::OrganizationId;
use domain::name;
use domain::organization::{PLACEHOLDER_NAME, State};
use domain::rejection::Rejection;
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
};
use serde_json::json;

use super::links::{self, LinkPurpose};
use crate::audit::{self, Entry};
use crate::credentials::{self, Holder};
use crate::entity::agent;
use crate::idempotency::SealedCall;
use crate::records::{OrganizationRecord, SessionRecord};
use crate::{Store, StoreError, organizations, outbox, parse_stored, sessions};

/// Verified organization with a session.
#[derive(Clone, Debug)]
pub struct Confirmation {
    /// Organization.
    pub organization: OrganizationRecord,
    /// Session.
    pub session: SessionRecord,
}

/// What happens to the credentials and sessions that an organization has when its email address is verified. Whoever
/// signed it up may be a stranger to the owner of the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EarlierAccess {
    /// They stay valid.
    Keep,
    /// All of them end.
    End,
    /// They stay valid if the caller already controls this organization, and otherwise end.
    KeepIfOwn(Option<OrganizationId>),
}

/// Verifies the email address of a link by the HMAC of its code, and creates a session.
///
/// # Errors
///
/// [`Rejection::InvalidCode`] if the code is unknown or expired, or if the organization or the address has been verified
/// otherwise.
pub async fn confirm(
    store: &Store,
    code_hash: Vec<u8>,
    handle_hash: Vec<u8>,
    earlier: EarlierAccess,
    now: Timestamp,
    call: Option<SealedCall<Confirmation>>,
) -> Result<Confirmation, StoreError> {
    store.write(call, move |tx| Box::pin(apply(tx, code_hash, handle_hash, earlier, now))).await
}

async fn apply(
    tx: &Transaction,
    code_hash: Vec<u8>,
    handle_hash: Vec<u8>,
    earlier: EarlierAccess,
    now: Timestamp,
) -> Result<Confirmation, StoreError> {
    let link = links::consume(tx, now, code_hash, &[LinkPurpose::Verify, LinkPurpose::Claim]).await?;
    let link = link.ok_or(Rejection::InvalidCode)?;
    let row = organizations::get_in(tx, parse_stored(&link.organization_id)?).await?;
    let email = Email::stored(link.email);
    let is_expired = row.expires_at.is_some_and(|end| end <= now.as_millisecond());
    let is_taken = organizations::find_verified_in(tx, &email).await?.is_some();
    if row.state == State::Verified.as_str() || is_expired || is_taken {
        return Err(Rejection::InvalidCode.into());
    }
    row.require_active()?;
    let id = parse_stored(&row.id)?;
    let row = verify(tx, row, &email, now.as_millisecond()).await?;
    // Invalidates the organization's links to other addresses.
    links::delete_all(tx, &row.id).await?;
    let is_kept = match earlier {
        EarlierAccess::Keep => true,
        EarlierAccess::End => false,
        EarlierAccess::KeepIfOwn(own) => own == Some(id),
    };
    let metadata = if is_kept {
        publish_waiting(tx, &row, now.as_millisecond()).await?;
        json!({ "state": State::Verified })
    } else {
        unpublish_waiting(tx, &row).await?;
        let revoked = credentials::revoke_all(tx, now, id, Holder::All).await?;
        let closed = sessions::close_all(tx, &row.id).await?;
        json!({ "state": State::Verified, "revoked": revoked, "endedSessions": closed })
    };
    let session = sessions::insert(tx, now, id, None, handle_hash).await?;
    let is_claim = link.purpose == LinkPurpose::Claim.as_str();
    let action = if is_claim { "organization.claimed" } else { "organization.verified" };
    audit::append(tx, now, Entry::by_organization(id, action, metadata)).await?;
    audit::append(tx, now, Entry::by_organization(id, "session.opened", json!({ "sessionId": session.id }))).await?;
    Ok(Confirmation { organization: row, session })
}

async fn verify(
    tx: &Transaction,
    row: OrganizationRecord,
    email: &Email,
    now: i64,
) -> Result<OrganizationRecord, StoreError> {
    let shown = row.display_name.as_ref().unwrap_or(&row.name);
    let is_fit = shown != PLACEHOLDER_NAME && is_available(tx, shown, parse_stored(&row.id)?).await?;
    let slug = row.slug.clone();
    let mut active = row.into_active_model();
    if !is_fit {
        // An unavailable name doesn't block the verification: the slug serves as the name until another is chosen.
        active.name_key = ActiveValue::Set(name::key(&slug));
        active.display_name = ActiveValue::Set(Some(slug));
    }
    active.email = ActiveValue::Set(Some(email.to_string()));
    active.email_key = ActiveValue::Set(Some(email.key()));
    active.state = ActiveValue::Set(State::Verified.as_str().to_owned());
    active.expires_at = ActiveValue::Set(None);
    active.claim_hash = ActiveValue::Set(None);
    active.signup_network = ActiveValue::Set(None);
    active.updated_at = ActiveValue::Set(now);
    Ok(active.update(tx).await?)
}

async fn is_available(tx: &Transaction, name: &str, own: OrganizationId) -> Result<bool, StoreError> {
    match organizations::check_public_name(tx, name, own).await {
        Ok(()) => Ok(true),
        Err(StoreError::Rejected(Rejection::NameNotAvailable { .. })) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Makes the agents private that waited for the verification: a stranger may have registered them. Their owner publishes
/// what belongs there.
async fn unpublish_waiting(tx: &Transaction, row: &OrganizationRecord) -> Result<(), StoreError> {
    agent::Entity::update_many()
        .col_expr(agent::Column::IsPublic, Expr::value(false))
        .filter(agent::Column::OrganizationId.eq(row.id.clone()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Publishes the agents that waited for the verification.
async fn publish_waiting(tx: &Transaction, row: &OrganizationRecord, now: i64) -> Result<(), StoreError> {
    let waiting = agent::Entity::find()
        .filter(agent::Column::OrganizationId.eq(row.id.clone()))
        .filter(agent::Column::IsPublic.eq(true))
        .all(tx)
        .await?;
    for waits in waiting.into_iter().filter(|waits| outbox::is_published(waits, row)) {
        let id = waits.id.clone();
        let first = waits.published_at.unwrap_or(now);
        let mut active = waits.into_active_model();
        active.published_at = ActiveValue::Set(Some(first));
        active.update(tx).await?;
        outbox::add(tx, &id, "published", now).await?;
    }
    Ok(())
}
