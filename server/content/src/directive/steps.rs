//! `:::steps` around one numbered list.

use super::Directive;
use crate::markup::Markup;

/// Steps to be followed in order.
pub(crate) struct Steps;

impl Directive for Steps {
    fn open(&self, title: &str, out: &mut Markup) -> Result<(), String> {
        out.raw("<div class=\"steps\">");
        if title.is_empty() { Ok(()) } else { Err("takes no title. Put a heading before it".to_owned()) }
    }

    fn close(&self, out: &mut Markup) {
        out.raw("</div>");
    }
}
