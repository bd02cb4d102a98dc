//! Sign-up: create, claim, verify, recover.

pub mod claim;
pub mod create;
pub mod disown;
mod emails;
pub mod link;
mod links;
pub mod recover;
pub mod resend;
pub mod verify;

use serde::Serialize;
use utoipa::ToSchema;

/// Response of operations that send email. Identical whether or not an email is sent, so that nobody can probe for
/// email addresses.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailNotice, example = json!({
    "message": "If the request is valid, we sent an email with a link. The link works once. The number of emails per address and hour is limited.",
}))]
pub struct MailNotice {
    /// Human-readable message.
    pub message: &'static str,
}

impl MailNotice {
    /// Response with the same message for all requests.
    pub const SENT: Self = Self {
        message: "If the request is valid, we sent an email with a link. The link works once. The number of emails per address and hour is limited.",
    };
}
