//! `POST /account/names`: renames the organization.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use client::Patch;
use client::types::OrganizationUpdate;
use serde::Deserialize;

use super::{SubmittedForm, submit};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester};

/// Fields of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Sent {
    name: String,
    display_name: String,
    /// None while the slug can't be chosen.
    slug: Option<String>,
}

/// Updates the names.
pub async fn update(
    State(onboarding): State<Onboarding>,
    requester: Requester,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, PageError> {
    let Sent { name, display_name, slug } = crate::forms::parse_form(sent, "the names of an organization")?;
    let fields = vec![
        ("Name", "name", name.clone()),
        ("Display name", "displayName", display_name.clone()),
        ("URL slug", "slug", slug.clone().unwrap_or_default()),
    ];
    let form = SubmittedForm { path: "/account/names", heading: Some("account--names"), fields };
    let shown = display_name.trim();
    let change = OrganizationUpdate {
        name: Some(name.trim().to_owned()),
        display_name: if shown.is_empty() { Patch::Null } else { Patch::Set(shown.to_owned()) },
        slug: slug.map(|slug| slug.trim().to_owned()),
    };
    submit(&onboarding, &requester, None, form, |api| async move {
        api.organizations().update(&change).await?;
        Ok(None)
    })
    .await
}
