//! Routes of the API.
//!
//! Three kinds of routes: public ones that caches may store, those that require authentication, and the token
//! endpoints, which authenticate clients by secret. Each path and its responses are declared at the handler; the
//! contract (`openapi`) is generated from the same list.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{AllowOrigin, Any, CorsLayer};
use tower_http::timeout::TimeoutLayer;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::request_id;

use crate::middleware::authenticate::authenticate;
use crate::middleware::clients::clients;
use crate::middleware::documents::documents;
use crate::middleware::idempotency::{self, idempotency};
use crate::middleware::public::public;
use crate::middleware::readers::readers;
use crate::middleware::request::request;
use crate::routes::{
    agents, audit, claims, credentials, dev, dids, discovery, health, marketplace, organizations, sessions, signup,
    tiers, token,
};
use crate::state::{App, AppState};

/// Time limit for the head of a response.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(30);
/// Limit of a request body, in bytes.
const MAX_BODY_BYTES: usize = 64 * 1024;

type Routes = OpenApiRouter<AppState>;

/// Public routes, cacheable for a minute.
pub(crate) fn public_routes() -> Routes {
    let root = Routes::new()
        .routes(routes!(discovery::server::get_server_metadata))
        .routes(routes!(discovery::server::get_openid_configuration))
        .routes(routes!(discovery::protected_resource::get_protected_resource_metadata))
        .routes(routes!(discovery::jwks::get_jwks))
        .routes(routes!(discovery::guide::get_guide))
        .routes(routes!(dids::service::get_service_did_document))
        .routes(routes!(dids::agent::get_did_document))
        .routes(routes!(dids::card::get_agent_card));
    root.nest("/api/v1", Routes::new().routes(routes!(dids::resolve::resolve)))
}

/// Public routes of the marketplace.
pub(crate) fn marketplace_routes() -> Routes {
    Routes::new()
        .routes(routes!(marketplace::search::search))
        .routes(routes!(marketplace::get::get))
        .routes(routes!(marketplace::changes::list_changes))
        .routes(routes!(marketplace::publisher::get_publisher))
}

/// Public routes for reports.
pub(crate) fn reporting_routes() -> Routes {
    Routes::new().routes(routes!(marketplace::report::report))
}

/// Routes that require authentication, and the public ones of sign-up.
pub(crate) fn caller_routes() -> Routes {
    Routes::new()
        .routes(routes!(signup::claim::claim))
        .routes(routes!(signup::resend::resend))
        .routes(routes!(signup::recover::recover))
        .routes(routes!(signup::link::get))
        .routes(routes!(organizations::get::get, organizations::update::update, organizations::delete::delete))
        .routes(routes!(organizations::restore::restore))
        .routes(routes!(sessions::list::list))
        .routes(routes!(sessions::revoke::revoke))
        .routes(routes!(agents::list::list))
        .routes(routes!(agents::get::get, agents::update::update, agents::decommission::decommission))
        .routes(routes!(credentials::list::list))
        .routes(routes!(credentials::revoke::revoke))
        .routes(routes!(claims::list::list))
        .routes(routes!(claims::get::get, claims::delete::delete))
        .routes(routes!(claims::check::check))
        .routes(routes!(audit::list::list))
        .routes(routes!(audit::verify::verify))
        .routes(routes!(audit::head::get_head))
        .routes(routes!(audit::export::export))
        .routes(routes!(audit::get::get))
        .routes(routes!(tiers::status::get_tier_status))
}

/// Routes that create resources or use up a code, with support for `Idempotency-Key`.
pub(crate) fn creating_routes() -> Routes {
    Routes::new()
        .routes(routes!(signup::create::create))
        .routes(routes!(signup::verify::verify))
        .routes(routes!(signup::recover::confirm))
        .routes(routes!(signup::disown::disown))
        .routes(routes!(organizations::restore::restore_by_email))
        .routes(routes!(sessions::create::create))
        .routes(routes!(agents::register::register))
        .routes(routes!(credentials::create::create))
        .routes(routes!(credentials::rotate::rotate))
        .routes(routes!(claims::create::create))
}

/// Token endpoints.
pub(crate) fn token_routes() -> Routes {
    Routes::new()
        .routes(routes!(token::issue::issue))
        .routes(routes!(token::introspect::introspect))
        .routes(routes!(token::revoke::revoke))
}

/// Health checks.
pub(crate) fn health_routes() -> Routes {
    Routes::new()
        .routes(routes!(health::get_health))
        .routes(routes!(health::get_readiness))
        .routes(routes!(health::detailed::get_detailed_health))
}

/// Builds the router of the API. `contract` is the body of `/openapi.json`.
pub fn router(app: &Arc<App>, contract: Bytes) -> Router {
    let state = || Arc::clone(app);
    // The guide at the root, and older paths of three documents and of the token endpoint.
    let aliases = Router::new()
        .route("/", get(discovery::guide::get_guide))
        .route("/openapi.json", get(move || async move { discovery::openapi::get_openapi(&contract) }))
        .route("/api/v1/agents/{agentId}/did", get(dids::agent::get_did_document))
        .route("/api/v1/agents/{agentId}/did/card", get(dids::card::get_agent_card));
    let counted_document = || from_fn_with_state(state(), documents);
    let mut public_ones =
        Router::from(public_routes()).merge(aliases).route_layer(from_fn(public)).route_layer(counted_document());
    let mut creating = Router::from(creating_routes());
    if app.config.marketplace.is_enabled {
        let reading = Router::from(marketplace_routes())
            .route_layer(from_fn(public))
            .route_layer(from_fn_with_state(state(), readers));
        public_ones = public_ones.nest("/api/v1", reading);
        creating = creating.merge(Router::from(reporting_routes()));
    }
    let public = public_ones.layer(public_cors());
    let creating = creating.route_layer(from_fn_with_state(state(), idempotency));
    let calling = Router::from(caller_routes()).merge(creating).route_layer(from_fn_with_state(state(), authenticate));
    let counted = || from_fn_with_state(state(), clients);
    let token = Router::from(token_routes()).route("/oauth2/token", post(token::issue::issue)).route_layer(counted());
    let root_token = Router::new()
        .route("/token", post(token::issue::issue))
        .route("/oauth2/token", post(token::issue::issue))
        .route_layer(counted());
    let private = Router::new().nest("/api/v1", calling.merge(token)).merge(root_token).layer(private_cors(app));
    let health =
        Router::from(health_routes()).route("/dev/mail", get(dev::list_emails)).route_layer(counted_document());
    Router::new()
        .merge(public)
        .merge(private)
        .merge(health)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, RESPONSE_TIMEOUT))
        .layer(from_fn_with_state(state(), request))
        .with_state(AppState(state()))
}

/// Response headers that browsers expose to scripts.
fn exposed_headers() -> [HeaderName; 10] {
    [
        header::CONTENT_DISPOSITION,
        header::ETAG,
        header::LINK,
        header::LOCATION,
        header::RETRY_AFTER,
        header::WWW_AUTHENTICATE,
        request_id::HEADER,
        idempotency::REPLAYED,
        HeaderName::from_static("ratelimit"),
        HeaderName::from_static("ratelimit-policy"),
    ]
}

/// CORS for public routes: any origin.
fn public_cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD])
        .allow_headers(Any)
        .expose_headers(exposed_headers())
}

/// CORS for all other routes: configured origins only. The API has no cookies, so credentials are not allowed.
fn private_cors(app: &App) -> CorsLayer {
    let origins = app.config.listen.cors_origins.iter();
    let origins = origins.filter_map(|origin| HeaderValue::from_str(&origin.origin().ascii_serialization()).ok());
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::PATCH, Method::DELETE])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_MATCH,
            idempotency::HEADER,
            request_id::HEADER,
        ])
        .expose_headers(exposed_headers())
}
