//! The surface of the portal: what answers where.
//!
//! Requests of finished answers never come here (`edge::front`). The layers, outermost first: write what is missing
//! of security headers and cache policy, draw errors, limit time and bodies, catch panics, refuse dishonest paths and
//! other sites' forms.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get};
use http::StatusCode;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use web::draining::Draining;

use crate::config::Config;
use crate::forms::account::{
    agent as own_agents, claim as own_claim, credential as own_credential, end, names, session as own_session,
};
use crate::forms::feedback::{self, Desk};
use crate::forms::onboarding::{agent, claim, credential, keep, leave, publish, recover, verify};
use crate::forms::report;
use crate::live::Live;
use crate::middleware::error_page::error_page;
use crate::middleware::path_guard::path_guard;
use crate::middleware::same_origin::same_origin;
use crate::middleware::security_headers::security_headers;
use crate::onboarding::Onboarding;
use crate::routes::health::{healthz, readyz};
use crate::routes::marketplace::{self, report as report_page, sitemap};
use crate::routes::{account, did_web, get_started, page, search, status};
use crate::site_paths;

/// Longest time that an answer may take.
const LONGEST: Duration = Duration::from_secs(20);
/// Largest body of a request, in bytes. No form here needs more.
const LARGEST_BODY: usize = 64 * 1024;

/// The portal's router.
pub fn router(live: &Arc<Live>, config: &Arc<Config>, draining: Draining, onboarding: Onboarding) -> Router {
    let health = Router::new().route("/healthz", get(healthz)).route("/readyz", get(readyz)).with_state(draining);
    let base = config.public.base_path.as_str();
    // Probes ask the process, not the site: health is at the root too.
    let health = if base.is_empty() { health } else { Router::new().merge(health.clone()).nest(base, health) };
    let desk = Desk { live: Arc::clone(live), limit: Arc::default() };
    let forms = Router::new()
        .route(&format!("{base}{}", site_paths::FEEDBACK), get(feedback::thanks).post(feedback::send))
        .with_state(desk);
    let market = format!("{base}{}", site_paths::MARKETPLACE);
    let started = format!("{base}{}", site_paths::GET_STARTED);
    let at = |path: &str| format!("{base}{path}");
    let account = at(site_paths::ACCOUNT);
    let own_agent = format!("{account}/agents/{{id}}");
    // A form that was not taken leaves its own address in the browser: who opens that is led to the page of the form.
    let form = |page: &'static str| get(move |State(desk): State<Onboarding>| async move { desk.lead_to(page, None) });
    let onboarding = Router::new()
        .route(&started, get(get_started::show).post(agent::send))
        .route(&format!("{started}.md"), get(get_started::markdown))
        .route(&format!("{started}/first-call.json"), get(get_started::first_call))
        .route(&format!("{started}/credential"), form(site_paths::GET_STARTED).post(credential::send))
        .route(&format!("{started}/keep"), form(site_paths::GET_STARTED).post(keep::send))
        .route(&format!("{started}/resend"), form(site_paths::GET_STARTED).post(keep::resend))
        .route(&format!("{started}/publish"), form(site_paths::GET_STARTED).post(publish::send))
        .route(&format!("{started}/leave"), form(site_paths::GET_STARTED).post(leave::send))
        .route(&at(&format!("{}/{{code}}", site_paths::VERIFY)), get(verify::show).post(verify::send))
        .route(&at(site_paths::RECOVER), get(recover::show).post(recover::send))
        .route(&at(&format!("{}/{{code}}", site_paths::RECOVER)), get(recover::open).post(recover::confirm))
        .route(&at(&format!("{}/{{code}}", site_paths::CLAIM)), get(claim::show).post(claim::send))
        .route(&account, get(account::show))
        .route(&format!("{account}/names"), form(site_paths::ACCOUNT).post(names::send))
        .route(&format!("{account}/claims"), form(site_paths::ACCOUNT).post(own_claim::send))
        .route(&format!("{account}/claims/{{id}}/check"), form(site_paths::ACCOUNT).post(own_claim::check))
        .route(&format!("{account}/claims/{{id}}/remove"), form(site_paths::ACCOUNT).post(own_claim::remove))
        .route(&format!("{account}/sessions/{{id}}/end"), form(site_paths::ACCOUNT).post(own_session::end))
        .route(&format!("{account}/delete"), form(site_paths::ACCOUNT).post(end::delete))
        .route(&format!("{account}/restore"), form(site_paths::ACCOUNT).post(end::restore))
        .route(&own_agent, get(account::agent))
        .route(&format!("{own_agent}/end"), get(account::lead_to_agent).post(own_agents::end))
        .route(&format!("{own_agent}/credentials"), get(account::lead_to_agent).post(own_credential::create))
        .route(
            &format!("{own_agent}/credentials/{{credential}}/replace"),
            get(account::lead_to_agent).post(own_credential::replace),
        )
        .route(
            &format!("{own_agent}/credentials/{{credential}}/end"),
            get(account::lead_to_agent).post(own_credential::end),
        )
        .route(&format!("{own_agent}/{{what}}"), get(account::lead_to_agent).post(own_agents::change))
        .route(&at(site_paths::STATUS), get(status::show))
        .route(&at(&site_paths::markdown(site_paths::STATUS)), get(status::markdown))
        .with_state(onboarding);
    let agents = format!("{base}{}", site_paths::SITEMAP_AGENTS);
    let marketplace = Router::new()
        .route(&market, any(marketplace::show))
        .route(&format!("{market}/"), any(marketplace::show))
        .route(&format!("{market}.md"), any(marketplace::show))
        .route(&format!("{market}.json"), any(marketplace::show))
        .route(&format!("{market}/{{subject}}"), any(marketplace::show))
        .route(&format!("{market}/{{subject}}/"), any(marketplace::show))
        .route(&format!("{market}/{{subject}}/{{part}}"), any(marketplace::show))
        .route(&format!("{market}/{{subject}}/{{part}}/"), any(marketplace::show))
        .route(&format!("{market}/{{id}}/report"), get(report_page::form).post(report::send))
        .route(&agents, get(sitemap::index))
        .route(&format!("{}/{{name}}", agents.trim_end_matches(".xml")), get(sitemap::part))
        .with_state(Arc::clone(live));
    Router::new()
        .route(&format!("{base}{}", site_paths::DID_WEB), get(did_web::did_web))
        .route(&format!("{base}{}", site_paths::SEARCH), get(search::search))
        .route(&format!("{base}{}", site_paths::SEARCH_JSON), get(search::json))
        .fallback(page::page)
        .with_state(Arc::clone(live))
        .merge(forms)
        .merge(marketplace)
        .merge(onboarding)
        .merge(health)
        .layer(from_fn_with_state(Arc::clone(config), same_origin))
        .layer(from_fn(path_guard))
        .layer(CatchPanicLayer::new())
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, LONGEST))
        .layer(from_fn_with_state(Arc::clone(live), error_page))
        .layer(from_fn_with_state(Arc::clone(config), security_headers))
}
