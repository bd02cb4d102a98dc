//! Shared code of directives around a list: a class, and no title.

use crate::markup::Markup;

/// Opens the element.
pub(super) fn open(class: &str, title: &str, out: &mut Markup) -> Result<(), String> {
    out.raw(&format!("<div class=\"{class}\">"));
    if title.is_empty() { Ok(()) } else { Err("has no title. Add a heading before it".to_owned()) }
}

/// Closes the element.
pub(super) fn close(out: &mut Markup) {
    out.raw("</div>");
}
