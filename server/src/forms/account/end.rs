//! `POST /account/delete`: the end of an organization, seven days from now; `POST /account/restore`: not after all.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use serde::Deserialize;

use super::{Typed, act};
use crate::error::PageError;
use crate::marketplace::plain;
use crate::onboarding::{Onboarding, Sender, Told};
use crate::routes::account::page;
use crate::site_paths::ACCOUNT;

/// Where it is told.
const END: &str = "account--end";

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    confirm: String,
}

/// Asks for it, where the organization's name was typed.
pub async fn delete(
    State(desk): State<Onboarding>,
    sender: Sender,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, PageError> {
    let typed = crate::forms::read(sent, "the organization name as confirmation")?.confirm;
    let Some(session) = desk.session(&sender) else { return desk.lead_to(ACCOUNT, None) };
    // Without an answer nothing is deleted: who can't be asked for the name has not confirmed it.
    match desk.api_for(&sender).with_bearer(session.handle).organizations().get().await {
        Ok(organization) if plain(&organization.name) == typed.trim() => {
            act(&desk, &sender, None, Typed::below(END), |api, _| async move {
                api.organizations().delete().await?;
                Ok(None)
            })
            .await
        }
        Ok(_) => {
            let typed = vec![("Organization name, to confirm", "confirm", typed)];
            let told = Told::wrong(&typed, "confirm", "The name doesn’t match. Enter the organization name exactly.");
            page(&desk, &sender, None, told).await
        }
        Err(error) => act(&desk, &sender, None, Typed::below(END), |_, _| async move { Err(error) }).await,
    }
}

/// Undoes it.
pub async fn restore(State(desk): State<Onboarding>, sender: Sender) -> Result<Response, PageError> {
    act(&desk, &sender, None, Typed::below(END), |api, _| async move {
        api.organizations().restore().await?;
        Ok(None)
    })
    .await
}
