//! What a person is told where the API did not do what a form asked for.

use app::model::onboarding::AgentProblems;
use client::{Error, ErrorCode};
use http::StatusCode;

/// A refusal in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refused {
    /// The status of the page that says it.
    pub status: StatusCode,
    /// What is wrong with which field.
    pub problems: AgentProblems,
    /// What is wrong otherwise.
    pub notice: Option<String>,
}

impl Refused {
    /// A word beside the form, if any: no field is at fault.
    pub fn told(status: StatusCode, notice: Option<&str>) -> Self {
        Self { status, problems: AgentProblems::default(), notice: notice.map(str::to_owned) }
    }
}

/// Why the API did not do it.
pub fn refused(error: &Error) -> Refused {
    let mut problems = AgentProblems::default();
    let told = |status, notice: String| Refused { status, problems: AgentProblems::default(), notice: Some(notice) };
    if error.is_unavailable() {
        tracing::warn!(%error, "a form could not be processed");
        return told(
            StatusCode::SERVICE_UNAVAILABLE,
            "The registry is currently unavailable. Try again in a minute. Your input is still here.".to_owned(),
        );
    }
    match error.code() {
        Some(ErrorCode::TierLimitExceeded) => {
            return told(StatusCode::TOO_MANY_REQUESTS, message(error));
        }
        Some(ErrorCode::RateLimited) => {
            let wait = error.retry_after().map_or_else(|| "later".to_owned(), |wait| in_minutes(wait.as_secs()));
            let notice = format!("Too many requests from your IP address. Try again {wait}. Your input is still here.");
            return told(StatusCode::TOO_MANY_REQUESTS, notice);
        }
        Some(ErrorCode::Validation | ErrorCode::NameNotAvailable) => {}
        _ => {
            tracing::warn!(%error, "a form was rejected");
            return told(
                error.status().filter(StatusCode::is_client_error).unwrap_or(StatusCode::SERVICE_UNAVAILABLE),
                message(error),
            );
        }
    }
    let mut rest = Vec::new();
    for wrong in error.fields() {
        let name = wrong.field.split(['[', '.']).next().unwrap_or_default();
        let (place, label) = match name {
            "name" => (&mut problems.name, "The name"),
            "agentType" => (&mut problems.agent_type, "The type"),
            "capabilities" if wrong.field == name => (&mut problems.capabilities, "The list of capabilities"),
            "capabilities" => (&mut problems.capabilities, "One of the capabilities"),
            "organizationName" | "displayName" | "slug" => (&mut problems.organization, "The organization name"),
            "email" => (&mut problems.email, "The email address"),
            _ => {
                rest.push(sentence(&format!("`{}`", wrong.field), &wrong.reason));
                continue;
            }
        };
        *place = Some(sentence(label, &wrong.reason));
    }
    if problems.is_none() && rest.is_empty() {
        rest.push(message(error));
    }
    let notice = (!rest.is_empty()).then(|| rest.join(" "));
    Refused { status: StatusCode::UNPROCESSABLE_ENTITY, problems, notice }
}

/// What the API says itself, which is written for people.
fn message(error: &Error) -> String {
    match error {
        Error::Api(refusal) => sentence("", &refusal.message),
        _ => "The registry rejected the request without a reason. Try again in a minute.".to_owned(),
    }
}

/// A reason or message of the API as a sentence. Reasons complete a sentence about `label`; whole sentences stay as they are.
pub(super) fn sentence(label: &str, reason: &str) -> String {
    let is_whole = label.is_empty() || reason.starts_with(|first: char| first.is_uppercase() || first == '`');
    let text = if is_whole { reason.to_owned() } else { format!("{label} {reason}") };
    let mut letters = text.chars();
    let mut sentence: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}

fn in_minutes(seconds: u64) -> String {
    match seconds.div_ceil(60) {
        0 | 1 => "in 1 minute".to_owned(),
        minutes => format!("in {minutes} minutes"),
    }
}
