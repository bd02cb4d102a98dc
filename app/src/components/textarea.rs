//! A text field of several lines that holds what was typed.

use leptos::prelude::*;

/// Leptos writes the children of a `textarea` as they are: they are escaped here (HTML, section 13.1.2: an escapable raw
/// text element ends at its own end tag alone). The first line end would be swallowed by the browser.
pub(crate) fn textarea(id: &'static str, name: &'static str, rows: u8, most: usize, text: &str) -> AnyView {
    let first = if text.starts_with(['\n', '\r']) { "\n" } else { "" };
    let text = format!("{first}{}", escape(text));
    view! { <textarea id=id name=name rows=rows maxlength=most>{text}</textarea> }.into_any()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_ends_the_field() {
        assert_eq!(super::escape("</textarea><script>&lt;"), "&lt;/textarea>&lt;script>&amp;lt;");
    }
}
