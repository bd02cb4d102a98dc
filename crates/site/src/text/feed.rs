//! `/changelog/feed.xml`: the changelog as an Atom feed (RFC 4287).

use std::str::FromStr as _;

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Link, Person};
use bytes::Bytes;
use http::{HeaderValue, StatusCode};

use crate::context::SiteContext;
use crate::error::SiteError;
use crate::paths;
use crate::response::{CachePolicy, ResponseParts, Sandbox};
use crate::view;

/// Maximum entries of the feed.
const MAX_ENTRIES: usize = 50;

/// Builds the feed. Times are those of the entries, so that equal content gives equal bytes.
pub fn feed_parts(context: &SiteContext) -> Result<ResponseParts, SiteError> {
    let site = &context.site;
    let absolute = |path: &str| context.settings.absolute_url(&site.href(path));
    let link = |href: String, rel: &str| Link { href, rel: rel.to_owned(), ..Link::default() };
    let entry = |index: usize| {
        let page = &site.pages()[index];
        let front = &page.document().front;
        let address = absolute(page.address());
        Entry {
            title: page.title().into(),
            id: address.clone(),
            updated: day(front.updated.or(front.date)),
            published: front.date.map(|date| day(Some(date))),
            links: vec![link(address, "alternate")],
            summary: front.description.clone().map(Into::into),
            content: Some(Content {
                value: Some(site.body(page)),
                content_type: Some("html".to_owned()),
                base: Some(absolute(page.address())),
                ..Content::default()
            }),
            ..Entry::default()
        }
    };
    let entries: Vec<Entry> = view::sorted_releases(context).into_iter().take(MAX_ENTRIES).map(entry).collect();
    let feed = Feed {
        title: "SentryAgent changelog".into(),
        id: absolute(paths::CHANGELOG),
        updated: entries.iter().map(|entry| entry.updated).max().unwrap_or_default(),
        authors: vec![Person { name: "SentryAgent.ai".to_owned(), ..Person::default() }],
        links: vec![link(absolute(paths::FEED), "self"), link(absolute(paths::CHANGELOG), "alternate")],
        entries,
        ..Feed::default()
    };
    Ok(ResponseParts {
        status: StatusCode::OK,
        content_type: HeaderValue::from_static("application/atom+xml; charset=utf-8"),
        body: Bytes::from(feed.to_string()),
        policy: CachePolicy::Feed,
        sandbox: Sandbox::File,
        varies_by_accept: false,
        extra: Vec::new(),
    })
}

/// Midnight of a day, in UTC.
fn day(date: Option<jiff::civil::Date>) -> FixedDateTime {
    date.and_then(|date| FixedDateTime::from_str(&format!("{date}T00:00:00Z")).ok()).unwrap_or_default()
}
