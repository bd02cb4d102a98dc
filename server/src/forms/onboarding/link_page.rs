//! The page of an emailed link: what the link is for, and whose session this browser has.

use axum::response::Response;
use client::types::{EmailedLink, LinkPurpose};
use client::{Error, OrganizationId};
use http::StatusCode;
use serde::Deserialize;
use site::view::onboarding::links::{self, Browser, LinkPage};

use super::link_error::link_error;
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester, form_errors};

/// Fields of a link's form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    pub(super) key: String,
    /// Decision about earlier credentials: `keep` or `revoke`.
    pub(super) credentials: String,
    /// Not empty if the page was rendered for a session of the organization.
    pub(super) own: String,
    /// Not empty to replace the session of another organization.
    pub(super) switch: String,
}

/// Link with the session of the browser.
pub(super) struct Opened {
    pub(super) link: EmailedLink,
    pub(super) browser: Browser,
}

impl Opened {
    /// Builds the model of the page.
    pub(super) fn page<'page>(&'page self, code: &'page str, retried: Option<(String, String)>) -> LinkPage<'page> {
        let (key, notice) = retried.unzip();
        LinkPage { code, link: &self.link, browser: &self.browser, key, notice }
    }
}

/// Fetches a link. `invalid` is the notice about an invalid one. The inner error is the page that says why it can't be
/// used.
///
/// # Errors
///
/// [`PageError::Internal`] when rendering fails.
pub(super) async fn open(
    onboarding: &Onboarding,
    requester: &Requester,
    code: &str,
    purposes: &[LinkPurpose],
    invalid: &str,
) -> Result<Result<Opened, Response>, PageError> {
    let api = onboarding.api_for(requester);
    let (status, notice) = match api.signup().link(code).await {
        Ok(link) if purposes.contains(&link.purpose) => {
            let browser = find_browser(onboarding, requester, link.organization.organization_id).await;
            return Ok(Ok(Opened { link, browser }));
        }
        Ok(_) => (StatusCode::GONE, invalid.to_owned()),
        Err(error) => link_error(&error, form_errors(&error), invalid),
    };
    show_unusable(onboarding, requester, status, &notice, purposes == [LinkPurpose::Recover]).await.map(Err)
}

/// Shows that a link can't be used.
pub(super) async fn show_unusable(
    onboarding: &Onboarding,
    requester: &Requester,
    status: StatusCode,
    notice: &str,
    is_recovery: bool,
) -> Result<Response, PageError> {
    let title = if status == StatusCode::GONE { "Link invalid or expired" } else { "Request not completed" };
    let view = links::unusable(&onboarding.snapshot().context, title, notice, is_recovery);
    onboarding.render_page(view, status, requester, None).await
}

/// Returns true if the registry answered the request, so that its outcome is known.
pub(super) fn is_answered(error: &Error) -> bool {
    !error.is_limited() && error.status().is_some_and(|status| status.is_client_error())
}

/// Shows a form that repeats a request whose outcome is unknown, with the same key: the link may be used by then.
pub(super) async fn show_retry(
    onboarding: &Onboarding,
    requester: &Requester,
    path: &str,
    key: String,
    form: LinkForm,
    error: &Error,
) -> Result<Response, PageError> {
    let LinkForm { credentials, own, switch, .. } = form;
    let markers = [("credentials", credentials), ("own", own), ("switch", switch)];
    let markers = markers.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let (status, notice) = rejection(error, "");
    let view = links::retry_link(&onboarding.snapshot().context, path, key, markers, notice);
    onboarding.render_page(view, status, requester, None).await
}

/// Status and notice of a rejected form of a link.
pub(super) fn rejection(error: &Error, invalid: &str) -> (StatusCode, String) {
    link_error(error, form_errors(error), invalid)
}

/// Finds out whose session a browser has, seen from an organization.
pub(super) async fn find_browser(onboarding: &Onboarding, requester: &Requester, of: OrganizationId) -> Browser {
    let Some(session) = onboarding.session(requester) else { return Browser::SignedOut };
    let api = onboarding.api_for(requester).with_bearer(session.handle);
    match api.organizations().get().await {
        Ok(own) if own.organization_id == of => Browser::Own,
        Ok(other) => Browser::Other(other.name),
        Err(error) if error.is_unauthorized() => Browser::SignedOut,
        // A session that can't be seen now is not replaced without being asked.
        Err(_) => Browser::Other("another organization".to_owned()),
    }
}
