//! Emailed links. Only the HMAC of a link's code is stored.

use crate::transaction::Transaction;
use domain::email::Email;
use domain::id::OrganizationId;
use domain::retention::DELETION_GRACE_MS;
use jiff::Timestamp;
use sea_orm::{ActiveValue, ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use crate::audit::{self, Entry};
use crate::email_queue::{self, NewEmail};
use crate::entity::link;
use crate::{Store, StoreError};

/// Purpose of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// Verifies the email address given at sign-up.
    Verify,
    /// Claims a provisional organization for the recipient.
    Claim,
    /// Creates a new admin credential.
    Recover,
    /// Cancels the deletion of the organization.
    Restore,
}

impl LinkPurpose {
    /// Returns the text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Claim => "claim",
            Self::Recover => "recover",
            Self::Restore => "restore",
        }
    }

    /// Parses the text form of [`LinkPurpose::as_str`].
    pub(super) fn parse(text: &str) -> Option<Self> {
        [Self::Verify, Self::Claim, Self::Recover, Self::Restore].into_iter().find(|purpose| purpose.as_str() == text)
    }

    /// Returns the lifetime of a link, in milliseconds.
    pub fn lifetime_ms(self) -> i64 {
        match self {
            Self::Verify | Self::Claim => 24 * 3_600_000,
            Self::Recover => 3_600_000,
            Self::Restore => DELETION_GRACE_MS,
        }
    }
}

/// Time in which several requests to recover an organization are one event of its audit trail, in milliseconds: anyone
/// can send such a request.
const ONE_EVENT_MS: i64 = 3_600_000;

/// Link to be emailed.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// Organization.
    pub organization_id: OrganizationId,
    /// HMAC of its code.
    pub code_hash: Vec<u8>,
    /// Purpose.
    pub purpose: LinkPurpose,
    /// Email address.
    pub email: Email,
    /// Email with the code; `None` if a limit forbids it.
    pub message: Option<NewEmail>,
}

/// Creates a link and queues its email.
pub async fn create_link(store: &Store, link: NewLink, now: Timestamp) -> Result<(), StoreError> {
    store.write(None, move |tx| Box::pin(async move { add(tx, link, now).await })).await
}

/// Creates a link, queues its email, and records both in the organization's audit trail.
pub(crate) async fn add(tx: &Transaction, link: NewLink, now: Timestamp) -> Result<(), StoreError> {
    let NewLink { organization_id, code_hash, purpose, email, message } = link;
    let is_noted = purpose == LinkPurpose::Recover
        && exists_since(tx, organization_id, purpose, &email, now.as_millisecond() - ONE_EVENT_MS).await?;
    insert(tx, now, code_hash, organization_id, purpose, &email).await?;
    if let Some(message) = message {
        email_queue::add(tx, message, now.as_millisecond()).await?;
    }
    if is_noted {
        return Ok(());
    }
    let metadata = json!({ "purpose": purpose.as_str() });
    audit::append(tx, now, Entry::by_organization(organization_id, "organization.link_requested", metadata)).await
}

async fn exists_since(
    tx: &Transaction,
    organization: OrganizationId,
    purpose: LinkPurpose,
    email: &Email,
    since: i64,
) -> Result<bool, StoreError> {
    let found = link::Entity::find()
        .filter(link::Column::OrganizationId.eq(organization.to_string()))
        .filter(link::Column::Purpose.eq(purpose.as_str()))
        .filter(link::Column::Email.eq(email.as_str()))
        .filter(link::Column::CreatedAt.gt(since))
        .one(tx)
        .await?;
    Ok(found.is_some())
}

async fn insert(
    tx: &Transaction,
    now: Timestamp,
    code_hash: Vec<u8>,
    organization: OrganizationId,
    purpose: LinkPurpose,
    email: &Email,
) -> Result<(), StoreError> {
    let row = link::ActiveModel {
        code_hash: ActiveValue::Set(code_hash),
        organization_id: ActiveValue::Set(organization.to_string()),
        purpose: ActiveValue::Set(purpose.as_str().to_owned()),
        email: ActiveValue::Set(email.to_string()),
        created_at: ActiveValue::Set(now.as_millisecond()),
        expires_at: ActiveValue::Set(now.as_millisecond() + purpose.lifetime_ms()),
    };
    link::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Deletes a link by its code and returns it: a code works once. `None` if it is unknown or expired.
pub(crate) async fn consume(
    tx: &Transaction,
    now: Timestamp,
    code_hash: Vec<u8>,
    purposes: &[LinkPurpose],
) -> Result<Option<link::Model>, StoreError> {
    let found = link::Entity::find_by_id(code_hash.clone()).one(tx).await?;
    let usable = found.filter(|row| {
        row.expires_at > now.as_millisecond() && purposes.iter().any(|purpose| purpose.as_str() == row.purpose)
    });
    if usable.is_some() {
        link::Entity::delete_by_id(code_hash).exec(tx).await?;
    }
    Ok(usable)
}

/// Deletes all links of an organization, except for those that cancel its deletion.
pub(crate) async fn delete_all(tx: &Transaction, organization: &str) -> Result<(), StoreError> {
    link::Entity::delete_many()
        .filter(link::Column::OrganizationId.eq(organization))
        .filter(link::Column::Purpose.ne(LinkPurpose::Restore.as_str()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Deletes the links of an organization that have a purpose.
pub(crate) async fn delete_of_purpose(
    tx: &Transaction,
    organization: &str,
    purpose: LinkPurpose,
) -> Result<(), StoreError> {
    link::Entity::delete_many()
        .filter(link::Column::OrganizationId.eq(organization))
        .filter(link::Column::Purpose.eq(purpose.as_str()))
        .exec(tx)
        .await?;
    Ok(())
}
