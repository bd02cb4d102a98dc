//! Pages as data, one type for each kind.

use super::account::AccountPage;
use super::marketplace::{AgentList, AgentPage, CheckPage, GonePage, Newest, OffPage, PublisherPage, ReportPage};
use super::onboarding::{FormPage, GetStarted, Stage};
use super::status::StatusPage;
use super::{Crumb, Frame, Html, Link, Listing, SearchPage};

/// Page with its frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Head, header and footer.
    pub frame: Frame,
    /// Content.
    pub page: Page,
}

/// All kinds of pages. `routes.rs` maps each to its component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// `/`
    Home(Home),
    /// Docs or quickstarts page, written in Markdown.
    Article(Box<Article>),
    /// `/changelog`
    Changelog(Changelog),
    /// `/changelog/{release}`
    Release(Box<Release>),
    /// `/tools/did-web`
    DidWeb(DidWebTool),
    /// `/search`
    Search(SearchPage),
    /// `/marketplace`
    AgentList(Box<AgentList>),
    /// `/marketplace/{agentId}`
    Agent(Box<AgentPage>),
    /// `/marketplace/{agentId}/check`
    Check(Box<CheckPage>),
    /// `/marketplace/{agentId}/report`
    Report(Box<ReportPage>),
    /// `/marketplace/publishers/{slug}`
    Publisher(Box<PublisherPage>),
    /// Agent removed by an operator.
    Gone(GonePage),
    /// Disabled marketplace.
    Off(OffPage),
    /// `/get-started`
    GetStarted(GetStarted),
    /// Single-form page, such as the target of an email link.
    Form(Box<FormPage>),
    /// `/account`
    Account(Box<AccountPage>),
    /// `/status`
    Status(StatusPage),
    /// Confirmation page after feedback.
    Thanks(Thanks),
    /// 404, with similar pages.
    NotFound(NotFound),
    /// Any other error.
    Error(ErrorPage),
}

impl Page {
    /// True for pages with a WASM island.
    pub fn has_island(&self) -> bool {
        match self {
            Self::DidWeb(_) => true,
            Self::GetStarted(page) => matches!(page.stage, Stage::Open(_)),
            _ => false,
        }
    }
}

/// Site paths of the pages that explain the parts of an agent identity, in the home page's order.
pub const PARTS: [&str; 4] =
    ["/docs/concepts/dids", "/docs/concepts/tokens-and-scopes", "/docs/concepts/audit-trail", "/docs/concepts/claims"];

/// Home page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Home {
    /// URLs of [`PARTS`], where the pages exist.
    pub parts: [Option<String>; 4],
    /// URL of the quickstart that registers an agent.
    pub first_agent: Option<String>,
    /// URL of the section on verifying the audit trail.
    pub chain: Option<String>,
    /// URL of the introduction to agent identities, or of the docs' first page.
    pub identity: String,
    /// Quickstarts, in order.
    pub quickstarts: Vec<Listing>,
    /// Sections of the docs.
    pub sections: Vec<Listing>,
    /// Newest verified agents.
    pub newest: Newest,
}

/// Page written in Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Heading.
    pub title: String,
    /// Description.
    pub description: String,
    /// Breadcrumbs.
    pub crumbs: Vec<Crumb>,
    /// Sidebar.
    pub nav: Vec<NavNode>,
    /// Table of contents.
    pub toc: Vec<TocEntry>,
    /// Text as HTML.
    pub body: Html,
    /// Text as Markdown.
    pub markdown: String,
    /// Feedback form, if any.
    pub feedback: Option<Feedback>,
    /// Child pages of a folder's page.
    pub children: Vec<Listing>,
    /// Date of the last update, `YYYY-MM-DD`.
    pub updated: Option<String>,
    /// Reading time in minutes, at 220 words per minute, at least 1.
    pub minutes: usize,
    /// Version that introduced the described feature.
    pub since: Option<String>,
    /// True for a draft, shown in development only.
    pub draft: bool,
    /// URL of the source in the web editor.
    pub edit: Option<String>,
    /// Previous page in the sidebar's order.
    pub previous: Option<Link>,
    /// Next page in the sidebar's order.
    pub next: Option<Link>,
    /// Fatal problems of the file, one per line; `body` is empty if there are any.
    pub problems: Vec<String>,
}

/// Sidebar entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NavNode {
    /// Text.
    pub title: String,
    /// URL; none for a section without a page.
    pub href: Option<String>,
    /// True for the current page.
    pub current: bool,
    /// True if the current page is at or below the entry.
    pub open: bool,
    /// Child entries.
    pub children: Vec<NavNode>,
}

/// Heading in the table of contents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TocEntry {
    /// Level, 2 to 6.
    pub level: u8,
    /// ID, without `#`.
    pub id: String,
    /// Text.
    pub text: String,
}

/// Changelog: all releases, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changelog {
    /// Heading.
    pub title: String,
    /// Description.
    pub description: String,
    /// URL of the Atom feed.
    pub feed: String,
    /// Releases.
    pub releases: Vec<Release>,
}

/// Changelog entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Release {
    /// Title and URL.
    pub link: Link,
    /// Description.
    pub description: String,
    /// Release date, `YYYY-MM-DD`.
    pub date: String,
    /// Text as HTML.
    pub body: Html,
    /// Text as Markdown.
    pub markdown: String,
    /// Breadcrumbs, on the entry's own page.
    pub crumbs: Vec<Crumb>,
    /// URL of the source in the web editor.
    pub edit: Option<String>,
    /// Older release.
    pub older: Option<Link>,
    /// Newer release.
    pub newer: Option<Link>,
    /// True for a draft.
    pub draft: bool,
    /// Fatal problems of the file, one per line; `body` is empty if there are any.
    pub problems: Vec<String>,
}

/// did:web tool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DidWebTool {
    /// Submitted DID.
    pub input: Option<String>,
    /// Form action URL.
    pub action: String,
}

/// Feedback form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feedback {
    /// Form action URL.
    pub action: String,
    /// Site path of the rated page.
    pub page: String,
}

/// Confirmation page after feedback.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thanks {
    /// Rated page, if known.
    pub back: Option<Link>,
}

/// Not found page (404).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotFound {
    /// Requested path, decoded, at most 200 characters.
    pub path: String,
    /// Pages with a similar path or title, most similar first.
    pub near: Vec<Listing>,
}

/// Error page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorPage {
    /// HTTP status.
    pub status: u16,
    /// Error, as a sentence.
    pub title: String,
    /// Advice.
    pub advice: String,
    /// Request ID, for support.
    pub request_id: String,
}
