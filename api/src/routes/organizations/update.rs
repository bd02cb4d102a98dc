//! `PATCH /api/v1/organizations/me`

use axum::Json;
use axum::extract::State;
use domain::agent::deserialize_nullable;
use domain::field::{Line, Text};
use domain::organization::parse_slug;
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

/// Update of an organization. Absent fields stay unchanged.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[allow(clippy::option_option, reason = "the outer one is the field, the inner one null")]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({ "displayName": "Northquay Freight", "slug": "northquay" }))]
#[schema(as = OrganizationUpdate)]
pub struct OrganizationPatch {
    /// Name. Becomes the owner of agents registered before the organization had a name. Until the email address is
    /// verified, the slug is derived from the name.
    #[schema(inline, value_type = Option<Line<100>>)]
    pub name: Option<String>,
    /// Display name in the marketplace. If it is empty or `null`, the name is displayed.
    #[serde(default, deserialize_with = "deserialize_nullable")]
    #[schema(inline, value_type = Option<Text<100>>)]
    pub display_name: Option<Option<String>>,
    /// URL slug. The old slug redirects to the new one.
    #[schema(pattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", min_length = 3, max_length = 40)]
    pub slug: Option<String>,
}

impl OrganizationPatch {
    fn validate(self) -> Result<OrganizationUpdate, ApiError> {
        let mut fields = Vec::new();
        let mut add_error = |field: &str, error: domain::field::InvalidValue| {
            fields.push(FieldError { field: field.to_owned(), reason: error.0 });
        };
        let line = |text: &str| Line::<100>::parse(text).map(Line::into_string);
        let name = self.name.and_then(|text| line(&text).map_err(|error| add_error("name", error)).ok());
        let display_name = self.display_name.and_then(|given| {
            let text = given.unwrap_or_default();
            let parsed = Text::<100>::parse(&text).map(Text::into_string);
            let parsed = parsed.and_then(|text| if text.is_empty() { Ok(None) } else { line(&text).map(Some) });
            parsed.map_err(|error| add_error("displayName", error)).ok()
        });
        let slug = self.slug.and_then(|text| parse_slug(&text).map_err(|error| add_error("slug", error)).ok());
        if fields.is_empty() {
            Ok(OrganizationUpdate { name, display_name, slug })
        } else {
            Err(ApiError::Validation { fields })
        }
    }
}

/// Update your organization
#[utoipa::path(patch, path = "/organizations/me", tag = "Organizations", operation_id = "updateOrganization",
    security(("bearer" = ["admin:orgs"])), request_body(content = OrganizationPatch),
    responses((status = 200, description = "Updated organization.", body = OrganizationView)))]
pub async fn update(
    State(registry): State<Registry>,
    caller: Caller<AdminOrgs>,
    Query(NoParams {}): Query<NoParams>,
    Body(patch): Body<OrganizationPatch>,
) -> Result<Json<OrganizationView>, ApiError> {
    caller.require_organization()?;
    let update = patch.validate()?;
    let row = organizations::update(&registry.store, caller.actor(), update, registry.now()).await?;
    Ok(Json(row.into()))
}
