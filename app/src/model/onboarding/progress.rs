//! How far a reader has come.

use super::Field;
use crate::model::{Html, Link};

/// What is there, and what can be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgressPage {
    /// The first agent.
    pub agent: CreatedAgent,
    /// Its credential.
    pub credential: Option<NewCredential>,
    /// Where a new one is made.
    pub renew: String,
    /// What makes asking for one twice the same as asking once.
    pub key: String,
    /// The first call, as programs in tabs.
    pub samples: Html,
    /// The first call that came.
    pub call: Option<FirstCall>,
    /// Where a script asks whether it came.
    pub call_json: String,
    /// The page itself, to look again.
    pub here: String,
    /// Whose it is.
    pub keep: EmailStep,
    /// What is to be known of the mail that is awaited.
    pub mail_note: Option<String>,
    /// Where it is published; none if it is already.
    pub publish: Option<String>,
    /// Its page in the marketplace, once it is published.
    pub published: Option<String>,
    /// Where this browser forgets all of it.
    pub leave: String,
    /// Why something was not done.
    pub notice: Option<String>,
    /// What to read next.
    pub next: Vec<Link>,
    /// The API's origin: with the agent's identifier, what samples elsewhere are filled with.
    pub api: String,
}

/// An agent that was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreatedAgent {
    /// Its name.
    pub name: String,
    /// Its identifier and `client_id`.
    pub id: String,
    /// Its DID.
    pub did: String,
}

/// A credential, the one time that its secret is shown.
#[derive(Clone, PartialEq, Eq)]
pub struct NewCredential {
    /// `client_id`.
    pub client_id: String,
    /// `client_secret`.
    pub client_secret: String,
    /// Both as the lines of a .env file, with the API's address.
    pub env: String,
}

impl std::fmt::Debug for NewCredential {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("NewCredential").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// The first call, as the audit trail has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirstCall {
    /// Its method and path.
    pub line: String,
    /// When, as `2026-11-27 09:40:11 UTC`.
    pub at: String,
    /// The request, as the API's log knows it.
    pub request_id: String,
}

/// What is left of some seconds, in hours: `72 hours are left`.
pub fn hours_left(seconds: i64) -> String {
    match seconds.max(0) / 3600 {
        0 => "Less than an hour is left".to_owned(),
        1 => "1 hour is left".to_owned(),
        hours => format!("{hours} hours are left"),
    }
}

/// Whose the organization is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmailStep {
    /// Nobody's: it ends.
    Provisional {
        /// Seconds that are left.
        seconds: i64,
        /// When it ends, as `2026-11-30 09:40 UTC`.
        ends: String,
        /// Where an address is given; none where this browser does not know the code.
        action: Option<String>,
        /// What the organization is called.
        name: Field,
        /// The address that a mail was asked for to.
        mailed: String,
        /// The address, as it was typed.
        email: Field,
        /// When a mail was asked for, if it was, as `09:40:11 UTC`.
        sent_at: Option<String>,
    },
    /// An address was given, and not confirmed yet.
    Unverified {
        /// The address.
        email: String,
        /// Where the mail is sent again.
        resend: String,
        /// When this browser asked for it, as `09:40:11 UTC`.
        sent_at: Option<String>,
    },
    /// The address is confirmed.
    Verified {
        /// The address.
        email: String,
    },
}
