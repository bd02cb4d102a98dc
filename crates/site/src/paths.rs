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
/// The marketplace.
pub const MARKETPLACE: &str = "/marketplace";
/// Addresses of its agents, for search engines: an index of sitemaps, of which each stands below.
pub const SITEMAP_AGENTS: &str = "/sitemap-agents.xml";

/// Where an agent is made, and how far its maker has come.
pub const GET_STARTED: &str = "/get-started";
/// Links of mails that confirm an address: a code stands below.
pub const VERIFY: &str = "/verify";
/// Where a lost secret is replaced; the codes of mails stand below.
pub const RECOVER: &str = "/recover";
/// Where a program sends its person: a code stands below.
pub const CLAIM: &str = "/claim";
/// What a reader's organization has; its agents stand below.
pub const ACCOUNT: &str = "/account";
/// How the registry stands.
pub const STATUS: &str = "/status";
/// The search.
pub const SEARCH: &str = "/search";
/// Its answers as JSON, for the dialog.
pub const SEARCH_JSON: &str = "/search.json";
/// Where "was this page useful?" is sent, and where its sender is led.
pub const FEEDBACK: &str = "/feedback";
/// The list of all pages for agents (llms.txt, version 2).
pub const LLMS: &str = "/llms.txt";
/// All pages in one.
pub const LLMS_FULL: &str = "/llms-full.txt";
/// Addresses and days of change, for search engines (sitemaps.org).
pub const SITEMAP: &str = "/sitemap.xml";
/// What crawlers may read (RFC 9309).
pub const ROBOTS: &str = "/robots.txt";
/// Whom to tell of a vulnerability (RFC 9116).
pub const SECURITY_TXT: &str = "/.well-known/security.txt";

/// All that readers may keep.
pub fn all() -> Vec<String> {
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

/// The address of a page's Markdown form.
pub fn markdown(page: &str) -> String {
    if page == HOME { "/index.md".to_owned() } else { format!("{page}.md") }
}
