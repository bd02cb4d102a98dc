//! Footnotes: numbered by their first reference, collected at the end, with links back.

use super::Renderer;
use crate::markup::Markup;
use crate::problem::ProblemKind;

/// The page's footnotes.
#[derive(Default)]
pub(super) struct Footnotes {
    /// Label and number of references, in the order of the first reference.
    referred: Vec<(String, usize)>,
    /// Label, line and text.
    defined: Vec<(String, usize, Markup)>,
    /// Definitions under construction: label, line, and the previous output target.
    open: Vec<(String, usize, Markup)>,
}

/// Compares labels ignoring case, like those of links.
fn is_same(one: &str, other: &str) -> bool {
    one == other || one.to_lowercase() == other.to_lowercase()
}

impl Renderer<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        if self.heading.is_some() || self.image.is_some() {
            return;
        }
        let referred = &mut self.footnotes.referred;
        let index = referred.iter().position(|(known, _)| is_same(known, label)).unwrap_or_else(|| {
            referred.push((label.to_owned(), 0));
            referred.len() - 1
        });
        referred[index].1 += 1;
        let (number, times) = (index + 1, referred[index].1);
        let again = if times > 1 { format!("-{times}") } else { String::new() };
        self.out.raw(&format!(
            "<sup><a id=\"fnref-{number}{again}\" href=\"#fn-{number}\" aria-label=\"Footnote {number}\">{number}</a></sup>"
        ));
    }

    pub(super) fn open_footnote(&mut self, label: &str) {
        let before = std::mem::take(&mut self.out);
        self.footnotes.open.push((label.to_owned(), self.line, before));
    }

    pub(super) fn close_footnote(&mut self) {
        if let Some((label, line, before)) = self.footnotes.open.pop() {
            let text = std::mem::replace(&mut self.out, before);
            self.footnotes.defined.push((label, line, text));
        }
    }

    pub(super) fn finish_footnotes(&mut self) {
        let Footnotes { referred, defined, .. } = std::mem::take(&mut self.footnotes);
        let number_of = |label: &str| referred.iter().position(|(known, _)| is_same(known, label));
        let mut notes: Vec<(usize, Markup)> = Vec::new();
        for (label, line, text) in defined {
            match number_of(&label) {
                Some(index) if notes.iter().any(|(number, _)| *number == index + 1) => {
                    self.document.problems.push((line, ProblemKind::DuplicateFootnote(label)));
                }
                Some(index) => notes.push((index + 1, text)),
                None => self.document.problems.push((line, ProblemKind::UnusedFootnote(label))),
            }
        }
        if notes.is_empty() {
            return;
        }
        notes.sort_by_key(|(number, _)| *number);
        self.out.raw("<section class=\"footnotes\" aria-label=\"Footnotes\"><ol>\n");
        for (number, text) in notes {
            self.out.raw(&format!("<li id=\"fn-{number}\">"));
            self.out.append(text);
            self.out.raw(&format!("<a href=\"#fnref-{number}\" aria-label=\"Back to the text\">↩</a></li>\n"));
        }
        self.out.raw("</ol></section>\n");
    }
}
