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
    /// 2 to 6.
    pub level: u8,
    /// Unique in the page.
    pub id: String,
    /// Its text, without markup.
    pub text: String,
    /// Its line in the file, from 1.
    pub line: usize,
}

/// Something that the page points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The destination as written.
    pub target: String,
    /// Its line in the file, from 1.
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
    /// The drawing of a fence of Mermaid.
    Diagram,
}

/// A parsed file.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The typed front matter; defaults where it could not be read.
    pub front: FrontMatter,
    /// Headings in their order.
    pub headings: Vec<Heading>,
    /// Links and images in their order.
    pub references: Vec<Reference>,
    /// Words of text, code apart.
    pub words: usize,
    /// Problems by line.
    pub problems: Vec<(usize, ProblemKind)>,
    pub(crate) markup: Markup,
}

impl Document {
    /// Parses a file's text. Never fails: what is wrong is in `problems`, and what can be shown is shown.
    ///
    /// Code is highlighted when there is a `highlighter`; without, everything but the colours is the same,
    /// which is all that navigation, checks and links need, and many times faster.
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

    /// The body of a file's text, its directive lines marked.
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

/// The first control character that has no place in text. Tabs and line ends have one.
fn control_character(source: &str) -> Option<(usize, ProblemKind)> {
    let at = source.bytes().position(|byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r') || byte == 0x7f)?;
    let line = 1 + source[..at].bytes().filter(|byte| *byte == b'\n').count();
    Some((line, ProblemKind::ControlCharacter(u32::from(source.as_bytes()[at]))))
}
