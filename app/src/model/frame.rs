//! Page frame: asset URLs, links of the header and footer, metadata of the document's head.

/// Header, footer and head of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Public origin of the site (RFC 6454), without a trailing slash.
    pub origin: String,
    /// Metadata for the document's head.
    pub meta: Meta,
    /// URLs of styles and scripts, with content hashes.
    pub assets: Assets,
    /// Links of header and footer.
    pub links: SiteLinks,
    /// Current entry of the header.
    pub place: Option<Place>,
}

/// Metadata of a page. Only `meta.rs` writes and escapes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// Page title, without the site name.
    pub title: String,
    /// One sentence, for search engines and link previews.
    pub description: String,
    /// Canonical URL (RFC 6596). None for pages without one, such as a 404.
    pub canonical: Option<String>,
    /// True for pages that search engines should skip (drafts, errors).
    pub noindex: bool,
    /// Atom feed with changes of this kind of page.
    pub feed: Option<Feed>,
    /// URL of the page's Markdown form, if any.
    pub markdown: Option<String>,
    /// Structured data for search engines.
    pub structured: Option<Structured>,
    /// Script for this kind of page only.
    pub script: Option<String>,
}

/// Structured data (schema.org), written as JSON-LD: subject of the page and its `BreadcrumbList`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structured {
    /// Subject of the page.
    pub about: About,
    /// Date of the last update, `YYYY-MM-DD`.
    pub modified: Option<String>,
    /// Breadcrumbs including the page; absolute URLs.
    pub breadcrumbs: Vec<super::Link>,
}

/// Subject of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum About {
    /// `TechArticle`: the page itself.
    #[default]
    Article,
    /// `CollectionPage`.
    List,
    /// `SoftwareApplication`.
    Software(Box<Software>),
}

/// schema.org `SoftwareApplication`; the API returns the same data. Times are RFC 3339.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Software {
    /// Decentralized identifier.
    pub did: String,
    /// Agent ID.
    pub agent_id: String,
    /// Agent name.
    pub name: String,
    /// Publisher's description.
    pub description: String,
    /// Version (semver).
    pub version: String,
    /// Agent type.
    pub agent_type: String,
    /// Tags and capabilities.
    pub keywords: Vec<String>,
    /// Time of registration.
    pub created: String,
    /// Time of publication.
    pub published: String,
    /// Time of the last update.
    pub modified: String,
    /// Publisher's display name.
    pub publisher: String,
    /// Publisher's URL slug.
    pub publisher_slug: String,
    /// Owner.
    pub owner: String,
}

/// Atom feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Feed title.
    pub title: String,
    /// Feed URL.
    pub href: String,
}

/// URLs of a page's assets. All contain a content hash and may be cached for a year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// Stylesheet.
    pub style: String,
    /// Small blocking script: applies theme and selected tabs before the first paint.
    pub early_script: String,
    /// Deferred script: copy buttons, theme switch, selected tabs.
    pub site_script: String,
    /// Script of the search dialog; loaded when the dialog is first opened.
    pub search_script: String,
    /// Script of the marketplace list: updates it in place.
    pub market_script: String,
    /// Script that verifies documents.
    pub check_script: String,
    /// Script that polls for the first call.
    pub started_script: String,
    /// Variable text font, preloaded.
    pub text_font: String,
    /// Script that hydrates islands; loaded only on pages with an island.
    pub islands_script: String,
    /// JavaScript bindings of the WASM module.
    pub module: String,
    /// WASM module.
    pub wasm: String,
    /// Favicon.
    pub icon: String,
    /// Icon for a phone's home screen.
    pub touch_icon: String,
}

/// Links of the header and footer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteLinks {
    /// Home page.
    pub home: String,
    /// First page of the documentation.
    pub docs: String,
    /// List of quickstarts.
    pub quickstarts: String,
    /// Changelog.
    pub changelog: String,
    /// Atom feed of the changelog.
    pub feed: String,
    /// Marketplace.
    pub marketplace: String,
    /// did:web tool.
    pub did_web: String,
    /// Sign-up page.
    pub get_started: String,
    /// Organization page.
    pub account: String,
    /// Status page.
    pub status: String,
    /// Search page.
    pub search: String,
    /// Search results as JSON, for the dialog.
    pub search_json: String,
    /// List of all pages as Markdown, for agents.
    pub llms: String,
    /// Pages in the footer's "About" column, where they exist.
    pub about: Vec<super::Link>,
}

/// Entries of the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `/docs` and below.
    Docs,
    /// `/quickstarts` and below.
    Quickstarts,
    /// `/marketplace` and below.
    Marketplace,
    /// `/changelog` and below.
    Changelog,
    /// `/tools` and below.
    Tools,
    /// `/search`
    Search,
    /// `/get-started`
    GetStarted,
}
