//! A page of each kind, as data.

use super::account::AccountPage;
use super::marketplace::{AgentList, AgentPage, CheckPage, GonePage, Newest, OffPage, PublisherPage, ReportPage};
use super::onboarding::{FormPage, GetStarted, Stage};
use super::status::StatusPage;
use super::{Crumb, Frame, Html, Link, Listing, SearchPage};

/// A whole page: what surrounds it, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Head, header and footer.
    pub frame: Frame,
    /// The page itself.
    pub page: Page,
}

/// Every kind of page there is. `routes.rs` draws each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// `/`
    Home(Home),
    /// A page written in Markdown: docs and quickstarts.
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
    /// An agent that an operator took away.
    Gone(GonePage),
    /// The marketplace, where it is switched off.
    Off(OffPage),
    /// `/get-started`
    GetStarted(GetStarted),
    /// A page with one form: the links of mails.
    Form(Box<FormPage>),
    /// `/account`
    Account(Box<AccountPage>),
    /// `/status`
    Status(StatusPage),
    /// Where a reader is led who said whether a page was useful.
    Thanks(Thanks),
    /// 404, with near pages.
    NotFound(NotFound),
    /// Any other error that a person may see.
    Error(ErrorPage),
}

impl Page {
    /// Whether something in it comes alive by WASM.
    pub fn has_island(&self) -> bool {
        match self {
            Self::DidWeb(_) => true,
            Self::GetStarted(page) => matches!(page.stage, Stage::Open(_)),
            _ => false,
        }
    }
}

/// Site paths of the pages that explain what an agent's identity is made of, in the home page's order.
pub const PARTS: [&str; 4] =
    ["/docs/concepts/dids", "/docs/concepts/tokens-and-scopes", "/docs/concepts/audit-trail", "/docs/concepts/claims"];

/// The home page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Home {
    /// The pages that explain [`PARTS`], where they exist.
    pub parts: [Option<String>; 4],
    /// The quickstart that registers an agent, as the page shows.
    pub first_agent: Option<String>,
    /// The page that explains the audit trail's chain, of which the page shows a piece.
    pub chain: Option<String>,
    /// The page that explains what an agent's identity is; without it, the docs' first page.
    pub identity: String,
    /// Where to begin: the quickstarts, in their order.
    pub quickstarts: Vec<Listing>,
    /// The sections of the docs.
    pub sections: Vec<Listing>,
    /// The newest agents of which something was checked.
    pub newest: Newest,
}

/// A page written in Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The heading of the page.
    pub title: String,
    /// One sentence below it.
    pub description: String,
    /// The way here.
    pub crumbs: Vec<Crumb>,
    /// The sidebar.
    pub nav: Vec<NavNode>,
    /// The headings of the page.
    pub toc: Vec<TocEntry>,
    /// The text.
    pub body: Html,
    /// The same as plain Markdown.
    pub markdown: String,
    /// Whether readers are asked if the page was useful, and where they say so.
    pub feedback: Option<Feedback>,
    /// Pages below this one, where the page is a folder's.
    pub children: Vec<Listing>,
    /// The day of the last change, `YYYY-MM-DD`.
    pub updated: Option<String>,
    /// Minutes to read, at 220 words a minute, at least 1.
    pub minutes: usize,
    /// The version that brought what the page describes.
    pub since: Option<String>,
    /// Whether it is a draft, seen in development only.
    pub draft: bool,
    /// Where the source can be edited.
    pub edit: Option<String>,
    /// The page before, in the sidebar's order.
    pub previous: Option<Link>,
    /// The page after.
    pub next: Option<Link>,
    /// Why the file could not be shown, a line each; then `body` is empty.
    pub problems: Vec<String>,
}

/// An entry of the sidebar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NavNode {
    /// What it says.
    pub title: String,
    /// Where it leads; a section without a page of its own leads nowhere.
    pub href: Option<String>,
    /// Whether it is the page itself.
    pub current: bool,
    /// Whether the page is at or below it: an open branch.
    pub open: bool,
    /// Entries below it.
    pub children: Vec<NavNode>,
}

/// A heading of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TocEntry {
    /// 2 to 6.
    pub level: u8,
    /// Its id, without `#`.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// The changelog: all releases, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changelog {
    /// The heading of the page.
    pub title: String,
    /// One sentence below it.
    pub description: String,
    /// The address of its Atom feed.
    pub feed: String,
    /// The releases.
    pub releases: Vec<Release>,
}

/// An entry of the changelog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Release {
    /// Its title and address.
    pub link: Link,
    /// One sentence.
    pub description: String,
    /// Its day, `YYYY-MM-DD`.
    pub date: String,
    /// The text.
    pub body: Html,
    /// The same as plain Markdown.
    pub markdown: String,
    /// The way here, on the entry's own page.
    pub crumbs: Vec<Crumb>,
    /// Where the source can be edited.
    pub edit: Option<String>,
    /// The release before it, in time.
    pub older: Option<Link>,
    /// The release after it.
    pub newer: Option<Link>,
    /// Whether it is a draft.
    pub draft: bool,
    /// Why the file could not be shown, a line each; then `body` is empty.
    pub problems: Vec<String>,
}

/// The did:web tool: which address a DID's document lives at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DidWebTool {
    /// What the reader gave, if anything.
    pub input: Option<String>,
    /// The address of the tool itself, for its form.
    pub action: String,
}

/// Where readers say whether a page was useful.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feedback {
    /// The address of the form's handler.
    pub action: String,
    /// The site path of the page that is meant.
    pub page: String,
}

/// A word of thanks, and the way back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thanks {
    /// The page that was meant, where it is known.
    pub back: Option<Link>,
}

/// A 404.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotFound {
    /// The path that was asked for, decoded, at most 200 characters.
    pub path: String,
    /// Pages whose address or title is near, nearest first.
    pub near: Vec<Listing>,
}

/// An error that a person may see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorPage {
    /// The HTTP status.
    pub status: u16,
    /// What happened.
    pub title: String,
    /// What can be done.
    pub advice: String,
    /// The request's id, to name when asking for help.
    pub request_id: String,
}
