//! View models of the sign-up pages.

mod fields;
mod form;
mod progress;

pub use fields::{AgentFields, AgentProblems, LONGEST_NAME, SUGGESTED, TYPES, capabilities, email_problem};
pub use form::{Choice, Field, FormPage, FormState, OpenForm};
pub use progress::{CreatedAgent, EmailStep, FirstCall, NewCredential, ProgressPage, hours_left};

use super::Link;

/// `/get-started`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetStarted {
    /// API origin, for programs.
    pub api: String,
    /// Stage of sign-up.
    pub stage: Stage,
}

/// Stage of sign-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Before the first agent.
    Open(Box<Start>),
    /// After the first agent.
    InProgress(Box<ProgressPage>),
}

/// "Create agent" form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// Form action URL.
    pub action: String,
    /// Idempotency key of the form.
    pub key: String,
    /// Submitted values.
    pub fields: AgentFields,
    /// Problems by field.
    pub problems: AgentProblems,
    /// Error that concerns no field.
    pub notice: Option<String>,
    /// True where the agent is added to an existing organization.
    pub has_organization: bool,
    /// Confirmed email address of the organization's owner.
    pub verified: Option<String>,
    /// URL for replacing a lost secret.
    pub recover: String,
    /// Related docs pages, where they exist.
    pub explained: Vec<Link>,
}
