//! Every route of the portal.
//!
//! Prepared responses never reach the router (`front`). The layers, outermost first: add missing security headers and cache
//! policies, render errors, limit time and bodies, catch panics, reject invalid paths and forms of other sites.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, any, get};
use http::StatusCode;
use site::paths::{ACCOUNT, GET_STARTED};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use web::draining::Draining;

use crate::config::Config;
use crate::current_site::CurrentSite;
use crate::forms::account as account_forms;
use crate::forms::feedback::{self, FeedbackState};
use crate::forms::onboarding as signup;
use crate::forms::report;
use crate::middleware::error_page::error_page;
use crate::middleware::same_origin::same_origin;
use crate::middleware::security_headers::security_headers;
use crate::middleware::url_guard::url_guard;
use crate::onboarding::Onboarding;
use crate::routes::health::{healthz, readyz};
use crate::routes::{account, did_web, get_started, marketplace, page, search, status};

/// Timeout of a request.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Largest body of a request, in bytes. No form needs more.
const MAX_BODY_BYTES: usize = 64 * 1024;

/// Builds the router of the portal.
pub fn router(current: &Arc<CurrentSite>, config: &Arc<Config>, draining: Draining, onboarding: Onboarding) -> Router {
    let health = Router::new().route("/healthz", get(healthz)).route("/readyz", get(readyz)).with_state(draining);
    let feedback_state = FeedbackState { current: Arc::clone(current), limit: Arc::default() };
    let site = Router::new()
        .route("/tools/did-web", get(did_web::show))
        .route("/search", get(search::show))
        .route("/search.json", get(search::show_json))
        .merge(marketplace_routes())
        .fallback(page::show)
        .with_state(Arc::clone(current))
        .route("/feedback", get(feedback::show_thanks).post(feedback::send).with_state(feedback_state))
        .merge(signup_routes().merge(account_routes()).with_state(onboarding))
        .merge(health.clone());
    // Probes target the process, not the site: health checks are available at the root, too.
    let router = match config.public.base_path.as_str() {
        "" => site,
        // `/base/` doesn't match a router nested at `/base`.
        base => Router::new().fallback(page::show).with_state(Arc::clone(current)).merge(health).nest(base, site),
    };
    router
        .layer(from_fn_with_state(Arc::clone(config), same_origin))
        .layer(from_fn(url_guard))
        .layer(CatchPanicLayer::new())
        .layer(RequestBodyLimitLayer::new(MAX_BODY_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, TIMEOUT))
        .layer(from_fn_with_state(Arc::clone(current), error_page))
        .layer(from_fn_with_state(Arc::clone(config), security_headers))
}

fn marketplace_routes() -> Router<Arc<CurrentSite>> {
    Router::new()
        .route("/marketplace", any(marketplace::show))
        .route("/marketplace/", any(marketplace::show))
        .route("/marketplace.md", any(marketplace::show))
        .route("/marketplace.json", any(marketplace::show))
        .route("/marketplace/{page}", any(marketplace::show))
        .route("/marketplace/{page}/", any(marketplace::show))
        .route("/marketplace/{page}/{part}", any(marketplace::show))
        .route("/marketplace/{page}/{part}/", any(marketplace::show))
        .route("/marketplace/{id}/report", get(marketplace::report::show_form).post(report::send))
        .route("/sitemap-agents.xml", get(marketplace::sitemap::show_index))
        .route("/sitemap-agents/{name}", get(marketplace::sitemap::show_sitemap))
}

fn signup_routes() -> Router<Onboarding> {
    Router::new()
        .route("/status", get(status::show))
        .route("/status.md", get(status::show_markdown))
        .route("/get-started", get(get_started::show).post(signup::agent::send))
        .route("/get-started.md", get(get_started::show_markdown))
        .route("/get-started/first-call.json", get(get_started::show_first_call))
        .route("/get-started/credential", form(GET_STARTED).post(signup::credential::send))
        .route("/get-started/keep", form(GET_STARTED).post(signup::email::send))
        .route("/get-started/resend", form(GET_STARTED).post(signup::email::resend))
        .route("/get-started/publish", form(GET_STARTED).post(signup::publish::send))
        .route("/get-started/leave", form(GET_STARTED).post(signup::sign_out::sign_out))
        .route("/verify/{code}", get(signup::verify::show).post(signup::verify::send))
        .route("/verify/{code}/disown", get(signup::disown::show).post(signup::disown::send))
        .route("/restore/{code}", get(signup::restore::show).post(signup::restore::send))
        .route("/recover", get(signup::recover::show).post(signup::recover::send))
        .route("/recover/{code}", get(signup::recover::show_link).post(signup::recover::confirm))
        .route("/claim/{code}", get(signup::claim::show).post(signup::claim::send))
}

fn account_routes() -> Router<Onboarding> {
    let agent_form = || get(account::redirect_to_agent);
    Router::new()
        .route("/account", get(account::show_organization))
        .route("/account/names", form(ACCOUNT).post(account_forms::names::update))
        .route("/account/claims", form(ACCOUNT).post(account_forms::claim::create))
        .route("/account/claims/{id}/check", form(ACCOUNT).post(account_forms::claim::check))
        .route("/account/claims/{id}/remove", form(ACCOUNT).post(account_forms::claim::delete))
        .route("/account/sessions/{id}/end", form(ACCOUNT).post(account_forms::session::revoke))
        .route("/account/delete", form(ACCOUNT).post(account_forms::deletion::delete))
        .route("/account/restore", form(ACCOUNT).post(account_forms::deletion::restore))
        .route("/account/agents/{id}", get(account::show_agent))
        .route("/account/agents/{id}/{action}", agent_form().post(account_forms::agent::change_state))
        .route("/account/agents/{id}/end", agent_form().post(account_forms::agent::decommission))
        .route("/account/agents/{id}/credentials", agent_form().post(account_forms::credential::create))
        .route(
            "/account/agents/{id}/credentials/{credential}/replace",
            agent_form().post(account_forms::credential::rotate),
        )
        .route(
            "/account/agents/{id}/credentials/{credential}/end",
            agent_form().post(account_forms::credential::revoke),
        )
}

/// Redirects a GET of a form's URL, which a rejected form leaves in the browser's address bar, to the page of the form.
fn form(page: &'static str) -> MethodRouter<Onboarding> {
    get(move |State(onboarding): State<Onboarding>| async move { onboarding.redirect_to(page, None) })
}
