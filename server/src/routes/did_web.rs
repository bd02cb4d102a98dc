//! `/tools/did-web?did=…`: the tool's answer without script.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::response::Response;
use serde::Deserialize;

use super::page::respond;
use crate::edge::compress::Effort;
use crate::edge::finished::Finished;
use crate::edge::policy::CachePolicy;
use crate::error::PageError;
use crate::live::Live;
use crate::view;

/// What the form sends.
#[derive(Debug, Deserialize)]
pub struct Question {
    did: Option<String>,
}

/// Answers a question; without one, the finished page.
pub async fn did_web(
    State(live): State<Arc<Live>>,
    question: Result<Query<Question>, QueryRejection>,
    request: Request,
) -> Result<Response, PageError> {
    let did = question.ok().and_then(|Query(question)| question.did);
    let Some(did) = did else {
        return super::page::page(State(live), request).await;
    };
    let generation = live.current();
    let view = view::did_web(&generation, Some(did));
    let mut draft = generation.draft_for(view, request.headers()).await?;
    draft.policy = CachePolicy::NoStore;
    let is_https = generation.config.is_https();
    Ok(respond(&Finished::new(draft, Effort::Fast, is_https), &request))
}
