//! `Link` header with the first, previous and next page (RFC 8288), as relative URLs.

use http::Uri;
use url::form_urlencoded;

use super::PageView;
use super::parse::MAX_DEPTH;

/// Maximum length of the header, in bytes. Proxies refuse long headers: nginx from 4 KB for all headers on.
const MAX_BYTES: usize = 2048;

/// Builds the header value. `None` if it is too long: the body has the place of the next page as well.
pub(super) fn build(uri: &Uri, page: &PageView, by_cursor: bool, is_shortened: bool) -> Option<String> {
    let mut links = vec![link(uri, None, "first")];
    if !by_cursor && page.page > 1 {
        // Beyond the end, the previous page is the last one.
        let before = (page.page - 1).min(page.total_pages.max(1));
        links.push(link(uri, Some(("page", &before.to_string())), "prev"));
    }
    if let Some(cursor) = &page.next_cursor {
        let is_deep = (page.page + 1) * page.limit > MAX_DEPTH;
        let next = (page.page + 1).to_string();
        // The next page by number would skip the agents for which this page had no room.
        let place =
            if by_cursor || is_deep || is_shortened { ("cursor", cursor.as_str()) } else { ("page", next.as_str()) };
        links.push(link(uri, Some(place), "next"));
    }
    let links = links.join(", ");
    (links.len() <= MAX_BYTES).then_some(links)
}

fn link(uri: &Uri, place: Option<(&str, &str)>, relation: &str) -> String {
    let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs.filter(|(name, _)| name != "page" && name != "cursor"));
    query.extend_pairs(place);
    let query = query.finish();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("<{}{mark}{query}>; rel=\"{relation}\"", uri.path())
}
