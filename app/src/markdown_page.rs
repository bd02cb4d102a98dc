//! Whole pages as Markdown (RFC 7763): the same view as the HTML, for readers of plain text.
//!
//! Each page's file in `pages` has a function `markdown` beside its component, so that both are changed together. A
//! test compares their output.

use std::fmt::Write as _;

use crate::markdown::absolute;
use crate::model::{Page, View};
use crate::pages::marketplace::{agent, check, gone, list, off, publisher, report};
use crate::pages::onboarding::{form, get_started};
use crate::pages::{account, article, changelog, did_web, error, home, not_found, release, search, status, thanks};

/// Formats a page: front matter (title, canonical URL, date of the last update), a link to the list of all pages, and
/// the text.
pub fn document(view: &View) -> String {
    let View { frame, page } = view;
    let mut out = String::from("---\n");
    field(&mut out, "title", &frame.meta.title);
    if let Some(address) = &frame.meta.canonical {
        field(&mut out, "canonical", address);
    }
    if let Some(day) = frame.meta.structured.as_ref().and_then(|structured| structured.modified.as_ref()) {
        field(&mut out, "updated", day);
    }
    out.push_str("---\n\n");
    let _ = write!(out, "> All pages as Markdown: {}\n\n", absolute(frame, &frame.links.llms));
    let text = match page {
        Page::Home(home) => home::markdown(home, frame),
        Page::Article(article) => article::markdown(article, frame),
        Page::Changelog(changelog) => changelog::markdown(changelog, frame),
        Page::Release(release) => release::markdown(release),
        Page::DidWeb(tool) => did_web::markdown(tool, frame),
        Page::AgentList(list) => list::markdown(list, frame),
        Page::Agent(agent) => agent::markdown(agent, frame),
        Page::Check(check) => check::markdown(check, frame),
        Page::Report(report) => report::markdown(report, frame),
        Page::Publisher(publisher) => publisher::markdown(publisher, frame),
        Page::Gone(gone) => gone::markdown(gone, frame),
        Page::Off(off) => off::markdown(off, frame),
        Page::Search(search) => search::markdown(search, frame),
        Page::GetStarted(page) => get_started::markdown(page, frame),
        Page::Form(form) => form::markdown(form, frame),
        Page::Account(page) => account::markdown(page, frame),
        Page::Status(page) => status::markdown(page),
        Page::Thanks(thanks) => thanks::markdown(thanks, frame),
        Page::NotFound(not_found) => not_found::markdown(not_found, frame),
        Page::Error(error) => error::markdown(error),
    };
    out.push_str(text.trim_end());
    out.push('\n');
    // The document is cached with its capacity.
    out.shrink_to_fit();
    out
}

/// Writes a line of the front matter. JSON strings are valid YAML strings (YAML 1.2, section 1.2).
fn field(out: &mut String, name: &str, value: &str) {
    let value = serde_json::Value::from(value);
    let _ = writeln!(out, "{name}: {value}");
}
