//! `/status`: how the registry stands, asked when the page is asked for.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use client::Client;
use client::types::{DetailedHealth, HealthStatus};
use http::{Method, StatusCode};
use jiff::Timestamp;
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::edge::answer::answer;
use crate::edge::compress::Effort;
use crate::edge::finished::Finished;
use crate::edge::policy::CachePolicy;
use crate::error::PageError;
use crate::onboarding::{Onboarding, Sender};
use crate::view;

/// How long an answer is told again: however many ask, the registry is asked once in that time.
const FRESH: Duration = Duration::from_secs(5);

/// The last answer of the registry about itself.
#[derive(Clone, Debug, Default)]
pub struct LastHealth(Arc<Mutex<Option<(Instant, Checked)>>>);

/// What the registry said of itself, and when.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What it said; nothing where it did not answer.
    pub health: Option<DetailedHealth>,
    /// When it was asked.
    pub at: Timestamp,
}

impl Checked {
    /// Whether the registry says that mails do not leave.
    pub fn is_mail_late(&self) -> bool {
        let parts = self.health.iter().flat_map(|health| &health.dependencies);
        parts.into_iter().any(|part| part.name == "mail" && part.status != HealthStatus::Healthy)
    }
}

impl LastHealth {
    /// As it was told just now, or is told now.
    pub async fn now(&self, api: &Client) -> Checked {
        let mut last = self.0.lock().await;
        if let Some((_, checked)) = last.as_ref().filter(|(asked, _)| asked.elapsed() < FRESH) {
            return checked.clone();
        }
        let at = Timestamp::now();
        let health = api.health().detailed().await;
        if let Err(error) = &health {
            tracing::warn!(%error, "the health check of the registry failed");
        }
        let checked = Checked { health: health.ok(), at };
        *last = Some((Instant::now(), checked.clone()));
        checked
    }
}

/// The page. That the registry can't be reached is what it says then, not that it fails.
pub async fn show(State(desk): State<Onboarding>, sender: Sender) -> Result<Response, PageError> {
    let checked = desk.health.now(&desk.api).await;
    desk.page(view::health(&desk.generation(), &checked), StatusCode::OK, &sender, None).await
}

/// The same as Markdown, whatever is accepted.
pub async fn markdown(State(desk): State<Onboarding>, sender: Sender) -> Result<Response, PageError> {
    let checked = desk.health.now(&desk.api).await;
    let generation = desk.generation();
    let mut draft = crate::routes::markdown::draft(&view::health(&generation, &checked));
    draft.policy = CachePolicy::NoStore;
    let finished = Finished::new(draft, Effort::Quick, generation.config.is_https());
    Ok(answer(&finished, &Method::GET, &sender.headers).map(Body::new))
}
