//! `GET /api/v1/marketplace/publishers/{slug}`

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use domain::rejection::Resource;
use http::StatusCode;
use http::header::LOCATION;
use store::marketplace;

use crate::error::ApiError;
use crate::extract::query::{NoParams, Query};
use crate::origins::Origins;
use crate::registry::Registry;
use crate::view::publisher::PublisherDetailView;

/// Get a publisher
///
/// An organization that has published an agent. Former slugs redirect to the current one.
#[utoipa::path(get, path = "/marketplace/publishers/{slug}", tag = "Marketplace", operation_id = "getPublisher", security(()),
    params(("slug" = String, Path, description = "URL slug of the publisher.")),
    responses(
        (status = 200, description = "Publisher.", body = PublisherDetailView),
        (status = 301, description = "The publisher has a new slug.", headers(("Location" = String, description = "URL of the publisher.")))))]
pub async fn get_publisher(
    State(registry): State<Registry>,
    State(origins): State<Arc<Origins>>,
    slug: Result<Path<String>, PathRejection>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Response, ApiError> {
    let missing = || ApiError::NotFound { missing: Resource::Other };
    // Invalid UTF-8 is not a slug.
    let Path(slug) = slug.map_err(|_| missing())?;
    let (publisher, is_current) = marketplace::get_publisher(&registry.store, &slug).await?.ok_or_else(missing)?;
    if !is_current {
        let location = format!("{}/api/v1/marketplace/publishers/{}", origins.issuer, publisher.organization.slug);
        return Ok((StatusCode::MOVED_PERMANENTLY, [(LOCATION, location)]).into_response());
    }
    let view = PublisherDetailView::new(publisher.organization, publisher.agent_count, publisher.since);
    Ok(Json(view).into_response())
}
