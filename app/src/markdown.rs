//! Markdown form of every page (RFC 7763), rendered from the same view.
//!
//! Each file in `pages` has a function `markdown` beside its component, so that both change together. A test compares
//! their contents.

use std::fmt::Write as _;

use crate::model::{Frame, Listing, Page, View};
use crate::pages::marketplace::{agent, check, gone, list, off, publisher, report};
use crate::pages::onboarding::{form, get_started};
use crate::pages::{account, article, changelog, did_web, error, home, not_found, release, search, status, thanks};

/// Renders a page: front matter (title, canonical URL, last update), a link to the list of all pages, and the text.
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
    out
}

/// Writes a line of front matter. JSON strings are valid YAML (YAML 1.2, section 1.2).
fn field(out: &mut String, name: &str, value: &str) {
    let value = serde_json::Value::from(value);
    let _ = writeln!(out, "{name}: {value}");
}

/// Absolute URL of a link of this site.
pub(crate) fn absolute(frame: &Frame, href: &str) -> String {
    if href.starts_with('/') { format!("{}{href}", frame.origin) } else { href.to_owned() }
}

/// Title and lead.
pub(crate) fn head(title: &str, lead: &str) -> String {
    let mut out = format!("# {}\n\n", text(title));
    if !lead.is_empty() {
        out.push_str(&text(lead));
        out.push_str("\n\n");
    }
    out
}

/// Markdown link.
pub(crate) fn link(frame: &Frame, title: &str, href: &str) -> String {
    format!("[{}]({})", text(title), absolute(frame, href))
}

/// List of pages with descriptions.
pub(crate) fn listings(frame: &Frame, listings: &[Listing]) -> String {
    let mut out = String::new();
    for Listing { link: page, description } in listings {
        let _ = writeln!(out, "- {}\n  {}", link(frame, &page.title, &page.href), text(description));
    }
    out.push('\n');
    out
}

/// Problems of a page whose source file has fatal problems.
pub(crate) fn problems(problems: &[String]) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let mut out = String::from(
        "This page can’t be shown\n\nFix the problems in its file first. All other pages are available.\n\n",
    );
    for problem in problems {
        let _ = writeln!(out, "- {}", text(problem));
    }
    out.push('\n');
    out
}

/// Escapes text for Markdown, so that it is shown literally (CommonMark 0.31, section 2.4).
pub(crate) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let letters: Vec<char> = text.chars().collect();
    let is_word = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|letter| letter.is_alphanumeric());
    for (at, letter) in letters.iter().enumerate() {
        let is_sign = match letter {
            '\\' | '`' | '*' | '[' | ']' | '<' => true,
            // An address would become a link, with all that is marked in it.
            ':' => letters[at + 1..].starts_with(&['/', '/']),
            '_' => !(is_word(at.checked_sub(1)) && is_word(Some(at + 1))),
            '#' | '>' | '+' | '-' => at == 0,
            _ => false,
        };
        if is_sign {
            out.push('\\');
        }
        out.push(if letter.is_control() { ' ' } else { *letter });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_shown_as_it_is() {
        assert_eq!(text("`a` *b* [c](d) <e> \\"), "\\`a\\` \\*b\\* \\[c\\](d) \\<e> \\\\");
        assert_eq!(text("BASE_PATH and _this_"), "BASE_PATH and \\_this\\_");
        assert_eq!(text("# no heading\nno line"), "\\# no heading no line");
    }
}
