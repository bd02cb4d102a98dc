//! `:::details Title` around collapsed text.

use super::Directive;
use crate::markup::Markup;

/// Collapsed text, which expands by its title, in print, and when found by the browser's search.
pub(crate) struct Details;

impl Directive for Details {
    fn open(&self, title: &str, out: &mut Markup) -> Result<(), String> {
        let (summary, found) = match title {
            "" => ("Details", Err("needs a title, as `:::details If it fails`".to_owned())),
            title => (title, Ok(())),
        };
        out.raw("<details class=\"fold\"><summary>");
        out.text(summary);
        out.raw("</summary><div>");
        found
    }

    fn close(&self, out: &mut Markup) {
        out.raw("</div></details>");
    }

    fn plain(&self, title: &str) -> Option<String> {
        Some(format!("**{}**", if title.is_empty() { "Details" } else { title }))
    }
}
