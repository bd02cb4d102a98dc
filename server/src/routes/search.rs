//! `/search?q=`: the search without script, and `/search.json?q=`: its answers for the dialog.

use std::sync::Arc;
use std::time::Duration;

use app::model::{SearchGroup, SearchResults};
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use tokio::time::timeout;
use url::form_urlencoded;

use super::page;
use crate::edge::compress::Effort;
use crate::edge::finished::Finished;
use crate::edge::policy::CachePolicy;
use crate::error::PageError;
use crate::generation::Generation;
use crate::live::Live;
use crate::marketplace::{Question, Subject};
use crate::search::MAX_QUESTION;
use crate::site_paths;
use crate::view;

/// How long a search waits for agents.
const PATIENCE: Duration = Duration::from_millis(400);

/// What is asked.
#[derive(Debug, Deserialize)]
pub struct Asked {
    q: Option<String>,
}

/// Answers a question as a page, or as Markdown; without one, the finished page.
pub async fn search(
    State(live): State<Arc<Live>>,
    question: Result<Query<Asked>, QueryRejection>,
    request: Request,
) -> Result<Response, PageError> {
    let Some(q) = question.ok().and_then(|Query(asked)| asked.q) else {
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
    question: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, PageError> {
    let q = question.ok().and_then(|Query(asked)| asked.q).unwrap_or_default();
    let generation = live.current();
    Ok(Json(results(&generation, &q).await?).into_response())
}

async fn results(generation: &Arc<Generation>, q: &str) -> Result<SearchResults, PageError> {
    let search = generation.search().await;
    let (asked, q, address) = (q.to_owned(), q.to_owned(), generation.site.href(site_paths::SEARCH));
    let answer = tokio::task::spawn_blocking(move || search.answer(&q, &address)).await;
    let answer = answer.map_err(|error| PageError::Internal(error.to_string()))?;
    let mut results = answer.map_err(|error| PageError::Internal(error.to_string()))?;
    if let Some(agents) = agents(generation, &asked).await {
        // The last may be the way to all of them, which is no agent.
        results.count += agents.hits.iter().filter(|hit| !hit.trail.is_empty()).count();
        results.groups.push(agents);
    }
    Ok(results)
}

/// Published agents that the words find, behind the pages. A search does not wait long for the registry.
async fn agents(generation: &Arc<Generation>, q: &str) -> Option<SearchGroup> {
    let text = form_urlencoded::Serializer::new(String::new()).append_pair("q", q).finish();
    let (question, _) = Question::read(&text);
    if question.text.is_empty() {
        return None;
    }
    let subject = Subject::List(question);
    if generation.shelf().is_down() {
        return None;
    }
    let kept = timeout(PATIENCE, generation.shelf().kept(&subject)).await.ok()?.ok()?.0;
    view::marketplace::found(generation, &subject, &kept)
}
