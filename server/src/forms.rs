//! What readers send: one form a file. Check, keep, redirect.

pub mod account;
pub mod feedback;
pub mod onboarding;
pub mod report;

use axum::extract::Form;
use axum::extract::rejection::FormRejection;
use http::StatusCode;

use crate::error::PageError;

/// What was sent, if it can be read; `otherwise` completes "The form …" for one that can't.
fn read<T>(sent: Result<Form<T>, FormRejection>, otherwise: &'static str) -> Result<T, PageError> {
    let refused = |rejection: FormRejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => PageError::TooLarge,
        _ => PageError::BadForm(otherwise),
    };
    sent.map(|Form(sent)| sent).map_err(refused)
}
