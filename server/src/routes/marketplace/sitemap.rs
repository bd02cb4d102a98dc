//! `/sitemap-agents.xml`: the index of the sitemaps of published agents, and each of them at
//! `/sitemap-agents/{number}.xml` (sitemaps.org, version 0.9).

use std::io;
use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderValue, StatusCode};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

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
    let body = write(root, entry, addresses).map_err(|error| PageError::Internal(format!("sitemap: {error}")))?;
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

fn write(root: &str, entry: &str, addresses: impl Iterator<Item = (String, Option<String>)>) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer
        .create_element(root)
        .with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"))
        .write_inner_content(|writer| {
            for (address, day) in addresses {
                writer.create_element(entry).write_inner_content(|writer| {
                    writer.create_element("loc").write_text_content(BytesText::new(&address))?;
                    if let Some(day) = &day {
                        writer.create_element("lastmod").write_text_content(BytesText::new(day))?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })?;
    Ok(writer.into_inner())
}
