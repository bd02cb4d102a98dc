//! Sign-up: provision, work, claim.

pub mod claim;
pub mod create;
mod mails;
pub mod recover;
pub mod resend;
pub mod verify;

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::email::Email;
use crate::limits::Key;
use crate::state::App;

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

/// Sends a mail, unless this mailbox had enough of them: nobody is told, but him who reads the log.
fn send(app: &App, to: &Email, subject: &str, body: &str) {
    if app.limits.take(Key::Recipient(to.key())).is_ok() {
        app.mail.send(to, subject, body);
    } else {
        tracing::warn!("a mail was not sent: its recipient had the most of this hour");
    }
}
