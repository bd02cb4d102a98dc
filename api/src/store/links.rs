//! Codes in links that are sent by mail.

use jiff::Timestamp;
use sea_orm::{ActiveValue, ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _};

use super::entity::link;
use crate::domain::email::Email;
use crate::domain::id::OrganizationId;
use crate::error::ApiError;

/// What a link does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// Confirms the address of an organization that was made with it.
    Verify,
    /// Gives a provisional organization to whoever reads the mail.
    Claim,
    /// Makes a new admin credential.
    Recover,
}

impl LinkPurpose {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Claim => "claim",
            Self::Recover => "recover",
        }
    }

    /// How long it works, in milliseconds.
    pub fn lifetime_ms(self) -> i64 {
        match self {
            Self::Verify | Self::Claim => 24 * 3_600_000,
            Self::Recover => 3_600_000,
        }
    }
}

/// Keeps a code.
pub async fn insert(
    tx: &DatabaseTransaction,
    now: Timestamp,
    code_hash: Vec<u8>,
    organization: OrganizationId,
    purpose: LinkPurpose,
    email: &Email,
) -> Result<(), ApiError> {
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

/// Takes a code out: it works once. `None` where there is none, or no longer.
pub async fn take(
    tx: &DatabaseTransaction,
    now: Timestamp,
    code_hash: Vec<u8>,
    purposes: &[LinkPurpose],
) -> Result<Option<link::Model>, ApiError> {
    let found = link::Entity::find_by_id(code_hash.clone()).one(tx).await?;
    let usable = found.filter(|row| {
        row.expires_at > now.as_millisecond() && purposes.iter().any(|purpose| purpose.as_str() == row.purpose)
    });
    if usable.is_some() {
        link::Entity::delete_by_id(code_hash).exec(tx).await?;
    }
    Ok(usable)
}

/// Forgets all codes of an organization.
pub async fn forget(tx: &DatabaseTransaction, organization: &str) -> Result<(), ApiError> {
    link::Entity::delete_many().filter(link::Column::OrganizationId.eq(organization)).exec(tx).await?;
    Ok(())
}
