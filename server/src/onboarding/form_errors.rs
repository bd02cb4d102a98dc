//! Conversion of API errors to form errors.

use app::model::onboarding::AgentProblems;
use client::{Error, ErrorCode};
use http::StatusCode;
use site::forms::{FormErrors, FormFeedback, FormFields};

/// Converts an error of the API to errors of a form.
pub fn form_errors(error: &Error) -> FormErrors {
    let mut problems = AgentProblems::default();
    let with_notice =
        |status, notice: String| FormErrors { status, problems: AgentProblems::default(), notice: Some(notice) };
    if error.is_unavailable() {
        tracing::warn!(%error, "a form could not be processed");
        return with_notice(
            StatusCode::SERVICE_UNAVAILABLE,
            "The registry is currently unavailable. Try again in a minute. Your input is still here.".to_owned(),
        );
    }
    match error.code() {
        Some(ErrorCode::TierLimitExceeded) => {
            return with_notice(StatusCode::TOO_MANY_REQUESTS, message(error));
        }
        Some(ErrorCode::RateLimited) => {
            let wait = error.retry_after().map_or_else(|| "later".to_owned(), |wait| in_minutes(wait.as_secs()));
            let notice = format!("Too many requests from your IP address. Try again {wait}. Your input is still here.");
            return with_notice(StatusCode::TOO_MANY_REQUESTS, notice);
        }
        Some(ErrorCode::Validation | ErrorCode::NameNotAvailable) => {}
        _ => {
            tracing::warn!(%error, "a form was rejected");
            return with_notice(
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
    FormErrors { status: StatusCode::UNPROCESSABLE_ENTITY, problems, notice }
}

/// Message of the API, which is written for people.
fn message(error: &Error) -> String {
    match error {
        Error::Api(refusal) => sentence("", &refusal.message),
        _ => "The registry rejected the request without a reason. Try again in a minute.".to_owned(),
    }
}

/// Formats a reason or message of the API as a sentence. A reason completes a sentence about `label`; a whole sentence stays
/// unchanged.
fn sentence(label: &str, reason: &str) -> String {
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

/// Converts an error of the API to feedback on a form with its submitted fields.
pub fn feedback_for_error(error: &Error, fields: &FormFields) -> FormFeedback {
    let label =
        |name: &str| fields.iter().find(|(_, field, _)| *field == name).map_or("The value", |(label, ..)| *label);
    let problem = |name: &str| {
        let field = error.fields().iter().find(|field| field.field == name);
        field.map(|field| sentence(label(name), &field.reason))
    };
    let errors = form_errors(error);
    let is_beside_a_field = fields.iter().any(|(_, name, _)| problem(name).is_some());
    let notice = (!is_beside_a_field).then(|| {
        let of_fields = || errors.problems.listed().map(|(_, problem)| problem).collect::<Vec<_>>().join(" ");
        errors.notice.clone().unwrap_or_else(of_fields)
    });
    FormFeedback::with_problems(errors.status, notice, fields, problem)
}
