//! `:::steps` around one numbered list.

use super::{Directive, list};
use crate::markup::Markup;

/// Steps to be followed in order.
pub(crate) struct Steps;

impl Directive for Steps {
    fn open(&self, title: &str, out: &mut Markup) -> Result<(), String> {
        list::open("steps", title, out)
    }

    fn close(&self, out: &mut Markup) {
        list::close(out);
    }
}
