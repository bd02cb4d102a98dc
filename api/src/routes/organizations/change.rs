//! `PATCH /api/v1/organizations/me`

use axum::Json;
use axum::extract::State;
use domain::agent::present;
use domain::field::{Line, Text};
use domain::organization::read_slug;
use domain::rejection::FieldError;
use serde::Deserialize;
use store::organizations::{self, OrganizationUpdate};
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::extract::body::Body;
use crate::extract::caller::{AdminOrgs, Caller};
use crate::extract::query::{NoParams, Query};
use crate::registry::Registry;
use crate::view::organization::OrganizationView;

/// What may change. Fields that are left out stay.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[allow(clippy::option_option, reason = "the outer one is the field, the inner one null")]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({ "displayName": "Northquay Freight", "slug": "northquay" }))]
pub struct OrganizationChange {
    /// What it is called. Agents that were registered before it had a name are answered for by this one from then on, and
    /// until its address is confirmed its slug follows.
    #[schema(inline, value_type = Option<Line<100>>)]
    pub name: Option<String>,
    /// What the marketplace calls it. Empty or `null`: its name.
    #[serde(default, deserialize_with = "present")]
    #[schema(inline, value_type = Option<Text<100>>)]
    pub display_name: Option<Option<String>>,
    /// Its name in addresses. The old one leads to the new one from then on.
    #[schema(pattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", min_length = 3, max_length = 40)]
    pub slug: Option<String>,
}

impl OrganizationChange {
    fn check(self) -> Result<OrganizationUpdate, ApiError> {
        let mut fields = Vec::new();
        let mut fault = |field: &str, refusal: domain::field::Refusal| {
            fields.push(FieldError { field: field.to_owned(), reason: refusal.0 });
        };
        let line = |text: &str| Line::<100>::read(text).map(Line::into_string);
        let name = self.name.and_then(|text| line(&text).map_err(|refusal| fault("name", refusal)).ok());
        let display_name = self.display_name.and_then(|given| {
            let text = given.unwrap_or_default();
            let read = Text::<100>::read(&text).map(Text::into_string);
            let read = read.and_then(|text| if text.is_empty() { Ok(None) } else { line(&text).map(Some) });
            read.map_err(|refusal| fault("displayName", refusal)).ok()
        });
        let slug = self.slug.and_then(|text| read_slug(&text).map_err(|refusal| fault("slug", refusal)).ok());
        if fields.is_empty() {
            Ok(OrganizationUpdate { name, display_name, slug })
        } else {
            Err(ApiError::Validation { fields })
        }
    }
}

/// Change your organization
#[utoipa::path(patch, path = "/organizations/me", tag = "Organizations", operation_id = "updateOrganization",
    security(("bearer" = ["admin:orgs"])), request_body(content = OrganizationChange),
    responses((status = 200, description = "The organization as it is now.", body = OrganizationView)))]
pub async fn change(
    State(registry): State<Registry>,
    caller: Caller<AdminOrgs>,
    Query(NoParams {}): Query<NoParams>,
    Body(change): Body<OrganizationChange>,
) -> Result<Json<OrganizationView>, ApiError> {
    caller.require_organization()?;
    let wanted = change.check()?;
    let row = organizations::update(&registry.store, caller.actor(), wanted, registry.now()).await?;
    Ok(Json(row.into()))
}
