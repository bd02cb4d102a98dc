//! Markdown in, pages out.
//!
//! A page travels: **load** (files of the content folder) → **front matter** → **parse** (CommonMark and GFM
//! events, walked once by `render`) → [`Document`] (markup with holes where addresses go, headings,
//! references, problems) → **site** (all pages, their addresses, navigation, media, redirects) → [`Site::body`]
//! (markup whose holes are filled). **check** reports what is wrong, with file and line.
//!
//! There is no web framework in this crate, so that the checker, the fuzz targets and the benchmarks can use
//! it as a library.
#![forbid(unsafe_code)]

mod addresses;
mod check;
pub mod code;
mod date;
mod directive;
mod document;
mod escape;
mod fence;
mod fingerprint;
mod front_matter;
mod heading;
mod highlight;
mod history;
mod language;
mod link;
mod load;
mod markdown_export;
mod markup;
mod media;
mod navigation;
mod page;
mod passage;
mod problem;
mod redirects;
mod render;
mod search_settings;
mod security_txt;
mod similar_pages;
mod site;
mod site_loader;
mod site_markup;

pub use addresses::record as record_addresses;
pub use document::{Document, Heading, Reference, ReferenceKind};
pub use fingerprint::fingerprint;
pub use front_matter::FrontMatter;
pub use load::{MAX_MEDIA_BYTES, MAX_PAGE_BYTES};
pub use media::Media;
pub use navigation::NavEntry;
pub use page::{Page, Section};
pub use passage::Passage;
pub use problem::{Problem, ProblemKind};
pub use redirects::Redirect;
pub use search_settings::SearchSettings;
pub use site::{LoadError, Options, Site};
