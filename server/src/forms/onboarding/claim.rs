//! `/claim/{code}`: where a program sends its person, who gives an address and so takes the organization over.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use client::types::ClaimOrganization;
use http::StatusCode;

use super::{SentEmail, WRONG, email};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Sender, refused};
use crate::view::onboarding::links::{self, Typed};

/// The form.
pub async fn show(
    State(desk): State<Onboarding>,
    Path(code): Path<String>,
    sender: Sender,
) -> Result<Response, PageError> {
    let view = links::claim(&desk.generation(), &code, Typed::default());
    desk.page(view, StatusCode::OK, &sender, None).await
}

/// Has the API send the mail, whose link does it.
pub async fn send(
    State(desk): State<Onboarding>,
    Path(code): Path<String>,
    sender: Sender,
    sent: Result<Form<SentEmail>, FormRejection>,
) -> Result<Response, PageError> {
    let again = |typed: Typed, status| {
        let view = links::claim(&desk.generation(), &code, typed);
        desk.page(view, status, &sender, None)
    };
    let email = match email(sent)? {
        Ok(email) => email,
        Err(typed) => return again(typed, WRONG).await,
    };
    if let Some(response) = desk.too_many(&sender) {
        return Ok(response);
    }
    let claim = ClaimOrganization { claim_code: code.as_str().into(), email: email.clone() };
    match desk.api_for(&sender).signup().claim(&claim).await {
        Ok(_) => {
            let view = links::claim_sent(&desk.generation(), &email, desk.mail_note().await);
            desk.page(view, StatusCode::OK, &sender, None).await
        }
        Err(error) => {
            let refused = refused(&error);
            let (status, said) = links::said(&error, refused.clone(), links::SPENT_CLAIM);
            let notice = refused.problems.email.is_none().then_some(said);
            again(Typed { text: email, problem: refused.problems.email, notice }, status).await
        }
    }
}
