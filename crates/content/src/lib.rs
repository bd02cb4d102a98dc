//! Content pipeline: from Markdown files to pages.
//!
//! Stages: **load** (files of the content folder) → **front matter** → **parse** (CommonMark and GFM events, processed
//! once by `render`) → [`Document`] (markup with placeholders for URLs, headings, references, problems) → **site** (all
//! pages, their URLs, navigation, media, redirects) → [`Site::body`] (markup with resolved URLs). **check** reports
//! problems with file and line.
//!
//! This crate has no web framework, so that the checker, the fuzz targets and the benchmarks can use it as a library.
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
mod prose;
mod redirects;
mod render;
mod search_settings;
mod security_txt;
mod similar_pages;
mod site;
mod site_loader;
mod site_markup;
mod toml_file;
mod vocabulary;

pub use addresses::record as record_addresses;
pub use document::{Document, Heading, Reference, ReferenceKind};
pub use fingerprint::fingerprint;
pub use front_matter::FrontMatter;
pub use highlight::release_definitions;
pub use load::{MAX_MEDIA_BYTES, MAX_PAGE_BYTES};
pub use media::Media;
pub use navigation::NavEntry;
pub use page::{Page, Section};
pub use passage::Passage;
pub use problem::{Problem, ProblemKind};
pub use prose::without_quotations;
pub use redirects::Redirect;
pub use search_settings::SearchSettings;
pub use site::{LoadError, Options, Site};
pub use vocabulary::{Occurrence, Vocabulary};
