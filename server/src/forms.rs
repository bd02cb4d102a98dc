//! Handlers of POST requests, one form per file: validate, call the API, redirect.

pub mod account;
pub mod feedback;
pub mod onboarding;
pub mod report;

use axum::extract::Form;
use axum::extract::rejection::FormRejection;
use http::StatusCode;

use crate::error::PageError;

/// Parses a submitted form. `problem` completes "The form …" for an invalid one.
fn parse_form<T>(sent: Result<Form<T>, FormRejection>, problem: &'static str) -> Result<T, PageError> {
    let error = |rejection: FormRejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => PageError::TooLarge,
        _ => PageError::BadForm(problem),
    };
    sent.map(|Form(sent)| sent).map_err(error)
}
