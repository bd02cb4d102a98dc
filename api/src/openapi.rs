//! The contract: OpenAPI 3.1, made from the routes. `client/openapi.json` is this document, and a test keeps them equal.

use utoipa::openapi::OpenApi;

mod errors;
mod polish;

use crate::router::{
    caller_routes, creating_routes, health_routes, marketplace_routes, public_routes, reporting_routes, token_routes,
};
use utoipa_axum::router::OpenApiRouter;

/// The document. Its server is the production's; `/openapi.json` names the one that answers.
pub fn document() -> OpenApi {
    let versioned = OpenApiRouter::new()
        .merge(creating_routes())
        .merge(caller_routes())
        .merge(token_routes())
        .merge(marketplace_routes())
        .merge(reporting_routes());
    let all = OpenApiRouter::new().nest("/api/v1", versioned).merge(public_routes()).merge(health_routes());
    let mut document = all.into_openapi();
    polish::polish(&mut document);
    errors::add(&mut document);
    document
}
