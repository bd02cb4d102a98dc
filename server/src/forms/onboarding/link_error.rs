//! Errors of links in emails.

use client::{Error, ErrorCode};
use http::StatusCode;
use site::forms::FormErrors;

/// Notice about an invalid link of an email.
pub(super) const INVALID_LINK: &str =
    "This link was used already, is too old, or is not whole. Open the newest mail, or have another one sent.";
/// Notice about an invalid verification link.
pub(super) const INVALID_VERIFY_LINK: &str = "This link was used already, is too old, or is not whole. Did you use it? Then the address is confirmed, and your organization is yours. Otherwise open the newest mail, or have another one sent.";
/// Notice about an invalid claim address.
pub(super) const INVALID_CLAIM_LINK: &str = "This address works no more, or is not whole: somebody has taken the organization over, or nobody did within 72 hours. Was it you? Then it is yours. Otherwise ask the program for the address once more.";

/// Returns status and notice for a rejected code; `invalid` is the notice about an invalid one.
pub(super) fn link_error(error: &Error, errors: FormErrors, invalid: &str) -> (StatusCode, String) {
    let is_invalid = error.is_not_found() || matches!(error.code(), Some(ErrorCode::Validation | ErrorCode::Forbidden));
    if is_invalid {
        return (StatusCode::GONE, invalid.to_owned());
    }
    if error.is_unavailable() {
        let text =
            "The registry can’t be reached at the moment. Press the button again in a minute: the link stays good.";
        return (errors.status, text.to_owned());
    }
    let text = errors.notice.unwrap_or_else(|| "The registry did not take it. Try again in a minute.".to_owned());
    (errors.status, text)
}
