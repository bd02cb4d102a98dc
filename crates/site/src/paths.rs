//! Site paths, without base path, of all pages and files that are not written in Markdown: one list for the router, the
//! content checker and the list of published URLs.

/// The home page.
pub const HOME: &str = "/";
/// The documentation.
pub const DOCS: &str = "/docs";
/// The quickstarts.
pub const QUICKSTARTS: &str = "/quickstarts";
/// All releases.
pub const CHANGELOG: &str = "/changelog";
/// The changelog's Atom feed (RFC 4287).
pub const FEED: &str = "/changelog/feed.xml";
/// The did:web tool.
pub const DID_WEB: &str = "/tools/did-web";
/// The marketplace.
pub const MARKETPLACE: &str = "/marketplace";
/// The index of the sitemaps of published agents.
pub const SITEMAP_AGENTS: &str = "/sitemap-agents.xml";

/// Sign-up: the first agent, and the progress of its owner.
pub const GET_STARTED: &str = "/get-started";
/// Email verification links; the code follows.
pub const VERIFY: &str = "/verify";
/// Recovery of a lost secret; the codes of emails follow.
pub const RECOVER: &str = "/recover";
/// Canceling the deletion of an organization; the codes of emails follow.
pub const RESTORE: &str = "/restore";
/// Claiming an organization that a program created; the code follows.
pub const CLAIM: &str = "/claim";
/// The reader's organization; its agents are below.
pub const ACCOUNT: &str = "/account";
/// The status of the registry.
pub const STATUS: &str = "/status";
/// The search.
pub const SEARCH: &str = "/search";
/// Search results as JSON, for the dialog.
pub const SEARCH_JSON: &str = "/search.json";
/// The form "Was this page useful?" and its confirmation.
pub const FEEDBACK: &str = "/feedback";
/// The list of all pages for agents (llms.txt, version 2).
pub const LLMS: &str = "/llms.txt";
/// All pages in one.
pub const LLMS_FULL: &str = "/llms-full.txt";
/// URLs and dates of the last update, for search engines (sitemaps.org).
pub const SITEMAP: &str = "/sitemap.xml";
/// Rules for crawlers (RFC 9309).
pub const ROBOTS: &str = "/robots.txt";
/// Contact for vulnerabilities (RFC 9116).
pub const SECURITY_TXT: &str = "/.well-known/security.txt";

/// Paths that readers may bookmark.
pub fn published() -> Vec<String> {
    [
        HOME,
        GET_STARTED,
        RECOVER,
        ACCOUNT,
        STATUS,
        DOCS,
        QUICKSTARTS,
        MARKETPLACE,
        CHANGELOG,
        FEED,
        DID_WEB,
        SEARCH,
        LLMS,
        LLMS_FULL,
        SITEMAP,
        ROBOTS,
    ]
    .map(str::to_owned)
    .to_vec()
}

/// The path of a page's Markdown.
pub fn markdown(page: &str) -> String {
    if page == HOME { "/index.md".to_owned() } else { format!("{page}.md") }
}
