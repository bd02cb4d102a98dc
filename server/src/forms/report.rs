//! Report of an agent, forwarded to the API, which limits reports by the reader's IP address.

use std::sync::Arc;

use app::model::marketplace::ReportState;
use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse as _, Response};
use client::types::{Report, ReportReason};
use http::header::LOCATION;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use serde::Deserialize;
use site::page::html_parts;
use site::paths::MARKETPLACE;
use site::response::respond::respond;
use site::response::{CachePolicy, Effort, PreparedResponse};
use site::view::marketplace::{REASONS, report};
use web::client_address::{Peer, client_address};

use crate::current_site::CurrentSite;
use crate::error::PageError;
use crate::routes::marketplace::report::find_agent;

/// Longest text, in characters: the API's limit.
const MAX_TEXT: usize = 1000;

/// Fields of the form.
#[derive(Debug, Deserialize)]
pub struct Sent {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    text: String,
}

/// Sends a report to the API and redirects to a page with its ID; a rejected form is shown again with its fields.
///
/// # Errors
///
/// [`PageError::NotFound`] for an unknown agent; [`PageError::Internal`] when rendering fails.
pub async fn send(
    State(current): State<Arc<CurrentSite>>,
    Path(id): Path<String>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, PageError> {
    let sent = super::parse_form(sent, "a reason and a text")?;
    let snapshot = current.snapshot();
    let (id, name) = find_agent(&current, &id).await?;
    let text = sent.text.trim();
    let error = if !REASONS.iter().any(|(reason, _)| *reason == sent.reason) {
        Some((StatusCode::UNPROCESSABLE_ENTITY, "Choose a reason.".to_owned()))
    } else if text.chars().count() > MAX_TEXT {
        Some((
            StatusCode::UNPROCESSABLE_ENTITY,
            format!("The text has {} characters. The maximum is {MAX_TEXT}.", text.chars().count()),
        ))
    } else {
        let from = peer.map(|Extension(peer)| client_address(peer, &headers, &current.config().listen.trusted_proxies));
        let report = Report {
            reason: ReportReason::from(sent.reason.as_str()),
            text: Some(text.to_owned()).filter(|text| !text.is_empty()),
        };
        match current.marketplace().upstream().report(id, &report, from).await {
            Ok(received) => {
                let to = snapshot.context.site.href(&format!("{MARKETPLACE}/{id}/report"));
                let location = HeaderValue::try_from(format!("{to}?taken={}", received.report_id))
                    .map_err(|error| PageError::Internal(error.to_string()))?;
                return Ok((StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response());
            }
            Err(error) if error.is_limited() => Some((
                StatusCode::TOO_MANY_REQUESTS,
                "Too many reports from your IP address. Try again in 1 hour. Your input is still here.".to_owned(),
            )),
            Err(error) => {
                tracing::warn!(%error, "a report was not submitted");
                Some((
                    StatusCode::SERVICE_UNAVAILABLE,
                    "The registry is currently unavailable. Try again in a minute. Your input is still here."
                        .to_owned(),
                ))
            }
        }
    };
    let (status, reason) = error.unwrap_or_default();
    let view = report(&snapshot.context, id, &name, &sent.reason, &sent.text, ReportState::Rejected(reason));
    let mut parts = html_parts(&snapshot.context.settings, view).await?;
    (parts.status, parts.policy) = (status, CachePolicy::NoStore);
    let prepared = PreparedResponse::new(parts, Effort::Fast, snapshot.context.settings.is_https);
    Ok(respond(&prepared, &Method::POST, &headers).map(Body::new))
}
