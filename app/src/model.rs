//! View models: plain values from which pages are rendered.
//!
//! No I/O, no environment, no framework. `server` builds them, `pages` and `islands` render them. Every URL in them is
//! final: base path included, ready for an `href`.

pub mod account;
pub mod did_web;
pub mod frame;
pub mod html;
pub mod link;
pub mod marketplace;
pub mod onboarding;
pub mod page;
#[cfg(feature = "ssr")]
pub mod rosette;
pub mod search;
pub mod status;

pub use frame::{About, Assets, Feed, Frame, Meta, Place, SiteLinks, Software, Structured};
pub use html::Html;
pub use link::{Crumb, Link, Listing};
pub use page::{
    Article, Changelog, DidWebTool, ErrorPage, Feedback, Home, NavNode, NotFound, PARTS, Page, Release, Thanks,
    TocEntry, View,
};
#[cfg(feature = "ssr")]
pub use rosette::Rosette;
pub use search::{Marked, Run, SearchGroup, SearchHit, SearchPage, SearchPassage, SearchResults};
