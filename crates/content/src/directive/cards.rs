//! `:::cards` around a list of links: each item a card, its first link the card's target.

use super::{Directive, list};
use crate::markup::Markup;

/// Cards with links, side by side.
pub(crate) struct Cards;

impl Directive for Cards {
    fn open(&self, title: &str, out: &mut Markup) -> Result<(), String> {
        list::open("cards", title, out)
    }

    fn close(&self, out: &mut Markup) {
        list::close(out);
    }
}
