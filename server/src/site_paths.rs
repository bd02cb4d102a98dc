//! Addresses that are not written in Markdown: one list for the router, the checker and the list of published
//! addresses. Site paths, without base path.

/// The home page.
pub const HOME: &str = "/";
/// The documentation.
pub const DOCS: &str = "/docs";
/// The quickstarts.
pub const QUICKSTARTS: &str = "/quickstarts";
/// All releases.
pub const CHANGELOG: &str = "/changelog";
/// Their Atom feed (RFC 4287).
pub const FEED: &str = "/changelog/feed.xml";
/// The did:web tool.
pub const DID_WEB: &str = "/tools/did-web";

/// All of them.
pub fn all() -> Vec<String> {
    [HOME, DOCS, QUICKSTARTS, CHANGELOG, FEED, DID_WEB].map(str::to_owned).to_vec()
}
