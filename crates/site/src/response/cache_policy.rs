//! Cache policies by name. A handler chooses one; nothing else writes `Cache-Control` (RFC 9111, RFC 5861).

use http::HeaderValue;

/// How long an answer may be kept, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// A page: browsers ask each time (and get 304), shared caches keep it a minute and bridge an outage of a day.
    Page,
    /// A page that shows agents: as above, but what is taken away has to be gone everywhere within the minute.
    Agents,
    /// A page that stands in for a newer one: some seconds in shared caches.
    Stale,
    /// A file whose address holds its hash: a year, never asked again.
    Immutable,
    /// Feeds and other files at fixed addresses: five minutes everywhere.
    Feed,
    /// Permanent redirects: an hour, so that a mistaken one can be undone.
    Redirect,
    /// Markdown at a page's own address: caches that key by address alone must never hold it.
    InPlace,
    /// Errors, health, and what depends on the request: never kept.
    NoStore,
}

impl CachePolicy {
    /// The header's value.
    pub fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Page => "public, max-age=0, s-maxage=60, stale-while-revalidate=300, stale-if-error=86400",
            Self::Agents => "public, max-age=0, s-maxage=60",
            Self::Stale => "public, max-age=0, s-maxage=10",
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Feed => "public, max-age=300",
            Self::Redirect => "public, max-age=3600",
            Self::InPlace => "private, no-store",
            Self::NoStore => "no-store",
        })
    }
}
