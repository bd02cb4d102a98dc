//! `/recover`: a mail for who lost the organization's secret; `/recover/{code}`: its link.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use client::types::{LinkToken, Recovery};
use http::StatusCode;

use super::{Pressed, SentEmail, WRONG, email, pressed};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Sender, refused, shown};
use crate::session::Session;
use crate::view::onboarding::links::{self, Typed};

/// The form.
pub async fn show(State(desk): State<Onboarding>, sender: Sender) -> Result<Response, PageError> {
    let view = links::recover(&desk.generation(), Typed::default());
    desk.page(view, StatusCode::OK, &sender, None).await
}

/// Has the API send the mail, if somebody has the address. Nobody is told whether somebody does.
pub async fn send(
    State(desk): State<Onboarding>,
    sender: Sender,
    sent: Result<Form<SentEmail>, FormRejection>,
) -> Result<Response, PageError> {
    let again = |typed: Typed, status| {
        let view = links::recover(&desk.generation(), typed);
        desk.page(view, status, &sender, None)
    };
    let email = match email(sent)? {
        Ok(email) => email,
        Err(typed) => return again(typed, WRONG).await,
    };
    if let Some(response) = desk.too_many(&sender) {
        return Ok(response);
    }
    match desk.api_for(&sender).signup().recover(&Recovery { email: email.clone() }).await {
        Ok(_) => {
            let view = links::recover_sent(&desk.generation(), &email, desk.mail_note().await);
            desk.page(view, StatusCode::OK, &sender, None).await
        }
        Err(error) => {
            let refused = refused(&error);
            again(Typed { text: email, problem: refused.problems.email, notice: refused.notice }, refused.status).await
        }
    }
}

/// The button behind the link.
pub async fn open(
    State(desk): State<Onboarding>,
    Path(code): Path<String>,
    sender: Sender,
) -> Result<Response, PageError> {
    let view = links::recover_link(&desk.generation(), &code, None, None);
    desk.page(view, StatusCode::OK, &sender, None).await
}

/// Makes a new admin credential and shows it, in this answer alone: the code works once, and what is shown is kept nowhere.
pub async fn confirm(
    State(desk): State<Onboarding>,
    Path(code): Path<String>,
    sender: Sender,
    sent: Result<Form<Pressed>, FormRejection>,
) -> Result<Response, PageError> {
    let key = pressed(sent)?;
    if let Some(response) = desk.too_many(&sender) {
        return Ok(response);
    }
    let generation = desk.generation();
    let api = desk.api_for(&sender);
    match api.idempotency_key(&key).signup().confirm_recovery(&LinkToken { token: code.as_str().into() }).await {
        Ok(recovered) => {
            let credential = recovered.credential;
            let (id, secret) = (credential.client_id.to_string(), credential.client_secret);
            let secret_shown = shown(&id, secret.reveal(), &generation.config.public_api());
            // All sessions ended with the old credential: this browser gets a new one, if the API gives it.
            let opened = api.with_credentials(&credential.client_id, secret).sessions().open().await;
            let cookie = match opened {
                Ok(opened) => Some(desk.seal.set(&Session::new(opened.handle))?),
                Err(error) => {
                    tracing::warn!(%error, "no session was created after a recovery");
                    None
                }
            };
            desk.page(links::recovered(&generation, secret_shown), StatusCode::OK, &sender, cookie).await
        }
        Err(error) => {
            let (status, said) = links::said(&error, refused(&error), links::SPENT);
            desk.page(links::recover_link(&generation, &code, Some(key), Some(said)), status, &sender, None).await
        }
    }
}
