//! Sign-up: provision, work, claim.

pub mod claim;
pub mod create;
mod mails;
mod post;
pub mod recover;
pub mod resend;
pub mod verify;

use serde::Serialize;
use utoipa::ToSchema;

/// What is answered where a mail goes out, or doesn't: the same, so that nobody can ask which addresses exist.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailNotice, example = json!({
    "message": "If this can be done, a mail with a link is on its way. The link works once. At most a few mails an hour go to one address.",
}))]
pub struct MailNotice {
    /// What happens now.
    pub message: &'static str,
}

impl MailNotice {
    /// The one there is.
    pub const SENT: Self = Self {
        message: "If this can be done, a mail with a link is on its way. The link works once. At most a few mails an hour go to one address.",
    };
}
