//! Responses built from the API's marketplace data.

use app::model::marketplace::DELETED_PUBLISHER;
use bytes::Bytes;
use client::Timestamp;
use http::header::LOCATION;
use http::{HeaderValue, StatusCode};
use serde_json::{Value, json};

use super::data::MarketplaceData;
use super::json::{agent_json, list_json, publisher_json};
use super::links::page_href;
use super::page_request::{Format, PageKey};
use super::query::QueryNote;
use crate::context::SiteContext;
use crate::error::SiteError;
use crate::page::{html_parts, markdown_parts};
use crate::response::{CachePolicy, ResponseParts, Sandbox};
use crate::view::marketplace::{DataPage, marketplace_page};

/// Marketplace data to show: its key, the time of its fetch, and its staleness.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The cache key.
    pub key: &'a PageKey,
    /// The data.
    pub data: &'a MarketplaceData,
    /// Time of the fetch.
    pub fetched_at: Timestamp,
    /// True for cached data that can't be refreshed; the page then contains a notice.
    pub is_stale: bool,
}

/// Builds the response for marketplace data in a format. `notes` name ignored parameters.
///
/// # Errors
///
/// [`SiteError::NotFound`] when there is no page at the URL; [`SiteError::Internal`] when rendering fails.
pub async fn response_parts(
    context: &SiteContext,
    shown: Shown<'_>,
    format: Format,
    notes: &[QueryNote],
) -> Result<ResponseParts, SiteError> {
    let mut parts = match (shown.data, format) {
        (MarketplaceData::Missing, _) => return Err(SiteError::NotFound),
        (MarketplaceData::Moved(slug), format) => {
            let PageKey::Publisher(_, skipped) = shown.key else { return Err(SiteError::NotFound) };
            return moved_parts(&page_href(context, &PageKey::Publisher(slug.clone(), *skipped), format));
        }
        (_, Format::Json) => json_parts(context, &shown)?,
        (data, format) => {
            let Shown { key, fetched_at, is_stale, .. } = shown;
            let view = marketplace_page(DataPage { context, key, fetched_at, is_stale }, data, notes)?;
            match format {
                Format::Markdown => markdown_parts(&view),
                _ => html_parts(&context.settings, view).await?,
            }
        }
    };
    if !notes.is_empty() {
        parts.policy = CachePolicy::NoStore;
    } else if parts.policy == CachePolicy::Page {
        parts.policy = if shown.is_stale { CachePolicy::Stale } else { CachePolicy::Agents };
    }
    Ok(parts)
}

fn json_parts(context: &SiteContext, shown: &Shown<'_>) -> Result<ResponseParts, SiteError> {
    let absolute = |key: &PageKey| context.settings.absolute_url(&page_href(context, key, Format::Html));
    let (status, mut value) = match (shown.data, shown.key) {
        (MarketplaceData::List(list), PageKey::List(query)) => (StatusCode::OK, list_json(list, query, &absolute)),
        (MarketplaceData::Agent(agent), _) => (StatusCode::OK, agent_json(agent, &absolute)),
        (MarketplaceData::Publisher(publisher), PageKey::Publisher(_, skipped)) => {
            (StatusCode::OK, publisher_json(publisher, *skipped, &absolute))
        }
        (MarketplaceData::Gone(reason), _) if reason == DELETED_PUBLISHER => {
            (StatusCode::GONE, json!({ "error": "PUBLISHER_REMOVED", "reason": "deleted" }))
        }
        (MarketplaceData::Gone(reason), _) => (StatusCode::GONE, json!({ "error": "AGENT_REMOVED", "reason": reason })),
        (MarketplaceData::Off, _) => {
            (StatusCode::NOT_FOUND, json!({ "error": "NOT_FOUND", "reason": "the marketplace is disabled" }))
        }
        _ => return Err(SiteError::NotFound),
    };
    if let (true, Value::Object(object)) = (shown.is_stale, &mut value) {
        object.insert("staleSince".to_owned(), shown.fetched_at.to_string().into());
    }
    let body = serde_json::to_vec(&value).map_err(|error| SiteError::Internal(error.to_string()))?;
    Ok(ResponseParts {
        status,
        content_type: HeaderValue::from_static("application/json"),
        body: Bytes::from(body),
        policy: if status == StatusCode::OK { CachePolicy::Page } else { CachePolicy::NoStore },
        sandbox: Sandbox::File,
        varies_by_accept: false,
        extra: Vec::new(),
    })
}

/// Builds a permanent redirect: the API never assigns a publisher's slug to another publisher.
fn moved_parts(to: &str) -> Result<ResponseParts, SiteError> {
    let location = HeaderValue::try_from(to).map_err(|error| SiteError::Internal(error.to_string()))?;
    Ok(ResponseParts {
        status: StatusCode::MOVED_PERMANENTLY,
        content_type: HeaderValue::from_static("text/plain; charset=utf-8"),
        body: Bytes::from(format!("Moved to {to}\n")),
        policy: CachePolicy::Redirect,
        sandbox: Sandbox::File,
        varies_by_accept: false,
        extra: vec![(LOCATION, location)],
    })
}
