//! `/account`: what a reader's organization has, and what can be done with it.

use super::Link;
use super::onboarding::{Field, NewCredential};

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountPage {
    /// Why something was not done.
    pub notice: Option<String>,
    /// What is shown.
    pub state: AccountState,
}

/// What is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountState {
    /// This browser has no session: ways to one.
    SignedOut(Vec<Link>),
    /// The organization.
    Organization(Box<OrganizationPage>),
    /// One of its agents.
    Agent(Box<AccountAgent>),
}

/// An organization and what it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationPage {
    /// Its identifier and `client_id`.
    pub id: String,
    /// How far it has come, as a sentence.
    pub standing: String,
    /// Where it is kept, while it is not.
    pub keep: Option<String>,
    /// What was used of what it may use, a line each.
    pub usage: Vec<String>,
    /// The form that names it.
    pub naming: NamesForm,
    /// Its agents, the newest first.
    pub agents: Vec<AgentLine>,
    /// How many more there are.
    pub more_agents: u64,
    /// Where another agent is made.
    pub another: String,
    /// What it has claimed to be its own.
    pub claims: Vec<AccountClaim>,
    /// The form that claims something.
    pub claiming: NewClaimForm,
    /// Where it is signed in.
    pub sessions: Vec<AccountSession>,
    /// Where this browser forgets it.
    pub leave: String,
    /// Whether nobody has given an address for it.
    pub is_provisional: bool,
    /// Where a mail is asked for that replaces its credential, once its address is confirmed.
    pub recover: Option<String>,
    /// Its end.
    pub end: Deletion,
}

/// The form that names an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamesForm {
    /// Where it is sent.
    pub action: String,
    /// What it is called.
    pub name: Field,
    /// What the marketplace calls it.
    pub display_name: Field,
    /// Its name in addresses, which can be chosen once somebody answers for it.
    pub slug: Option<Field>,
    /// Its page in the marketplace, once it has published.
    pub publisher: Option<String>,
}

/// An agent in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentLine {
    /// Its name, with the page where it is changed.
    pub link: Link,
    /// Its identifier.
    pub id: String,
    /// How it stands.
    pub standing: String,
}

/// A claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountClaim {
    /// What kind of thing is claimed, and which.
    pub title: String,
    /// How it stands, as a sentence.
    pub standing: String,
    /// Why the last check failed, if it did.
    pub failure: Option<String>,
    /// What to publish or sign.
    pub instruction: String,
    /// That, line by line: what it is, and the text to copy.
    pub proof: Vec<(&'static str, String)>,
    /// Where a check is asked for.
    pub check: String,
    /// Whether the check needs a signature.
    pub is_signed: bool,
    /// Where it is taken back.
    pub remove: String,
}

/// The form that claims something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewClaimForm {
    /// Where it is sent.
    pub action: String,
    /// The domain or the repository.
    pub target: Field,
    /// Where claims are explained.
    pub explained: Option<Link>,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountSession {
    /// Whether it is this browser's.
    pub is_current: bool,
    /// When it was opened, last used, and ends.
    pub times: String,
    /// Where it is ended.
    pub end: String,
}

/// How an organization ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deletion {
    /// It can be asked for.
    Possible {
        /// Where.
        action: String,
        /// The organization's name, to be typed.
        name: String,
        /// What was typed.
        confirm: Field,
    },
    /// It was asked for.
    Asked {
        /// When it happens, as `2026-12-05 09:40 UTC`.
        at: String,
        /// Where it is undone.
        restore: String,
    },
}

/// An agent and its credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountAgent {
    /// Its name.
    pub name: String,
    /// Its identifier and `client_id`.
    pub id: String,
    /// Its DID.
    pub did: String,
    /// How it stands, as a sentence.
    pub standing: String,
    /// The page of all that the organization has.
    pub back: String,
    /// Its page in the marketplace, where it has one.
    pub published: Option<String>,
    /// A credential that was just made.
    pub credential: Option<NewCredential>,
    /// Its credentials, the newest first.
    pub credentials: Vec<AccountCredential>,
    /// What makes asking for a credential twice the same as asking once.
    pub key: String,
    /// Where another credential is made; none once it has ended.
    pub create: Option<String>,
    /// What can be done: button and address.
    pub acts: Vec<Link>,
    /// Where it is ended for ever; none once it has.
    pub end: Option<String>,
}

/// A credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountCredential {
    /// Its identifier.
    pub id: String,
    /// What it may do, and since when.
    pub standing: String,
    /// Where it is replaced and where it is ended, while it works.
    pub acts: Option<(String, String)>,
}
