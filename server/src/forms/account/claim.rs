//! `POST /account/claims`: claims a domain or a repository; `…/claims/{claimId}/check` and `…/remove`.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use client::ClaimId;
use client::types::{ClaimCheck, ClaimKind, NewClaim};
use serde::Deserialize;

use super::{SubmittedForm, submit};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester};

/// Anchor of the claims.
const ANCHOR: &str = "account--claims";

/// Fields of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    target: String,
}

/// Fields of the check form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Check {
    signature: String,
}

/// Creates a claim: a URL is a repository, any other text a domain.
pub async fn create(
    State(onboarding): State<Onboarding>,
    requester: Requester,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, PageError> {
    let target = crate::forms::parse_form(sent, "a domain or a repository URL")?.target.trim().to_owned();
    let kind = if target.contains("://") { ClaimKind::Repository } else { ClaimKind::Domain };
    let form = SubmittedForm {
        path: "/account/claims",
        heading: Some(ANCHOR),
        fields: vec![("Domain or repository URL", "target", target.clone())],
    };
    let claim = NewClaim { kind, target: Some(target), agent_id: None };
    submit(&onboarding, &requester, None, form, |api| async move {
        api.claims().create(&claim).await?;
        Ok(None)
    })
    .await
}

/// Checks a claim now. The result is shown beside the claim.
pub async fn check(
    State(onboarding): State<Onboarding>,
    Path(id): Path<String>,
    requester: Requester,
    sent: Result<Form<Check>, FormRejection>,
) -> Result<Response, PageError> {
    let id: ClaimId = id.parse().map_err(|_| PageError::NotFound)?;
    let signature = crate::forms::parse_form(sent, "an optional signature")?.signature.trim().to_owned();
    let check = ClaimCheck { signature: Some(signature).filter(|text| !text.is_empty()) };
    submit(&onboarding, &requester, None, SubmittedForm::button(ANCHOR), |api| async move {
        api.claims().check(id, &check).await?;
        Ok(None)
    })
    .await
}

/// Deletes a claim.
pub async fn delete(
    State(onboarding): State<Onboarding>,
    Path(id): Path<String>,
    requester: Requester,
) -> Result<Response, PageError> {
    let id: ClaimId = id.parse().map_err(|_| PageError::NotFound)?;
    submit(&onboarding, &requester, None, SubmittedForm::button(ANCHOR), |api| async move {
        api.claims().delete(id).await?;
        Ok(None)
    })
    .await
}
