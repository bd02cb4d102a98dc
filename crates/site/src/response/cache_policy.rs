//! Cache policies by name. Handlers choose one; no other code writes `Cache-Control` (RFC 9111, RFC 5861).

use http::HeaderValue;

/// Cache policy: the caches that may store a response, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// Pages: browsers revalidate each time (304), shared caches store them for a minute and serve them stale for a day
    /// while the origin is down.
    Page,
    /// Pages with agents: as `Page`, but a removed agent disappears from all caches within the minute.
    Agents,
    /// Stale pages: some seconds in shared caches.
    Stale,
    /// Files with a hash in their address: a year, without revalidation.
    Immutable,
    /// Feeds and other files at fixed addresses: five minutes.
    Feed,
    /// Permanent redirects: an hour, so that a wrong one can be corrected.
    Redirect,
    /// Markdown at a page's own address: never stored, since some caches ignore `Vary`.
    InPlace,
    /// Errors, health checks, and responses that depend on the request: never stored.
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
