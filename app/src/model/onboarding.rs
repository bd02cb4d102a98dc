//! From nothing to a call that is seen: what the pages of sign-up show.

mod fields;
mod form;
mod progress;

pub use fields::{AgentFields, AgentProblems, LONGEST_NAME, SUGGESTED, TYPES, capabilities, email_problem};
pub use form::{Field, FormPage, FormState};
pub use progress::{CreatedAgent, EmailStep, FirstCall, NewCredential, ProgressPage, hours_left};

use super::Link;

/// `/get-started`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetStarted {
    /// The API's origin, for programs.
    pub api: String,
    /// How far its reader has come.
    pub stage: Stage,
}

/// How far a reader has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing was made yet.
    Open(Box<Start>),
    /// An agent is there.
    InProgress(Box<ProgressPage>),
}

/// The first form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// Where it is sent.
    pub action: String,
    /// What makes sending it twice the same as sending it once.
    pub key: String,
    /// What was typed.
    pub fields: AgentFields,
    /// What is wrong with it.
    pub problems: AgentProblems,
    /// Why it was not taken, where no field is at fault.
    pub notice: Option<String>,
    /// Whether an organization is there already, which gets another agent.
    pub has_organization: bool,
    /// The address by which that is the reader's, if it is confirmed.
    pub verified: Option<String>,
    /// Where a lost credential is replaced.
    pub recover: String,
    /// What is explained elsewhere, where such pages exist.
    pub explained: Vec<Link>,
}
