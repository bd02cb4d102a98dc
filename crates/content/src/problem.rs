//! Problems of the content, each with file and line.

use std::fmt::{self, Write as _};
use std::path::PathBuf;

use thiserror::Error;

/// Problem in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Path, relative to the content folder.
    pub path: PathBuf,
    /// Line, from 1; 0 for the whole file.
    pub line: usize,
    /// The kind.
    pub kind: ProblemKind,
}

impl Problem {
    /// Creates a problem of `path` at `line`.
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

/// Maximum length of a problem's text, in characters. Longer ones are truncated.
const MOST_CHARACTERS: usize = 1000;

/// Writer that keeps a problem on one line, whatever it quotes: characters that would move or hide text are escaped.
/// The limit applies to the written text, escapes included.
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

/// Returns true for line separators, and for characters that change the direction of text (Unicode Standard Annex 9).
fn is_directional(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Kinds of problems. Each message describes the problem and its remedy.
#[derive(Clone, Debug, Error, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each variant's message is its documentation")]
pub enum ProblemKind {
    // Fatal: the file can't be shown.
    #[error("can't be read: {0}")]
    Unreadable(String),
    #[error("has {size} bytes; the maximum is {limit}. Split the page")]
    TooLarge { size: u64, limit: u64 },
    #[error("is not UTF-8 text (first bad byte at offset {0}). Save it as UTF-8")]
    NotUtf8(usize),
    #[error("contains the control character U+{0:04X}. Remove it")]
    ControlCharacter(u32),
    #[error("is a symbolic link to a file outside the content folder. Copy the file into the folder")]
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

    // The page is shown, but a part of it is missing or wrong.
    #[error("unknown front-matter key `{key}`{hint}")]
    UnknownKey { key: String, hint: String },
    #[error("`description` is missing. Describe the page in one sentence")]
    MissingDescription,
    #[error("`date` is missing. Add the release date of the changelog entry, such as `date: 2026-01-31`")]
    MissingDate,
    #[error("`slug: {0}` is not a path segment. Use lower-case letters, digits and hyphens")]
    BadSlug(String),
    #[error("the file name `{0}` can't be part of a URL. Use letters, digits, hyphens, underscores and dots")]
    BadFileName(String),
    #[error("broken link: there is no {0}")]
    BrokenLink(String),
    #[error("broken anchor: {page} has no heading with the id `{anchor}`{hint}")]
    BrokenAnchor { page: String, anchor: String, hint: String },
    #[error("link to `{0}`, whose scheme is not allowed. Use https, http, mailto or a relative path")]
    UnsafeLink(String),
    #[error("link to the draft {0}, which is not published")]
    LinkToDraft(String),
    #[error("missing image: there is no {0}")]
    MissingImage(String),
    #[error("the picture of the diagram is missing or outdated. Run `make diagrams` and commit the result")]
    DiagramNotDrawn,
    #[error("image {0}: {1}")]
    BadImage(String, String),
    #[error(
        "the image {0} is on another host, which the security policy of the pages forbids. Copy it into the folder of the page"
    )]
    ForeignImage(String),
    #[error("missing alt text for the image {0}. Describe what it shows")]
    MissingAlt(String),
    #[error("duplicate ID `{id}`: line {first} has the same. Set another for one heading: `## Title {{#own-id}}`")]
    DuplicateId { id: String, first: usize },
    #[error("heading level {found} after level {before}: a level is skipped")]
    SkippedLevel { before: u8, found: u8 },
    #[error("heading of level 1: only the page's title has this level. Begin with `##`")]
    TopHeading,
    #[error("heading without text")]
    EmptyHeading,
    #[error("code fence without a language. Name one (`text` if none fits)")]
    NoLanguage,
    #[error("unknown language `{name}`{hint}")]
    UnknownLanguage { name: String, hint: String },
    #[error("code fence: {0}")]
    BadFence(String),
    #[error("code fence is not closed. Close it with a line of as many backticks or tildes")]
    UnclosedFence,
    #[error("directive `:::{0}` is not closed. Close it with a line `:::`")]
    UnclosedDirective(String),
    #[error("`{0}` closes no directive")]
    StrayDirectiveEnd(String),
    #[error("unknown directive `:::{name}`{hint}")]
    UnknownDirective { name: String, hint: String },
    #[error("directive `:::{name}`: {reason}")]
    BadDirective { name: String, reason: String },
    #[error("raw HTML `{0}` is shown as text. Use Markdown or a directive")]
    RawHtml(String),
    #[error("footnote `[^{0}]` is not referenced")]
    UnusedFootnote(String),
    #[error("footnote `[^{0}]` is defined twice; only the first definition is shown")]
    DuplicateFootnote(String),

    #[error("`{phrase}`: write `{instead}`{reason}")]
    Word { phrase: String, instead: String, reason: String },

    // Problems of the whole site.
    #[error("security.txt: {0}")]
    SecurityTxt(String),
    #[error("search settings: {0}")]
    Search(String),
    #[error("vocabulary: {0}")]
    Vocabulary(String),
    #[error("navigation: {0}")]
    Navigation(String),
    #[error("redirects: {0}")]
    Redirects(String),
    #[error("stale redirect: {from} points to {to}, which doesn't exist")]
    StaleRedirect { from: String, to: String },
    #[error("stale redirect: {0} is a page, so the redirect is never followed")]
    ShadowedRedirect(String),
    #[error("two redirects from {0}")]
    DuplicateRedirect(String),
    #[error("redirects form a loop: {0}")]
    RedirectCircle(String),
    #[error("the published address {0} no longer exists. Add a redirect from it")]
    GoneAddress(String),
    #[error("the address {0} is not in the list of published addresses. Run `make check RECORD=1` and commit the list")]
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

/// Returns `. Did you mean x?` if one of `known` is similar to `name`, or else an empty string.
pub(crate) fn hint<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, known).map_or_else(String::new, |near| format!(". Did you mean `{near}`?"))
}

/// Returns the item of `known` most similar to `name`, if `name` may be a typo of it.
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
    fn typos_get_a_suggestion() {
        assert_eq!(hint("tilte", ["title", "order"]), ". Did you mean `title`?");
        assert_eq!(hint("zebra", ["title", "order"]), "");
    }
}
