//! `POST /account/claims`: claims a domain or a repository; `…/claims/{claimId}/check` and `…/remove`.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use client::ClaimId;
use client::types::{ClaimCheck, ClaimKind, NewClaim};
use serde::Deserialize;

use super::{Typed, act};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Sender};

/// Where claims are told.
const CLAIMS: &str = "account--claims";

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    target: String,
}

/// What goes with a check.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Check {
    signature: String,
}

/// Claims it: an address is a repository's, anything else a domain.
pub async fn send(
    State(desk): State<Onboarding>,
    sender: Sender,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, PageError> {
    let target = crate::forms::read(sent, "a domain or a repository URL")?.target.trim().to_owned();
    let kind = if target.contains("://") { ClaimKind::Repository } else { ClaimKind::Domain };
    let typed = Typed {
        path: "/account/claims",
        heading: Some(CLAIMS),
        fields: vec![("Domain or repository URL", "target", target.clone())],
    };
    let claim = NewClaim { kind, target: Some(target), agent_id: None };
    act(&desk, &sender, None, typed, |api, _| async move {
        api.claims().create(&claim).await?;
        Ok(None)
    })
    .await
}

/// Has the API look now. What it found stands beside the claim.
pub async fn check(
    State(desk): State<Onboarding>,
    Path(id): Path<String>,
    sender: Sender,
    sent: Result<Form<Check>, FormRejection>,
) -> Result<Response, PageError> {
    let id: ClaimId = id.parse().map_err(|_| PageError::NotFound)?;
    let signature = crate::forms::read(sent, "an optional signature")?.signature.trim().to_owned();
    let check = ClaimCheck { signature: Some(signature).filter(|text| !text.is_empty()) };
    act(&desk, &sender, None, Typed::below(CLAIMS), |api, _| async move {
        api.claims().check(id, &check).await?;
        Ok(None)
    })
    .await
}

/// Takes it back.
pub async fn remove(
    State(desk): State<Onboarding>,
    Path(id): Path<String>,
    sender: Sender,
) -> Result<Response, PageError> {
    let id: ClaimId = id.parse().map_err(|_| PageError::NotFound)?;
    act(&desk, &sender, None, Typed::below(CLAIMS), |api, _| async move {
        api.claims().delete(id).await?;
        Ok(None)
    })
    .await
}
