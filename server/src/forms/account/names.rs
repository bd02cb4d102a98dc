//! `POST /account/names`: what the organization is called.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use client::Patch;
use client::types::OrganizationChange;
use serde::Deserialize;

use super::{Typed, act};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Sender};

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Sent {
    name: String,
    display_name: String,
    /// None where it can't be chosen yet.
    slug: Option<String>,
}

/// Changes them.
pub async fn send(
    State(desk): State<Onboarding>,
    sender: Sender,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, PageError> {
    let Sent { name, display_name, slug } = crate::forms::read(sent, "the names of an organization")?;
    let fields = vec![
        ("Name", "name", name.clone()),
        ("Display name", "displayName", display_name.clone()),
        ("URL slug", "slug", slug.clone().unwrap_or_default()),
    ];
    let typed = Typed { path: "/account/names", heading: Some("account--names"), fields };
    let shown = display_name.trim();
    let change = OrganizationChange {
        name: Some(name.trim().to_owned()),
        display_name: if shown.is_empty() { Patch::Null } else { Patch::Set(shown.to_owned()) },
        slug: slug.map(|slug| slug.trim().to_owned()),
    };
    act(&desk, &sender, None, typed, |api, _| async move {
        api.organizations().update(&change).await?;
        Ok(None)
    })
    .await
}
