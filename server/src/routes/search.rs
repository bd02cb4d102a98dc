//! `/search?q=`: the search without script, and `/search.json?q=`: its answers for the dialog.

use std::sync::Arc;

use app::model::SearchResults;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::page;
use crate::edge::compress::Effort;
use crate::edge::finished::Finished;
use crate::edge::policy::CachePolicy;
use crate::error::PageError;
use crate::generation::Generation;
use crate::live::Live;
use crate::search::MAX_QUESTION;
use crate::site_paths;
use crate::view;

/// What is asked.
#[derive(Debug, Deserialize)]
pub struct Question {
    q: Option<String>,
}

/// Answers a question as a page, or as Markdown; without one, the finished page.
pub async fn search(
    State(live): State<Arc<Live>>,
    question: Result<Query<Question>, QueryRejection>,
    request: Request,
) -> Result<Response, PageError> {
    let Some(q) = question.ok().and_then(|Query(question)| question.q) else {
        return page::page(State(live), request).await;
    };
    let generation = live.current();
    let results = results(&generation, &q).await?;
    let shown: String = q.chars().take(MAX_QUESTION).collect();
    let view = view::search(&generation, Some(shown), results);
    let mut draft = generation.draft_for(view, request.headers()).await?;
    draft.policy = CachePolicy::NoStore;
    Ok(page::respond(&Finished::new(draft, Effort::Fast, generation.config.is_https()), &request))
}

/// Answers a question as JSON.
pub async fn json(
    State(live): State<Arc<Live>>,
    question: Result<Query<Question>, QueryRejection>,
) -> Result<Response, PageError> {
    let q = question.ok().and_then(|Query(question)| question.q).unwrap_or_default();
    let generation = live.current();
    Ok(Json(results(&generation, &q).await?).into_response())
}

async fn results(generation: &Arc<Generation>, q: &str) -> Result<SearchResults, PageError> {
    let search = generation.search().await;
    let (q, address) = (q.to_owned(), generation.site.href(site_paths::SEARCH));
    let answer = tokio::task::spawn_blocking(move || search.answer(&q, &address)).await;
    let answer = answer.map_err(|error| PageError::Internal(error.to_string()))?;
    answer.map_err(|error| PageError::Internal(error.to_string()))
}
