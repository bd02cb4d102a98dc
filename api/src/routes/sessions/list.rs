//! `GET /api/v1/sessions`

use axum::Json;
use axum::extract::State;
use store::sessions;

use crate::error::ApiError;
use crate::extract::caller::{AdminOrgs, Caller};
use crate::extract::query::{Query, read_page};
use crate::registry::Registry;
use crate::routes::credentials::list::Part;
use crate::view::list::List;
use crate::view::session::SessionView;

/// List your sessions
#[utoipa::path(get, path = "/sessions", tag = "Sessions", operation_id = "listSessions", security(("bearer" = ["admin:orgs"])),
    params(Part), responses((status = 200, description = "A page of sessions, the newest first.", body = List<SessionView>)))]
pub async fn list(
    State(registry): State<Registry>,
    caller: Caller<AdminOrgs>,
    Query(part): Query<Part>,
) -> Result<Json<List<SessionView>>, ApiError> {
    let page = read_page(part.page, part.limit)?;
    caller.require_organization()?;
    let found = sessions::list(&registry.store, caller.organization_id, registry.now_ms(), page).await?;
    let current = caller.session_id.as_deref();
    let views = found.rows.into_iter().map(|row| SessionView::of(row, current)).collect();
    Ok(Json(List::new(views, found.total, page)))
}
