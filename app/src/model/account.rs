//! `/account`: the reader's organization, its resources and actions.

use super::Link;
use super::onboarding::{Field, NewCredential};

/// `/account` and `/account/agents/{agentId}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountPage {
    /// Error of the last action.
    pub notice: Option<String>,
    /// Content of the page.
    pub state: AccountState,
}

/// Content of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountState {
    /// No session: links to ways of signing in.
    SignedOut(Vec<Link>),
    /// Organization page.
    Organization(Box<OrganizationPage>),
    /// Page of an organization that can't act.
    Inactive(InactiveOrganization),
    /// Agent page.
    Agent(Box<AccountAgent>),
}

/// Organization with its resources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationPage {
    /// Identifier, also the `client_id`.
    pub id: String,
    /// State of the organization, as a sentence.
    pub status: String,
    /// URL for claiming the organization; none once it is claimed.
    pub claim_url: Option<String>,
    /// Usage against limits, one line each.
    pub usage: Vec<String>,
    /// Form for the organization's names.
    pub naming: NamesForm,
    /// Agents, newest first.
    pub agents: Vec<AgentLine>,
    /// Number of agents that aren't listed.
    pub more_agents: u64,
    /// URL of the "Create agent" form.
    pub another: String,
    /// Verifications of domains, keys and repositories.
    pub claims: Vec<AccountClaim>,
    /// Form that adds a verification.
    pub claiming: Option<NewClaimForm>,
    /// Open sessions.
    pub sessions: Vec<AccountSession>,
    /// Action URL for signing out.
    pub sign_out_url: String,
    /// True for an unclaimed organization.
    pub is_provisional: bool,
    /// URL for replacing a lost secret, once the email address is confirmed.
    pub recover: Option<String>,
    /// Deletion.
    pub deletion: DeletionForm,
}

/// Form for the names of an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamesForm {
    /// Form action URL.
    pub action: String,
    /// Organization name.
    pub name: Field,
    /// Display name in the marketplace.
    pub display_name: Field,
    /// URL slug, editable once the organization is verified.
    pub slug: Option<Field>,
    /// URL of the publisher page, once an agent is published.
    pub publisher: Option<String>,
}

/// Agent in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentLine {
    /// Name, linked to the agent's page.
    pub link: Link,
    /// Agent ID.
    pub id: String,
    /// Status.
    pub status: String,
}

/// Verification of a domain, key or repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountClaim {
    /// Kind and target.
    pub title: String,
    /// Status, as a sentence.
    pub status: String,
    /// Reason why the last check failed.
    pub failure: Option<String>,
    /// Instructions for publishing or signing the proof.
    pub instruction: String,
    /// Proof: label and text to copy, line by line.
    pub proof: Vec<(&'static str, String)>,
    /// Action URL for a check.
    pub check: String,
    /// True where the check requires a signature.
    pub is_signed: bool,
    /// Action URL for removing the verification.
    pub remove: String,
}

/// Form that adds a verification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewClaimForm {
    /// Form action URL.
    pub action: String,
    /// Domain or repository URL.
    pub target: Field,
    /// Link to the docs on verification.
    pub explained: Option<Link>,
}

/// Open session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountSession {
    /// True for the session of this browser.
    pub is_current: bool,
    /// Times of creation, last use and expiry.
    pub times: String,
    /// Action URL for revoking the session.
    pub revoke_url: String,
}

/// Form that deletes an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletionForm {
    /// Form action URL.
    pub action: String,
    /// Organization name to enter as confirmation.
    pub name: String,
    /// Submitted confirmation.
    pub confirm: Field,
}

/// Organization that can't act: suspended, or its deletion was requested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InactiveOrganization {
    /// Organization ID.
    pub id: String,
    /// Explanation of the status, with the ways to change it.
    pub text: String,
    /// Action URL for canceling the deletion.
    pub restore: Option<String>,
    /// Action URL for signing out.
    pub sign_out_url: String,
}

/// Agent with its credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountAgent {
    /// Agent name.
    pub name: String,
    /// Identifier, also the `client_id`.
    pub id: String,
    /// Agent DID.
    pub did: String,
    /// Status.
    pub status: String,
    /// URL of the organization page.
    pub back: String,
    /// URL of its marketplace page, if published.
    pub published: Option<String>,
    /// Credential that was just created.
    pub credential: Option<NewCredential>,
    /// Credentials, newest first.
    pub credentials: Vec<AccountCredential>,
    /// Idempotency key of the credential forms.
    pub key: String,
    /// Action URL for creating a credential; none once the agent is decommissioned.
    pub create: Option<String>,
    /// Actions: button and URL.
    pub actions: Vec<Link>,
    /// Action URL for decommissioning; none once the agent is decommissioned.
    pub decommission_url: Option<String>,
}

/// Credential of an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountCredential {
    /// Credential ID.
    pub id: String,
    /// Status and dates.
    pub status: String,
    /// Action URLs for rotating and revoking, while the credential is active.
    pub actions: Option<(String, String)>,
}
