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
use crate::view::listing::PublisherDetailView;

/// Read a publisher
///
/// Whoever has published an agent is one. An old slug leads to the new one.
#[utoipa::path(get, path = "/marketplace/publishers/{slug}", tag = "Marketplace", operation_id = "getPublisher", security(()),
    params(("slug" = String, Path, description = "The publisher's name in addresses.")),
    responses(
        (status = 200, description = "The publisher.", body = PublisherDetailView),
        (status = 301, description = "It has another slug now.", headers(("Location" = String, description = "Its address.")))))]
pub async fn publisher(
    State(registry): State<Registry>,
    State(origins): State<Arc<Origins>>,
    slug: Result<Path<String>, PathRejection>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Response, ApiError> {
    let missing = || ApiError::NotFound { missing: Resource::Other };
    // What is no text is nobody's slug.
    let Path(slug) = slug.map_err(|_| missing())?;
    let (publisher, is_current) = marketplace::get_publisher(&registry.store, &slug).await?.ok_or_else(missing)?;
    if !is_current {
        let location = format!("{}/api/v1/marketplace/publishers/{}", origins.issuer, publisher.organization.slug);
        return Ok((StatusCode::MOVED_PERMANENTLY, [(LOCATION, location)]).into_response());
    }
    let view = PublisherDetailView::new(publisher.organization, publisher.agent_count, publisher.since);
    Ok(Json(view).into_response())
}
