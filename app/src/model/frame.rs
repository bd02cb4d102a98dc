//! What surrounds every page: addresses of assets, links of the header and footer, the document's head.

/// Header, footer and head of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The site's origin as readers see it (RFC 6454), without a slash at its end.
    pub origin: String,
    /// What the document's head says of the page.
    pub meta: Meta,
    /// Addresses of styles and scripts, with their content hashes.
    pub assets: Assets,
    /// Links of header and footer.
    pub links: SiteLinks,
    /// Which entry of the header is the current one.
    pub place: Option<Place>,
}

/// The head of a page, as data. `meta.rs` alone writes and escapes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The page's own title, without the site's name.
    pub title: String,
    /// One sentence, for search engines and link previews.
    pub description: String,
    /// The absolute address of the page (RFC 6596). None on pages that have none, such as a 404.
    pub canonical: Option<String>,
    /// Whether search engines are asked to leave the page out (drafts, errors).
    pub noindex: bool,
    /// The Atom feed that announces changes of this page's kind.
    pub feed: Option<Feed>,
    /// The address of the page's Markdown form. None on pages that have none.
    pub markdown: Option<String>,
    /// What search engines are told in their own terms.
    pub structured: Option<Structured>,
    /// A script of this kind of page alone.
    pub script: Option<String>,
}

/// A page in the terms of schema.org, written as JSON-LD: what it is about, and its `BreadcrumbList`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structured {
    /// What the page is, or is about.
    pub about: About,
    /// The day of the last change, `YYYY-MM-DD`.
    pub modified: Option<String>,
    /// The way to the page, itself included; absolute addresses.
    pub way: Vec<super::Link>,
}

/// What a page is, or is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum About {
    /// A `TechArticle`: the page itself.
    #[default]
    Article,
    /// A `CollectionPage`.
    List,
    /// A `SoftwareApplication`.
    Software(Box<Software>),
}

/// A `SoftwareApplication` in schema.org's terms, as the API says it as well. Times are RFC 3339.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Software {
    /// Its decentralized identifier.
    pub did: String,
    /// Its identifier in the registry.
    pub agent_id: String,
    /// Its name.
    pub name: String,
    /// What its publisher says of it.
    pub description: String,
    /// Its version.
    pub version: String,
    /// Its type.
    pub agent_type: String,
    /// Tags and capabilities.
    pub keywords: Vec<String>,
    /// When it was registered.
    pub created: String,
    /// When it was published.
    pub published: String,
    /// When it was last changed.
    pub modified: String,
    /// What its publisher is called.
    pub publisher: String,
    /// Its publisher's name in addresses.
    pub publisher_slug: String,
    /// Who answers for it.
    pub owner: String,
}

/// A feed that readers can subscribe to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
}

/// Addresses of what a page loads. All are content-hashed and may be kept for a year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// The one stylesheet.
    pub style: String,
    /// The small blocking script: theme and remembered tabs, before the first paint.
    pub early_script: String,
    /// The deferred script: copy buttons, theme switch, remembered tabs.
    pub site_script: String,
    /// The script of the search dialog; loaded when it is first opened.
    pub search_script: String,
    /// The script of the marketplace's list: changes it in place.
    pub market_script: String,
    /// The script that repeats a check.
    pub check_script: String,
    /// The script that waits for the first call.
    pub started_script: String,
    /// The variable font of the text, loaded early.
    pub text_font: String,
    /// The script that brings islands to life; loaded only where there is one.
    pub islands_script: String,
    /// The WASM module's JavaScript half.
    pub module: String,
    /// The WASM module.
    pub wasm: String,
    /// The icon.
    pub icon: String,
    /// The icon of a phone's home screen.
    pub touch_icon: String,
}

/// Links that stand on every page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteLinks {
    /// The home page.
    pub home: String,
    /// The documentation's first page.
    pub docs: String,
    /// The list of quickstarts.
    pub quickstarts: String,
    /// The changelog.
    pub changelog: String,
    /// The changelog's Atom feed.
    pub feed: String,
    /// The marketplace.
    pub marketplace: String,
    /// The did:web tool.
    pub did_web: String,
    /// Where an agent is made.
    pub get_started: String,
    /// What a reader's organization has.
    pub account: String,
    /// How the registry stands.
    pub status: String,
    /// The search.
    pub search: String,
    /// The search's answers as JSON, for the dialog.
    pub search_json: String,
    /// The list of all pages in Markdown, for agents.
    pub llms: String,
    /// Pages that the footer names, where they exist.
    pub about: Vec<super::Link>,
}

/// The entries of the header.
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
