//! `/tools/did-web?did=…`: the tool without JavaScript.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{OriginalUri, Query, Request, State};
use axum::response::Response;
use serde::Deserialize;
use site::page::negotiated_parts;
use site::response::{CachePolicy, Effort, PreparedResponse};
use site::view;

use super::page::respond_to;
use crate::current_site::CurrentSite;
use crate::error::PageError;

/// Query parameters of the form.
#[derive(Debug, Deserialize)]
pub struct DidWebQuery {
    did: Option<String>,
}

/// Converts a DID; without one, shows the prepared page.
pub async fn show(
    State(current): State<Arc<CurrentSite>>,
    uri: OriginalUri,
    query: Result<Query<DidWebQuery>, QueryRejection>,
    request: Request,
) -> Result<Response, PageError> {
    let did = query.ok().and_then(|Query(query)| query.did);
    let Some(did) = did else {
        return super::page::show(State(current), uri, request).await;
    };
    let snapshot = current.snapshot();
    let view = view::did_web(&snapshot.context, Some(did));
    let mut parts = negotiated_parts(&snapshot.context.settings, view, request.headers()).await?;
    parts.policy = CachePolicy::NoStore;
    let is_https = snapshot.context.settings.is_https;
    Ok(respond_to(&PreparedResponse::new(parts, Effort::Fast, is_https), &request))
}
