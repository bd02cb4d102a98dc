//! Progress of sign-up.

use super::Field;
use crate::model::{Html, Link};

/// Results so far, and the next steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgressPage {
    /// First agent.
    pub agent: CreatedAgent,
    /// Credential of the agent, while its secret is shown.
    pub credential: Option<NewCredential>,
    /// Action URL for creating a credential.
    pub create_credential_url: String,
    /// Idempotency key of that form.
    pub key: String,
    /// Code samples for the first call, as tabs.
    pub samples: Html,
    /// First call, once received.
    pub call: Option<FirstCall>,
    /// URL that a script polls for the first call.
    pub call_json: String,
    /// URL of this page, for refreshing.
    pub page_url: String,
    /// State of the claim.
    pub claim: EmailStep,
    /// Note about delayed emails.
    pub mail_note: Option<String>,
    /// Action URL for publishing; none for a published agent.
    pub publish: Option<String>,
    /// URL of the marketplace page, once published.
    pub published: Option<String>,
    /// Action URL for signing out.
    pub sign_out_url: String,
    /// Error of the last action.
    pub notice: Option<String>,
    /// Related docs pages.
    pub next: Vec<Link>,
    /// API origin: inserted, like the agent ID, into the samples of other pages.
    pub api: String,
}

/// Created agent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreatedAgent {
    /// Agent name.
    pub name: String,
    /// Agent ID, also the `client_id`.
    pub id: String,
    /// Agent DID.
    pub did: String,
}

/// Credential whose secret is shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct NewCredential {
    /// `client_id`.
    pub client_id: String,
    /// `client_secret`.
    pub client_secret: String,
    /// Contents of a .env file with both, and the API URL.
    pub env: String,
}

impl std::fmt::Debug for NewCredential {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("NewCredential").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// First call, as recorded in the audit trail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirstCall {
    /// Method and path.
    pub line: String,
    /// Time, as `2026-11-27 09:40:11 UTC`.
    pub at: String,
    /// Request ID, as in the API's log.
    pub request_id: String,
}

/// Remaining hours for the sentence `Claim within …`: `72 hours`, `1 hour`, `the hour`.
pub fn hours_left(seconds: i64) -> String {
    match seconds.max(0) / 3600 {
        0 => "the hour".to_owned(),
        1 => "1 hour".to_owned(),
        hours => format!("{hours} hours"),
    }
}

/// State of the organization's claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmailStep {
    /// Unclaimed: the organization will be deleted.
    Provisional {
        /// Remaining seconds.
        seconds: i64,
        /// Time of deletion, as `2026-11-30 09:40 UTC`.
        ends: String,
        /// Action URL for claiming; none where this browser doesn't have the claim code.
        action: Option<String>,
        /// Organization name.
        name: Field,
        /// Recipient of the confirmation email.
        mailed: String,
        /// Submitted email address.
        email: Field,
        /// Time of the email request, as `09:40:11 UTC`.
        sent_at: Option<String>,
    },
    /// Email address not confirmed.
    Unverified {
        /// Email address.
        email: String,
        /// Action URL for resending the email.
        resend: String,
        /// Time of this browser's request, as `09:40:11 UTC`.
        sent_at: Option<String>,
    },
    /// Email address confirmed.
    Verified {
        /// Email address.
        email: String,
    },
}
