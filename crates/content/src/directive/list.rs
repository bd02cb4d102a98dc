//! Shared code of directives around a list: a class, and no title.

use crate::markup::Markup;

/// Opens the element.
pub(super) fn open(class: &str, title: &str, out: &mut Markup) -> Result<(), String> {
    out.raw(&format!("<div class=\"{class}\">"));
    if title.is_empty() { Ok(()) } else { Err("takes no title. Put a heading before it".to_owned()) }
}

/// Closes it.
pub(super) fn close(out: &mut Markup) {
    out.raw("</div>");
}
