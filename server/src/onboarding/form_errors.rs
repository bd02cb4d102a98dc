//! Errors of the API as errors of a form.

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
        tracing::warn!(%error, "a form could not be taken");
        return with_notice(
            StatusCode::SERVICE_UNAVAILABLE,
            "The registry can’t be reached at the moment. Try again in a minute; what you typed is still here."
                .to_owned(),
        );
    }
    match error.code() {
        Some(ErrorCode::TierLimitExceeded) => {
            return with_notice(StatusCode::TOO_MANY_REQUESTS, message(error));
        }
        Some(ErrorCode::RateLimited) => {
            let wait = error.retry_after().map_or_else(|| "later".to_owned(), |wait| in_minutes(wait.as_secs()));
            let notice =
                format!("Too many of these came from your address. Try again {wait}; what you typed is still here.");
            return with_notice(StatusCode::TOO_MANY_REQUESTS, notice);
        }
        Some(ErrorCode::Validation | ErrorCode::NameNotAvailable) => {}
        _ => {
            tracing::warn!(%error, "a form was refused");
            return with_notice(
                error.status().filter(StatusCode::is_client_error).unwrap_or(StatusCode::SERVICE_UNAVAILABLE),
                message(error),
            );
        }
    }
    let mut rest = Vec::new();
    for wrong in error.fields() {
        let name = wrong.field.split(['[', '.']).next().unwrap_or_default();
        let place = match name {
            "name" => &mut problems.name,
            "agentType" => &mut problems.agent_type,
            "capabilities" => &mut problems.capabilities,
            "organizationName" | "displayName" | "slug" => &mut problems.organization,
            "email" => &mut problems.email,
            _ => {
                rest.push(format!("`{}` {}", wrong.field, wrong.reason));
                continue;
            }
        };
        *place = Some(wrong.reason.clone());
    }
    if problems.is_none() && rest.is_empty() {
        rest.push(message(error));
    }
    let notice = (!rest.is_empty()).then(|| rest.join(". "));
    FormErrors { status: StatusCode::UNPROCESSABLE_ENTITY, problems, notice }
}

/// The message of the API, which is written for people.
fn message(error: &Error) -> String {
    match error {
        Error::Api(refusal) => refusal.message.clone(),
        _ => "The registry did not take it, and did not say why. Try again in a minute.".to_owned(),
    }
}

fn in_minutes(seconds: u64) -> String {
    match seconds.div_ceil(60) {
        0 | 1 => "in a minute".to_owned(),
        minutes => format!("in {minutes} minutes"),
    }
}

/// Converts an error of the API to feedback on a form with its submitted fields.
pub fn feedback_for_error(error: &Error, fields: &FormFields) -> FormFeedback {
    let problem = |name: &str| {
        let field = error.fields().iter().find(|field| field.field == name);
        field.map(|field| field.reason.clone())
    };
    let errors = form_errors(error);
    let is_beside_a_field = fields.iter().any(|(_, name, _)| problem(name).is_some());
    let notice = (!is_beside_a_field).then(|| {
        let listed = |(field, problem): (&str, &str)| format!("{field} {problem}");
        errors.notice.clone().unwrap_or_else(|| errors.problems.listed().map(listed).collect::<Vec<_>>().join(". "))
    });
    FormFeedback::with_problems(errors.status, notice, fields, problem)
}
