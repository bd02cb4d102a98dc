//! Sign-up: create, claim, verify, recover.

pub mod claim;
pub mod create;
mod mails;
mod post;
pub mod recover;
pub mod resend;
pub mod verify;

use serde::Serialize;
use utoipa::ToSchema;

/// Response of operations that send email, identical whether or not one is sent, so that nobody can probe for
/// addresses.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailNotice, example = json!({
    "message": "If the request is valid, we sent an email with a link. The link works once. The number of emails per address and hour is limited.",
}))]
pub struct MailNotice {
    /// Message for people.
    pub message: &'static str,
}

impl MailNotice {
    /// Message of every such response.
    pub const SENT: Self = Self {
        message: "If the request is valid, we sent an email with a link. The link works once. The number of emails per address and hour is limited.",
    };
}
