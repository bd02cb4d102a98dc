//! Requests for marketplace pages.

use client::AgentId;
use http::HeaderMap;

use super::query::{MarketplaceQuery, QueryNote, parse_slug};
use crate::paths::MARKETPLACE;
use crate::response::negotiate::{self, Encoding};

/// The cache key of a page: one key for all spellings of its address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PageKey {
    /// A page of agents.
    List(MarketplaceQuery),
    /// An agent.
    Agent(AgentId),
    /// The check of an agent's documents.
    Check(AgentId),
    /// A publisher by its slug, and the number of skipped pages of its agents.
    Publisher(String, u64),
}

impl PageKey {
    /// Returns true for a page that shows agents besides its own: any change of the marketplace may change it.
    pub fn shows_other_agents(&self) -> bool {
        !matches!(self, Self::Check(_))
    }

    /// The site path, without query and extension.
    pub fn path(&self) -> String {
        match self {
            Self::List(_) => MARKETPLACE.to_owned(),
            Self::Agent(id) => format!("{MARKETPLACE}/{id}"),
            Self::Check(id) => format!("{MARKETPLACE}/{id}/check"),
            Self::Publisher(slug, _) => format!("{MARKETPLACE}/publishers/{slug}"),
        }
    }

    /// The query of the address with its question mark, or an empty string.
    pub fn query(&self) -> String {
        match self {
            Self::List(query) => query.to_query_string(),
            Self::Publisher(_, skipped @ 1..) => format!("?page={}", skipped + 1),
            _ => String::new(),
        }
    }

    /// The site path in a format, with the query.
    pub fn address(&self, format: Format) -> String {
        format!("{}{}{}", self.path(), format.extension(), self.query())
    }
}

/// The format of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// HTML, for browsers.
    Html,
    /// Markdown, for language models.
    Markdown,
    /// JSON, for programs.
    Json,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Html, Self::Markdown, Self::Json];

    /// The extension of the address.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Html => "",
            Self::Markdown => ".md",
            Self::Json => ".json",
        }
    }
}

/// A request for a page, in one spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// The page.
    pub key: PageKey,
    /// The format.
    pub format: Format,
    /// The content encoding.
    pub encoding: Encoding,
    /// True for Markdown by `Accept`, at the page's own address.
    pub in_place: bool,
    /// Ignored parameters.
    pub notes: Vec<QueryNote>,
}

impl PageRequest {
    /// Parses a site path (without base path) in its canonical spelling, a query and the headers.
    pub fn parse(path: &str, query: Option<&str>, headers: &HeaderMap) -> Option<Self> {
        let rest = path.strip_prefix(MARKETPLACE)?;
        if !rest.is_empty() && !rest.starts_with(['/', '.']) {
            return None;
        }
        let (rest, format) = if let Some(rest) = rest.strip_suffix(".md") {
            (rest, Format::Markdown)
        } else if let Some(rest) = rest.strip_suffix(".json") {
            (rest, Format::Json)
        } else {
            (rest, Format::Html)
        };
        let in_place = format == Format::Html && negotiate::prefers_markdown(headers);
        let format = if in_place { Format::Markdown } else { format };
        let query = query.unwrap_or_default();
        let mut notes = Vec::new();
        let key = match rest.strip_prefix('/') {
            None if rest.is_empty() => {
                let (parsed, ignored) = MarketplaceQuery::parse(query);
                notes = ignored;
                PageKey::List(parsed)
            }
            None => return None,
            Some(rest) => match rest.strip_prefix("publishers/") {
                Some(slug) => {
                    let (parsed, ignored) = MarketplaceQuery::parse(query);
                    notes = ignored;
                    PageKey::Publisher(parse_slug(slug)?, parsed.skipped)
                }
                None => match rest.strip_suffix("/check") {
                    Some(id) if format != Format::Json => PageKey::Check(parse_agent_id(id)?),
                    Some(_) => return None,
                    None => PageKey::Agent(parse_agent_id(rest)?),
                },
            },
        };
        Some(Self { key, format, encoding: negotiate::select_encoding(headers), in_place, notes })
    }
}

/// Parses an agent ID in its canonical spelling.
fn parse_agent_id(text: &str) -> Option<AgentId> {
    let id: AgentId = text.parse().ok()?;
    (id.to_string() == text).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01993b6e-8123-7d11-8a2b-77c1d9a0be55";

    fn parse(path: &str, query: &str) -> Option<PageRequest> {
        PageRequest::parse(path, Some(query), &HeaderMap::new())
    }

    #[test]
    fn each_page_has_one_canonical_path() {
        for path in [
            "/marketplace".to_owned(),
            "/marketplace.md".to_owned(),
            "/marketplace.json".to_owned(),
            format!("/marketplace/{ID}"),
            format!("/marketplace/{ID}.json"),
            format!("/marketplace/{ID}/check.md"),
            "/marketplace/publishers/northquay-freight".to_owned(),
        ] {
            let request = parse(&path, "").expect("an address");
            assert_eq!(request.key.address(request.format), path);
        }
        for path in [
            format!("/marketplace/{}", ID.to_uppercase()),
            format!("/marketplace/{{{ID}}}"),
            format!("/marketplace/{ID}/check.json"),
            format!("/marketplace/{ID}/"),
            "/marketplaces".to_owned(),
            "/marketplace/".to_owned(),
            "/marketplace/publishers/A".to_owned(),
            "/docs".to_owned(),
        ] {
            assert_eq!(parse(&path, ""), None, "{path}");
        }
    }

    #[test]
    fn unknown_parameters_do_not_change_the_request() {
        let plain = parse(&format!("/marketplace/{ID}"), "").expect("an address");
        assert_eq!(parse(&format!("/marketplace/{ID}"), "utm_source=x&page=3"), Some(plain));
    }

    #[test]
    fn the_accept_header_selects_markdown_at_the_same_url() {
        let headers: HeaderMap =
            [(http::header::ACCEPT, http::HeaderValue::from_static("text/markdown"))].into_iter().collect();
        let request = PageRequest::parse("/marketplace", None, &headers).expect("an address");
        assert!(request.in_place && request.format == Format::Markdown);
    }
}
