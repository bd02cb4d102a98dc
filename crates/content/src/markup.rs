//! Markup with placeholders: the result of parsing a file, before the site's URLs are known.

use crate::escape::escape_into;

/// Part of a page's markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Finished markup.
    Text(String),
    /// Attribute ` href="…"` of the reference with this index.
    Href(usize),
    /// Image of the reference with this index, with its alt text.
    Image(usize, String),
}

/// Markup, finished or under construction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Markup {
    pieces: Vec<Piece>,
    tail: String,
}

impl Markup {
    /// Appends markup unescaped.
    pub(crate) fn raw(&mut self, markup: &str) {
        self.tail.push_str(markup);
    }

    /// Appends text, escaped.
    pub(crate) fn text(&mut self, text: &str) {
        escape_into(&mut self.tail, text);
    }

    /// Appends a placeholder.
    pub(crate) fn hole(&mut self, hole: Piece) {
        if !self.tail.is_empty() {
            self.pieces.push(Piece::Text(std::mem::take(&mut self.tail)));
        }
        self.pieces.push(hole);
    }

    /// Appends other markup, placeholders included.
    pub(crate) fn append(&mut self, other: Self) {
        for piece in other.pieces {
            match piece {
                Piece::Text(text) => self.tail.push_str(&text),
                hole => self.hole(hole),
            }
        }
        self.tail.push_str(&other.tail);
    }

    /// Returns the markup with each placeholder filled by `fill`.
    pub(crate) fn filled(&self, mut fill: impl FnMut(&mut String, &Piece)) -> String {
        let known: usize =
            self.pieces.iter().map(|piece| if let Piece::Text(text) = piece { text.len() } else { 80 }).sum();
        let mut out = String::with_capacity(known + self.tail.len());
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                hole => fill(&mut out, hole),
            }
        }
        out.push_str(&self.tail);
        out
    }
}
