//! Parsed Markdown files, before they are part of a site.

use crate::directive;
use crate::front_matter::FrontMatter;
use crate::highlight::Highlighter;
use crate::markup::Markup;
use crate::problem::ProblemKind;
use crate::render;

/// A heading of the page, levels 2 to 6.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Level, 2 to 6.
    pub level: u8,
    /// ID, unique in the page.
    pub id: String,
    /// Text, without markup.
    pub text: String,
    /// Line in the file, from 1.
    pub line: usize,
}

/// Link or image of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Target, as written.
    pub target: String,
    /// Line in the file, from 1.
    pub line: usize,
    /// Link or image.
    pub kind: ReferenceKind,
}

/// Kinds of references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceKind {
    /// `[text](target)`
    Link,
    /// `![alt](target)`
    Image,
    /// Image of a Mermaid fence.
    Diagram,
}

/// A parsed file.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Front matter; defaults where it can't be read.
    pub front: FrontMatter,
    /// Headings, in order.
    pub headings: Vec<Heading>,
    /// Links and images, in order.
    pub references: Vec<Reference>,
    /// Number of words, excluding code.
    pub words: usize,
    /// Problems by line.
    pub problems: Vec<(usize, ProblemKind)>,
    pub(crate) markup: Markup,
}

impl Document {
    /// Parses a file's text. Never fails: errors are added to `problems`, and all valid parts are rendered.
    ///
    /// Code is highlighted if there is a `highlighter`. Without one, only the colors are missing, which is sufficient
    /// for navigation, checks and links, and many times faster.
    pub(crate) fn parse(source: &str, highlighter: Option<&Highlighter>) -> Self {
        let mut document = Self::default();
        if let Some(found) = control_character(source) {
            document.problems.push(found);
            return document;
        }
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        let (front, body) = FrontMatter::split(source, &mut document.problems);
        document.front = front;
        let marked = directive::mark(&source[body.clone()]);
        let first_line = 1 + source[..body.start].bytes().filter(|byte| *byte == b'\n').count();
        render::render(&marked, first_line, highlighter, &mut document);
        document.problems.sort();
        if document.is_broken() {
            document.markup = Markup::default();
            document.headings.clear();
            document.references.clear();
        }
        document
    }

    /// Returns the body of a file's text with marked directive lines.
    pub(crate) fn body(source: &str) -> directive::Marked {
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        let (_, body) = FrontMatter::split(source, &mut Vec::new());
        directive::mark(&source[body])
    }

    /// Returns true if the page has a fatal problem.
    pub fn is_broken(&self) -> bool {
        self.problems.iter().any(|(_, kind)| kind.is_fatal())
    }
}

/// Finds the first control character except tabs and line breaks.
fn control_character(source: &str) -> Option<(usize, ProblemKind)> {
    let at = source.bytes().position(|byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r') || byte == 0x7f)?;
    let line = 1 + source[..at].bytes().filter(|byte| *byte == b'\n').count();
    Some((line, ProblemKind::ControlCharacter(u32::from(source.as_bytes()[at]))))
}
