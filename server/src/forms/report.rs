//! A problem with an agent is reported: the API takes it, and limits it by the reader's address.

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

use crate::edge::answer::answer;
use crate::edge::compress::Effort;
use crate::edge::finished::Finished;
use crate::edge::policy::CachePolicy;
use crate::error::PageError;
use crate::live::Live;
use crate::middleware::client_address::{Peer, client_address};
use crate::routes::marketplace::report::agent;
use crate::site_paths::MARKETPLACE;
use crate::view::marketplace::{REASONS, report};

/// Longest text, in characters: as the API takes it.
const LONGEST: usize = 1000;

/// What the form sends.
#[derive(Debug, Deserialize)]
pub struct Sent {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    text: String,
}

/// Takes a report and leads on to its identifier; where it is not taken, the form comes back with all that was typed.
pub async fn send(
    State(live): State<Arc<Live>>,
    Path(id): Path<String>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, PageError> {
    let sent = super::read(sent, "a reason and a text")?;
    let generation = live.current();
    let (id, name) = agent(&live, &id).await?;
    let text = sent.text.trim();
    let refused = if !REASONS.iter().any(|(reason, _)| *reason == sent.reason) {
        Some((StatusCode::UNPROCESSABLE_ENTITY, "Choose a reason.".to_owned()))
    } else if text.chars().count() > LONGEST {
        Some((
            StatusCode::UNPROCESSABLE_ENTITY,
            format!("The text has {} characters. The maximum is {LONGEST}.", text.chars().count()),
        ))
    } else {
        let from =
            peer.map(|Extension(peer)| client_address(peer, &headers, &generation.config.listen.trusted_proxies));
        let said = Report {
            reason: ReportReason::from(sent.reason.as_str()),
            text: Some(text.to_owned()).filter(|text| !text.is_empty()),
        };
        match live.shelf().source().report(id, &said, from).await {
            Ok(taken) => {
                let to = generation.site.href(&format!("{MARKETPLACE}/{id}/report"));
                let location = HeaderValue::try_from(format!("{to}?taken={}", taken.report_id))
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
    let (status, reason) = refused.unwrap_or_default();
    let view = report(&generation, id, &name, &sent.reason, &sent.text, ReportState::Refused(reason));
    let mut draft = generation.page_draft(view).await?;
    (draft.status, draft.policy) = (status, CachePolicy::NoStore);
    let finished = Finished::new(draft, Effort::Fast, generation.config.is_https());
    Ok(answer(&finished, &Method::POST, &headers).map(Body::new))
}
