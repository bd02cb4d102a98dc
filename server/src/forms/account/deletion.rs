//! `POST /account/delete`: schedules the deletion of an organization in seven days; `POST /account/restore`: cancels it.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use serde::Deserialize;
use site::forms::FormFeedback;
use site::paths::ACCOUNT;
use site::plain_text::plain_text;

use super::{SubmittedForm, submit};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester};
use crate::routes::account::show_page;

/// Anchor of the deletion.
const ANCHOR: &str = "account--end";

/// Fields of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    confirm: String,
}

/// Schedules the deletion, if the organization's name was entered as confirmation.
pub async fn delete(
    State(onboarding): State<Onboarding>,
    requester: Requester,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, PageError> {
    let typed = crate::forms::parse_form(sent, "the organization name as confirmation")?.confirm;
    let Some(session) = onboarding.session(&requester) else { return onboarding.redirect_to(ACCOUNT, None) };
    // Without the name from the API, nothing can be confirmed, and nothing is deleted.
    match onboarding.api_for(&requester).with_bearer(session.handle).organizations().get().await {
        Ok(organization) if plain_text(&organization.name) == typed.trim() => {
            submit(&onboarding, &requester, None, SubmittedForm::button(ANCHOR), |api| async move {
                api.organizations().delete().await?;
                Ok(None)
            })
            .await
        }
        Ok(_) => {
            let typed = vec![("Organization name, to confirm", "confirm", typed)];
            let feedback = FormFeedback::with_field_error(
                &typed,
                "confirm",
                "The name doesn’t match. Enter the organization name exactly.",
            );
            show_page(&onboarding, &requester, None, feedback).await
        }
        Err(error) => {
            submit(&onboarding, &requester, None, SubmittedForm::button(ANCHOR), |_| async move { Err(error) }).await
        }
    }
}

/// Cancels the deletion.
pub async fn restore(State(onboarding): State<Onboarding>, requester: Requester) -> Result<Response, PageError> {
    submit(&onboarding, &requester, None, SubmittedForm::button(ANCHOR), |api| async move {
        api.organizations().restore().await?;
        Ok(None)
    })
    .await
}
