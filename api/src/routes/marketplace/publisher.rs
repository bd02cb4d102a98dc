//! `GET /api/v1/marketplace/publishers/{slug}`

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use http::header::LOCATION;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _};

use crate::domain::agent::{AgentStatus, Word as _};
use crate::domain::moderation::Moderation;
use crate::error::{ApiError, Missing};
use crate::extract::query::{NoParams, Query};
use crate::state::Shared;
use crate::store::entity::agent;
use crate::store::listings;
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
    State(app): Shared,
    slug: Result<Path<String>, PathRejection>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Response, ApiError> {
    let missing = || ApiError::NotFound { missing: Missing::Other };
    // What is no text is nobody's slug.
    let Path(slug) = slug.map_err(|_| missing())?;
    let (row, is_current) = listings::publisher(&app.store.reader, &slug).await?.ok_or_else(missing)?;
    let published = agent::Entity::find()
        .filter(agent::Column::OrganizationId.eq(row.id.clone()))
        .filter(agent::Column::PublishedAt.is_not_null());
    let first = published.clone().order_by_asc(agent::Column::PublishedAt).one(&app.store.reader).await?;
    // Who never published anything is nobody here.
    let since = first.and_then(|first| first.published_at).ok_or_else(missing)?;
    if !is_current {
        let location = format!("{}/api/v1/marketplace/publishers/{}", app.issuer, row.slug);
        return Ok((StatusCode::MOVED_PERMANENTLY, [(LOCATION, location)]).into_response());
    }
    let shown = published
        .filter(agent::Column::IsPublic.eq(true))
        .filter(agent::Column::Status.eq(AgentStatus::Active.word()))
        .filter(agent::Column::Moderation.ne(Moderation::Hidden.word()));
    let count = shown.count(&app.store.reader).await?;
    Ok(Json(PublisherDetailView::new(row, count, since)).into_response())
}
