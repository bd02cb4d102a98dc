//! `/sitemap-agents.xml`: the index of the sitemaps of published agents, and each of them at
//! `/sitemap-agents/{number}.xml` (sitemaps.org, version 0.9).

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderValue, StatusCode};

use super::unavailable;
use crate::edge::compress::Effort;
use crate::edge::finished::{Draft, Finished};
use crate::edge::policy::CachePolicy;
use crate::edge::security::Sandbox;
use crate::error::PageError;
use crate::generation::Generation;
use crate::live::Live;
use crate::marketplace::{Form, Subject};
use crate::routes::page::respond;
use crate::routes::sitemap::write_entries;
use crate::site_paths::{MARKETPLACE, SITEMAP_AGENTS};
use crate::view::marketplace::href;

/// The index. As long as not all agents are known, there is none (503).
pub async fn index(State(live): State<Arc<Live>>, request: Request) -> Result<Response, PageError> {
    let generation = live.current();
    let Some(count) = live.shelf().directory.sitemaps() else { return Ok(unavailable()) };
    let folder = generation.site.href(SITEMAP_AGENTS.trim_end_matches(".xml"));
    let addresses = (1..=count).map(|number| (generation.config.absolute(&format!("{folder}/{number}.xml")), None));
    answer(&generation, &request, "sitemapindex", "sitemap", addresses)
}

/// One of them.
pub async fn part(
    State(live): State<Arc<Live>>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let generation = live.current();
    let number = name.strip_suffix(".xml").and_then(|number| number.parse().ok()).ok_or(PageError::NotFound)?;
    let agents = live.shelf().directory.sitemap(number).ok_or(PageError::NotFound)?;
    let absolute = |path: &str| generation.config.absolute(path);
    // The list itself stands where its agents do: without a marketplace, there is neither.
    let list = (number == 1).then(|| (absolute(&generation.site.href(MARKETPLACE)), None));
    let addresses = agents.into_iter().map(|(id, at)| {
        let day = at.to_string().chars().take(10).collect::<String>();
        (absolute(&href(&generation, &Subject::Agent(id), Form::Html)), Some(day))
    });
    let addresses = list.into_iter().chain(addresses);
    answer(&generation, &request, "urlset", "url", addresses)
}

fn answer(
    generation: &Arc<Generation>,
    request: &Request,
    root: &str,
    entry: &str,
    addresses: impl Iterator<Item = (String, Option<String>)>,
) -> Result<Response, PageError> {
    let body =
        write_entries(root, entry, addresses).map_err(|error| PageError::Internal(format!("sitemap: {error}")))?;
    let draft = Draft {
        status: StatusCode::OK,
        content_type: HeaderValue::from_static("application/xml; charset=utf-8"),
        body: Bytes::from(body),
        policy: CachePolicy::Agents,
        sandbox: Sandbox::File,
        varies_by_accept: false,
        extra: Vec::new(),
    };
    Ok(respond(&Finished::new(draft, Effort::Fast, generation.config.is_https()), request))
}
