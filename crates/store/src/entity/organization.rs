//! Organizations.

use domain::organization::{State, Status};
use domain::rejection::Rejection;
use sea_orm::entity::prelude::*;

/// Row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organizations")]
#[allow(missing_docs, reason = "fields of the contract, and those documented")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub name: String,
    pub display_name: Option<String>,
    /// Key of the public name, equal for confusable names (`domain::name`).
    pub name_key: String,
    #[sea_orm(unique)]
    pub slug: String,
    /// Email address; verified once the state is `verified`.
    pub email: Option<String>,
    /// Key of the email address, for uniqueness.
    pub email_key: Option<String>,
    pub state: String,
    pub tier: String,
    /// Expiry of a provisional organization.
    pub expires_at: Option<i64>,
    /// HMAC of the claim code of a provisional organization.
    pub claim_hash: Option<Vec<u8>>,
    /// Time of the deletion request; deleted seven days later.
    pub deletion_asked_at: Option<i64>,
    /// Time of the suspension by the operator.
    pub suspended_at: Option<i64>,
    /// Reason of the suspension, in the operator's words.
    pub suspension_reason: Option<String>,
    /// Network that signed the organization up, until its email address is verified.
    pub signup_network: Option<String>,
    pub created_at: i64,
    pub updated_at: i64,
}

impl Model {
    /// Returns whether the organization can act.
    pub fn status(&self) -> Status {
        Status::of(self.deletion_asked_at, self.suspension_reason.as_deref())
    }

    /// Accepts an organization that can act.
    ///
    /// # Errors
    ///
    /// [`Rejection::OrganizationInactive`].
    pub fn require_active(&self) -> Result<(), Rejection> {
        match self.status() {
            Status::Active => Ok(()),
            status => Err(Rejection::OrganizationInactive(status)),
        }
    }

    /// Returns true if the marketplace shows the organization and its published agents.
    pub fn is_listed(&self) -> bool {
        self.state == State::Verified.as_str() && self.status() == Status::Active
    }
}

/// No relations: queries join explicitly.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
