//! The forms of `/account`, one per file.

pub mod agent;
pub mod claim;
pub mod credential;
pub mod deletion;
pub mod names;
pub mod session;

use app::model::onboarding::NewCredential;
use axum::response::Response;
use client::{AgentId, Client, Error};
use http::StatusCode;

use super::onboarding::{retry_form, show_session_expired};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester, feedback_for_error};
use crate::routes::account::{show_new_credential, show_page};
use site::forms::{FormFeedback, FormFields};
use site::paths::ACCOUNT;

/// A submitted form. Buttons have no fields.
#[derive(Clone, Debug, Default)]
struct SubmittedForm {
    /// The URL for another submission.
    path: &'static str,
    /// The anchor of the changed section, for the redirect; none for the top of the page.
    heading: Option<&'static str>,
    fields: FormFields,
}

impl SubmittedForm {
    /// Creates the form of a button in the section of an anchor.
    fn button(heading: &'static str) -> Self {
        Self { heading: Some(heading), ..Self::default() }
    }
}

/// Runs an action with the reader's session, and redirects to the page of the form: that of an agent, or of the
/// organization. A new credential is shown in the response: no page can show its secret again. A rejected form is shown again with feedback. There is no rate limit here: the API limits
/// organizations.
async fn submit<F: Future<Output = Result<Option<NewCredential>, Error>>>(
    onboarding: &Onboarding,
    requester: &Requester,
    about: Option<AgentId>,
    form: SubmittedForm,
    action: impl FnOnce(Client) -> F,
) -> Result<Response, PageError> {
    let has_fields = form.fields.iter().any(|(.., value)| !value.is_empty());
    let Some(session) = onboarding.session(requester) else {
        if has_fields {
            return show_session_expired(onboarding, requester, form.path, form.fields).await;
        }
        return onboarding.redirect_to(ACCOUNT, None);
    };
    let api = onboarding.api_for(requester).with_bearer(session.handle);
    match action(api).await {
        Ok(created) => {
            let to = about.map_or_else(|| ACCOUNT.to_owned(), |id| format!("{ACCOUNT}/agents/{id}"));
            match (about, created) {
                (Some(agent), Some(credential)) => show_new_credential(onboarding, requester, agent, credential).await,
                _ => onboarding.redirect_to_anchor(&to, form.heading, None),
            }
        }
        Err(error) if error.is_unauthorized() && has_fields => {
            show_session_expired(onboarding, requester, form.path, form.fields).await
        }
        // The page shows that the session has expired.
        Err(error) if error.is_unauthorized() => onboarding.redirect_to(ACCOUNT, None),
        // The page of the organization says why.
        Err(error) if error.is_organization_inactive() => onboarding.redirect_to(ACCOUNT, None),
        Err(error) if error.is_not_found() => {
            let notice =
                "This item no longer exists: it was revoked or removed elsewhere. This page shows the current state.";
            show_page(onboarding, requester, about, FormFeedback::with_notice(StatusCode::CONFLICT, notice)).await
        }
        Err(error) if error.is_unavailable() => retry_form(onboarding, requester, form.path, form.fields, &error).await,
        Err(error) => show_page(onboarding, requester, about, feedback_for_error(&error, &form.fields)).await,
    }
}
