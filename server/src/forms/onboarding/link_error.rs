//! Errors of links in emails.

use client::{Error, ErrorCode};
use http::StatusCode;
use site::forms::FormErrors;

/// Notice about an invalid link of an email.
pub(super) const INVALID_LINK: &str =
    "This link is invalid or has expired. Use the most recent email, or request a new link.";
/// Notice about an invalid verification link.
pub(super) const INVALID_VERIFY_LINK: &str = "This link is invalid or has expired. If you already used it, your organization is claimed. Otherwise, use the most recent email.";
/// Notice about an invalid link of an email about a deletion.
pub(super) const INVALID_RESTORE_LINK: &str =
    "This link is invalid or has expired: the organization was already restored, or it was deleted after 7 days.";
/// Notice about an invalid claim link.
pub(super) const INVALID_CLAIM_LINK: &str = "This claim link is invalid or has expired: the organization was already claimed, or it was deleted after 72 hours. If you didn’t claim it, ask the program for the link again.";

/// Returns status and notice for a rejected code; `invalid` is the notice about an invalid one.
pub(super) fn link_error(error: &Error, errors: FormErrors, invalid: &str) -> (StatusCode, String) {
    let is_invalid = error.is_not_found() || matches!(error.code(), Some(ErrorCode::Validation | ErrorCode::Forbidden));
    if is_invalid {
        return (StatusCode::GONE, invalid.to_owned());
    }
    if error.is_unavailable() {
        let text = "The registry is currently unavailable. Try again in a minute. The link remains valid.";
        return (errors.status, text.to_owned());
    }
    let text = errors
        .notice
        .unwrap_or_else(|| "The registry rejected the request without a reason. Try again in a minute.".to_owned());
    (errors.status, text)
}
