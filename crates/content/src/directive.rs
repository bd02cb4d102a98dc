//! Container directives: `:::name Title` … `:::`.
//!
//! A directive's lines are separate lines, so that the text between them is ordinary Markdown, readable without this
//! pipeline. Before parsing, each directive line becomes an HTML comment with a control character in it (which no file
//! may contain): a comment ends a paragraph or a list without a blank line, preserves line numbers, and inside code it
//! becomes text, where [`restore`] replaces it with the original line.
//!
//! To add a directive, add a file in `directive/`, and a line in [`find`] and in [`NAMES`].

mod cards;
mod details;
mod files;
mod list;
mod steps;

use crate::markup::Markup;
use crate::problem::{ProblemKind, hint};

const OPEN: &str = "<!--\u{1}";
const CLOSE: &str = "-->";

/// Source with marked directive lines.
#[derive(Debug)]
pub(crate) struct Marked {
    /// The Markdown to parse.
    pub(crate) source: String,
    /// Replaced lines, without indentation.
    pub(crate) lines: Vec<String>,
}

/// A parsed line of a directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    /// `:::name Title`
    Open { colons: usize, name: &'a str, title: &'a str },
    /// `:::`
    Close { colons: usize },
}

/// Directive: its opening and closing markup.
pub(crate) trait Directive {
    /// Markup before the content.
    fn open(&self, title: &str, out: &mut Markup) -> Result<(), String>;
    /// Markup after the content.
    fn close(&self, out: &mut Markup);
    /// Line that replaces the directive's opening line in plain Markdown, where the text needs one.
    fn plain(&self, _title: &str) -> Option<String> {
        None
    }
}

/// All names, for suggestions.
const NAMES: [&str; 4] = ["cards", "details", "files", "steps"];

/// Finds the directive with a name.
pub(crate) fn find(name: &str) -> Result<&'static dyn Directive, ProblemKind> {
    match name {
        "cards" => Ok(&cards::Cards),
        "details" => Ok(&details::Details),
        "files" => Ok(&files::Files),
        "steps" => Ok(&steps::Steps),
        _ => Err(ProblemKind::UnknownDirective { name: name.to_owned(), hint: hint(name, NAMES) }),
    }
}

/// Replaces each directive line.
pub(crate) fn mark(source: &str) -> Marked {
    let mut marked = Marked { source: String::with_capacity(source.len()), lines: Vec::new() };
    for line in source.split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        let content = text.trim_start_matches([' ', '\t']);
        if parse(content).is_none() {
            marked.source.push_str(line);
            continue;
        }
        let indent = &text[..text.len() - content.len()];
        marked.source.push_str(&format!("{indent}{OPEN}{}{CLOSE}{}", marked.lines.len(), &line[text.len()..]));
        marked.lines.push(content.to_owned());
    }
    marked
}

/// Parses a line: at least three colons, then a name and a title, or nothing.
pub(crate) fn parse(line: &str) -> Option<Line<'_>> {
    let rest = line.trim_start_matches(':');
    let colons = line.len() - rest.len();
    let rest = rest.trim();
    if colons < 3 {
        return None;
    }
    if rest.is_empty() {
        return Some(Line::Close { colons });
    }
    let (name, title) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    is_name.then(|| Line::Open { colons, name, title: title.trim() })
}

/// Returns the index of the directive line that this HTML replaces, if any.
pub(crate) fn index(html: &str) -> Option<usize> {
    html.trim().strip_prefix(OPEN)?.strip_suffix(CLOSE)?.parse().ok()
}

/// Restores directive lines in code, where they are only text.
pub(crate) fn restore(text: &str, lines: &[String]) -> Option<String> {
    if !text.contains(OPEN) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split(OPEN);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (number, rest) = part.split_once(CLOSE).unwrap_or((part, ""));
        out.push_str(number.parse::<usize>().ok().and_then(|index| lines.get(index)).map_or("", String::as_str));
        out.push_str(rest);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directive_lines_are_distinguished_from_text() {
        assert_eq!(parse(":::steps"), Some(Line::Open { colons: 3, name: "steps", title: "" }));
        assert_eq!(
            parse("::::details  If it fails "),
            Some(Line::Open { colons: 4, name: "details", title: "If it fails" })
        );
        assert_eq!(parse(":::"), Some(Line::Close { colons: 3 }));
        assert_eq!(parse("::: "), Some(Line::Close { colons: 3 }));
        assert_eq!(parse("::"), None);
        assert_eq!(parse(": a definition"), None);
        assert_eq!(parse(":::Not a name"), None);
    }

    #[test]
    fn marking_keeps_the_line_count_and_restoring_returns_the_source() {
        let source = "a\n:::steps\r\n1. b\n   :::\n";
        let marked = mark(source);
        assert_eq!(marked.source.lines().count(), source.lines().count());
        assert_eq!(restore(&marked.source, &marked.lines).as_deref(), Some(source));
    }
}
