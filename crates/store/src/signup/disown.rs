//! Rejection of a sign-up by the owner of the email address.

use crate::transaction::Transaction;
use domain::organization::{State, Status};
use domain::rejection::Rejection;
use jiff::Timestamp;

use super::links::{self, LinkPurpose};
use crate::idempotency::SealedCall;
use crate::{Store, StoreError, organizations, parse_stored};

/// Deletes the organization that somebody signed up with another person's email address, by the HMAC of the code that
/// this person got: an organization without a verified address has no other owner.
///
/// # Errors
///
/// [`Rejection::InvalidCode`] if the code is unknown or expired, or if the organization has been verified.
pub async fn disown(
    store: &Store,
    code_hash: Vec<u8>,
    now: Timestamp,
    call: Option<SealedCall<()>>,
) -> Result<(), StoreError> {
    store.write(call, move |tx| Box::pin(async move { apply(tx, code_hash, now).await })).await
}

async fn apply(tx: &Transaction, code_hash: Vec<u8>, now: Timestamp) -> Result<(), StoreError> {
    let link = links::consume(tx, now, code_hash, &[LinkPurpose::Verify, LinkPurpose::Claim]).await?;
    let link = link.ok_or(Rejection::InvalidCode)?;
    let row = organizations::get_in(tx, parse_stored(&link.organization_id)?).await?;
    if row.state == State::Verified.as_str() {
        return Err(Rejection::InvalidCode.into());
    }
    // A deletion would delete what the operator suspended it for.
    if let status @ Status::Suspended { .. } = row.status() {
        return Err(Rejection::OrganizationInactive(status).into());
    }
    organizations::erase(tx, row.id, now.as_millisecond()).await
}
