//! The surface of the API: what answers where.
//!
//! Three kinds of routes: those that everybody may read and caches may keep, those that a caller proves himself for, and
//! the token endpoints, where a client shows its secret. Each path is written at its handler, with what it answers; the
//! contract (`openapi`) is made from the same list.

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
use crate::middleware::idempotency::{self, idempotency};
use crate::middleware::public::public;
use crate::middleware::readers::readers;
use crate::middleware::request::request;
use crate::routes::{
    agents, audit, claims, credentials, dev, dids, discovery, health, marketplace, organizations, sessions, signup,
    tiers, token,
};
use crate::state::{App, AppState};

/// Longest time that an answer's head may take.
const LONGEST: Duration = Duration::from_secs(30);
/// Largest body of a request, in bytes.
const LARGEST_BODY: usize = 64 * 1024;

type Routes = OpenApiRouter<AppState>;

/// What everybody may read, and caches may keep for a minute.
pub(crate) fn public_routes() -> Routes {
    let root = Routes::new()
        .routes(routes!(discovery::server::server))
        .routes(routes!(discovery::server::openid))
        .routes(routes!(discovery::protected_resource::protected_resource))
        .routes(routes!(discovery::jwks::jwks))
        .routes(routes!(discovery::guide::guide))
        .routes(routes!(dids::service::service))
        .routes(routes!(dids::agent::agent))
        .routes(routes!(dids::card::card));
    root.nest("/api/v1", Routes::new().routes(routes!(dids::resolve::resolve)))
}

/// What everybody may read of published agents.
pub(crate) fn marketplace_routes() -> Routes {
    Routes::new()
        .routes(routes!(marketplace::search::search))
        .routes(routes!(marketplace::show::show))
        .routes(routes!(marketplace::changes::changes))
        .routes(routes!(marketplace::publisher::publisher))
}

/// Where anybody reports them.
pub(crate) fn reporting_routes() -> Routes {
    Routes::new().routes(routes!(marketplace::report::report))
}

/// What a caller proves himself for, and sign-up, where he gets what he proves himself with.
pub(crate) fn caller_routes() -> Routes {
    Routes::new()
        .routes(routes!(signup::claim::claim))
        .routes(routes!(signup::resend::resend))
        .routes(routes!(signup::recover::recover))
        .routes(routes!(organizations::show::show, organizations::change::change, organizations::remove::remove))
        .routes(routes!(organizations::remove::restore))
        .routes(routes!(sessions::list::list))
        .routes(routes!(sessions::end::end))
        .routes(routes!(agents::list::list))
        .routes(routes!(agents::show::show, agents::change::change, agents::decommission::decommission))
        .routes(routes!(credentials::list::list))
        .routes(routes!(credentials::revoke::revoke))
        .routes(routes!(claims::list::list))
        .routes(routes!(claims::show::show, claims::remove::remove))
        .routes(routes!(claims::check::check))
        .routes(routes!(audit::list::list))
        .routes(routes!(audit::verify::verify))
        .routes(routes!(audit::head::head))
        .routes(routes!(audit::export::export))
        .routes(routes!(audit::show::show))
        .routes(routes!(tiers::status::status))
}

/// Those of them that make something, if only a session or a secret: an `Idempotency-Key` makes it once.
pub(crate) fn creating_routes() -> Routes {
    Routes::new()
        .routes(routes!(signup::create::create))
        .routes(routes!(signup::verify::verify))
        .routes(routes!(signup::recover::confirm))
        .routes(routes!(sessions::create::create))
        .routes(routes!(agents::create::create))
        .routes(routes!(credentials::create::create))
        .routes(routes!(credentials::rotate::rotate))
        .routes(routes!(claims::create::create))
}

/// Where clients show their secrets.
pub(crate) fn token_routes() -> Routes {
    Routes::new()
        .routes(routes!(token::issue::issue))
        .routes(routes!(token::introspect::introspect))
        .routes(routes!(token::revoke::revoke))
}

/// Health, of the process.
pub(crate) fn health_routes() -> Routes {
    Routes::new()
        .routes(routes!(health::alive))
        .routes(routes!(health::ready))
        .routes(routes!(health::detailed::detailed))
}

/// The router of the API. `contract` is what `/openapi.json` returns.
pub fn router(app: &Arc<App>, contract: Bytes) -> Router {
    let state = || Arc::clone(app);
    // The guide for whoever begins at the root. Older names of three documents, and of the token endpoint.
    let aliases = Router::new()
        .route("/", get(discovery::guide::guide))
        .route("/openapi.json", get(move || async move { discovery::openapi::openapi(&contract) }))
        .route("/api/v1/agents/{agentId}/did", get(dids::agent::agent))
        .route("/api/v1/agents/{agentId}/did/card", get(dids::card::card));
    let mut public_ones = Router::from(public_routes()).merge(aliases).route_layer(from_fn(public));
    let mut creating = Router::from(creating_routes());
    if app.config.marketplace.is_enabled {
        let reading = Router::from(marketplace_routes())
            .route_layer(from_fn(public))
            .route_layer(from_fn_with_state(state(), readers));
        public_ones = public_ones.nest("/api/v1", reading);
        creating = creating.merge(Router::from(reporting_routes()));
    }
    let public = public_ones.layer(open_cors());
    let creating = creating.route_layer(from_fn_with_state(state(), idempotency));
    let calling = Router::from(caller_routes()).merge(creating).route_layer(from_fn_with_state(state(), authenticate));
    let counted = || from_fn_with_state(state(), clients);
    let token = Router::from(token_routes()).route("/oauth2/token", post(token::issue::issue)).route_layer(counted());
    let root_token = Router::new()
        .route("/token", post(token::issue::issue))
        .route("/oauth2/token", post(token::issue::issue))
        .route_layer(counted());
    let private = Router::new().nest("/api/v1", calling.merge(token)).merge(root_token).layer(chosen_cors(app));
    let health = Router::from(health_routes()).route("/dev/mail", get(dev::mail));
    Router::new()
        .merge(public)
        .merge(private)
        .merge(health)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .layer(from_fn_with_state(state(), request))
        .with_state(AppState(state()))
}

/// Headers of answers that a page may read.
fn exposed() -> [HeaderName; 10] {
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

/// Any page may read what everybody may read.
fn open_cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD])
        .allow_headers(Any)
        .expose_headers(exposed())
}

/// Pages of origins that the operator named may call. There are no cookies here, so none are allowed.
fn chosen_cors(app: &App) -> CorsLayer {
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
        .expose_headers(exposed())
}
