//! Problems of the content, each with file and line.

use std::fmt::{self, Write as _};
use std::path::PathBuf;

use thiserror::Error;

/// Something wrong with one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, relative to the content folder.
    pub path: PathBuf,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// The kind.
    pub kind: ProblemKind,
}

impl Problem {
    /// A problem of `path` at `line`.
    pub fn new(path: impl Into<PathBuf>, line: usize, kind: ProblemKind) -> Self {
        Self { path: path.into(), line, kind }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = OneLine { out, room: MOST_CHARACTERS };
        write!(line, "{}:{}: {}", self.path.display(), self.line.max(1), self.kind)
    }
}

/// A problem quotes what is written in a file. Longer ones are cut.
const MOST_CHARACTERS: usize = 1000;

/// Keeps a problem on its line, whatever it quotes: characters that would move or hide text are escaped. What is
/// written counts, so an escaped character takes the room of its escape.
struct OneLine<'a, 'f> {
    out: &'a mut fmt::Formatter<'f>,
    room: usize,
}

impl OneLine<'_, '_> {
    fn put(&mut self, character: char) -> fmt::Result {
        match self.room {
            0 => return Ok(()),
            1 => self.out.write_char('…')?,
            _ => self.out.write_char(character)?,
        }
        self.room -= 1;
        Ok(())
    }
}

impl fmt::Write for OneLine<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().try_for_each(|character| {
            if character.is_control() || is_directional(character) {
                character.escape_debug().try_for_each(|part| self.put(part))
            } else {
                self.put(character)
            }
        })
    }
}

/// Line separators, and marks that turn the direction of text (Unicode Standard Annex 9).
fn is_directional(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Every kind of problem. The text says what is wrong and what to do.
#[derive(Clone, Debug, Error, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each variant's message is its documentation")]
pub enum ProblemKind {
    // The file can't be shown at all.
    #[error("can't be read: {0}")]
    Unreadable(String),
    #[error("is {size} bytes; at most {limit} are read. Split it")]
    TooLarge { size: u64, limit: u64 },
    #[error("is not UTF-8 text (first bad byte at offset {0}). Save it as UTF-8")]
    NotUtf8(usize),
    #[error("holds the control character U+{0:04X}, so it is not text. Remove it")]
    ControlCharacter(u32),
    #[error("leads out of the content folder by a symbolic link. Put the file itself here")]
    SymlinkOutside,
    #[error("front matter is missing. Begin the file with a line `---`, `title:`, `description:`, and a line `---`")]
    NoFrontMatter,
    #[error("front matter has no closing line `---`")]
    UnclosedFrontMatter,
    #[error("front matter: {0}")]
    FrontMatter(String),
    #[error("blocks are nested more than {0} deep. Flatten them")]
    TooDeep(usize),
    #[error("has the same address {address} as {other}. Rename one, or give it a `slug`")]
    DuplicatePath { address: String, other: String },

    // The page is shown, with something missing or wrong.
    #[error("unknown front-matter key `{key}`{hint}")]
    UnknownKey { key: String, hint: String },
    #[error("`description` is missing. Say in one sentence what the page is about")]
    MissingDescription,
    #[error("`date` is missing. A changelog entry needs the day of its release, as `date: 2026-01-31`")]
    MissingDate,
    #[error("`slug: {0}` is not a path segment. Use lower-case letters, digits and hyphens")]
    BadSlug(String),
    #[error("the file name `{0}` can't be an address. Use letters, digits, hyphens, underscores and dots")]
    BadFileName(String),
    #[error("broken link: there is no {0}")]
    BrokenLink(String),
    #[error("broken anchor: {page} has no heading with the id `{anchor}`{hint}")]
    BrokenAnchor { page: String, anchor: String, hint: String },
    #[error("link to `{0}`, whose scheme is not allowed. Use https, http, mailto or a relative path")]
    UnsafeLink(String),
    #[error("link to the draft {0}, which readers can't see")]
    LinkToDraft(String),
    #[error("missing image: there is no {0}")]
    MissingImage(String),
    #[error("the diagram is not drawn as it is written here. Run `make diagrams` and commit what it draws")]
    DiagramNotDrawn,
    #[error("image {0}: {1}")]
    BadImage(String, String),
    #[error("the image {0} stands on another host, which the pages' security policy forbids. Put it beside the page")]
    ForeignImage(String),
    #[error("missing alt text for the image {0}. Say what it shows")]
    MissingAlt(String),
    #[error("duplicate id `{id}`: line {first} has it too. Give one heading its own, as `## Title {{#own-id}}`")]
    DuplicateId { id: String, first: usize },
    #[error("heading level {found} after level {before}: a level is skipped")]
    SkippedLevel { before: u8, found: u8 },
    #[error("heading of level 1: the page's title is its only one. Begin with `##`")]
    TopHeading,
    #[error("heading without text")]
    EmptyHeading,
    #[error("code fence without a language. Name one (`text` if none fits)")]
    NoLanguage,
    #[error("unknown language `{name}`{hint}")]
    UnknownLanguage { name: String, hint: String },
    #[error("code fence: {0}")]
    BadFence(String),
    #[error("code fence is never closed. Close it with a line of as many backticks or tildes")]
    UnclosedFence,
    #[error("directive `:::{0}` is never closed. Close it with a line `:::`")]
    UnclosedDirective(String),
    #[error("`{0}` closes no directive")]
    StrayDirectiveEnd(String),
    #[error("unknown directive `:::{name}`{hint}")]
    UnknownDirective { name: String, hint: String },
    #[error("directive `:::{name}`: {reason}")]
    BadDirective { name: String, reason: String },
    #[error("raw HTML `{0}` is shown as text. Use Markdown or a directive")]
    RawHtml(String),
    #[error("footnote `[^{0}]` is never referred to")]
    UnusedFootnote(String),
    #[error("footnote `[^{0}]` is defined before; only the first definition is shown")]
    DuplicateFootnote(String),

    // The site as a whole.
    #[error("security.txt: {0}")]
    SecurityTxt(String),
    #[error("search settings: {0}")]
    Search(String),
    #[error("navigation: {0}")]
    Navigation(String),
    #[error("redirects: {0}")]
    Redirects(String),
    #[error("stale redirect: {from} leads to {to}, which is not there")]
    StaleRedirect { from: String, to: String },
    #[error("stale redirect: {0} is a page, so the redirect is never followed")]
    ShadowedRedirect(String),
    #[error("two redirects from {0}")]
    DuplicateRedirect(String),
    #[error("redirects go round in a circle: {0}")]
    RedirectCircle(String),
    #[error("{0} was published once and is gone. Add a redirect from it")]
    GoneAddress(String),
    #[error("{0} is published and not in the list. Run `make check RECORD=1` and commit the list")]
    UnlistedAddress(String),
}

impl ProblemKind {
    /// Returns true if the page can't be rendered.
    pub fn is_fatal(&self) -> bool {
        matches!(
            self,
            Self::Unreadable(_)
                | Self::TooLarge { .. }
                | Self::NotUtf8(_)
                | Self::ControlCharacter(_)
                | Self::SymlinkOutside
                | Self::NoFrontMatter
                | Self::UnclosedFrontMatter
                | Self::FrontMatter(_)
                | Self::TooDeep(_)
        )
    }
}

/// `. Did you mean x?` where one of `known` is near `name`, else nothing.
pub(crate) fn hint<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, known).map_or_else(String::new, |near| format!(". Did you mean `{near}`?"))
}

/// The nearest of `known` to `name`, if it is near enough to be a slip of the hand.
fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_prints_as_path_line_and_advice() {
        let problem = Problem::new("docs/a.md", 7, ProblemKind::NoLanguage);
        assert_eq!(problem.to_string(), "docs/a.md:7: code fence without a language. Name one (`text` if none fits)");
    }

    #[test]
    fn a_slip_of_the_hand_is_answered_with_the_right_word() {
        assert_eq!(hint("tilte", ["title", "order"]), ". Did you mean `title`?");
        assert_eq!(hint("zebra", ["title", "order"]), "");
    }
}
