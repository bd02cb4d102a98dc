//! `GET /api/v1/sessions`

use axum::Json;
use axum::extract::State;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use crate::error::ApiError;
use crate::extract::caller::{AdminOrgs, Caller};
use crate::extract::query::{Page, Query};
use crate::routes::credentials::list::Part;
use crate::state::Shared;
use crate::store::entity::session;
use crate::view::list::List;
use crate::view::session::SessionView;

/// List your sessions
#[utoipa::path(get, path = "/sessions", tag = "Sessions", operation_id = "listSessions", security(("bearer" = ["admin:orgs"])),
    params(Part), responses((status = 200, description = "A page of sessions, the newest first.", body = List<SessionView>)))]
pub async fn list(
    State(app): Shared,
    caller: Caller<AdminOrgs>,
    Query(part): Query<Part>,
) -> Result<Json<List<SessionView>>, ApiError> {
    let page = Page::read(part.page, part.limit)?;
    caller.organization_alone()?;
    let select = session::Entity::find()
        .filter(session::Column::OrganizationId.eq(caller.organization_id.to_string()))
        .filter(session::Column::ExpiresAt.gt(app.clock.now_ms()));
    let total = select.clone().count(&app.store.reader).await?;
    let rows = select
        .order_by_desc(session::Column::CreatedAt)
        .order_by_desc(session::Column::Id)
        .offset(page.offset())
        .limit(page.limit)
        .all(&app.store.reader)
        .await?;
    let current = caller.session_id.as_deref();
    Ok(Json(List::new(rows.into_iter().map(|row| SessionView::of(row, current)).collect(), total, page)))
}
