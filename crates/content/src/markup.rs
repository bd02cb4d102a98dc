//! Markup with holes: what a file says alone, before the site's addresses are known.

use crate::escape::escape_into;

/// A part of a page's markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Finished markup.
    Text(String),
    /// The ` href="…"` of the reference with this index.
    Href(usize),
    /// The image that the reference with this index names, with its alt text.
    Image(usize, String),
}

/// Markup under construction, and finished.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Markup {
    pieces: Vec<Piece>,
    tail: String,
}

impl Markup {
    /// Appends markup as it is.
    pub(crate) fn raw(&mut self, markup: &str) {
        self.tail.push_str(markup);
    }

    /// Appends text, escaped.
    pub(crate) fn text(&mut self, text: &str) {
        escape_into(&mut self.tail, text);
    }

    /// Leaves a hole.
    pub(crate) fn hole(&mut self, hole: Piece) {
        if !self.tail.is_empty() {
            self.pieces.push(Piece::Text(std::mem::take(&mut self.tail)));
        }
        self.pieces.push(hole);
    }

    /// Appends other markup, holes and all.
    pub(crate) fn append(&mut self, other: Self) {
        for piece in other.pieces {
            match piece {
                Piece::Text(text) => self.tail.push_str(&text),
                hole => self.hole(hole),
            }
        }
        self.tail.push_str(&other.tail);
    }

    /// The whole, each hole filled by `fill`.
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
