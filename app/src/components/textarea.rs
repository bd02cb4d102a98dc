//! Multi-line text field with its value.

use leptos::prelude::*;

/// Renders a `textarea`. Leptos doesn't escape its children, so they are escaped here (HTML, section 13.1.2: an
/// escapable raw text element ends at its own end tag only). Browsers drop a leading line break, so one is added.
pub(crate) fn textarea(id: &'static str, name: &'static str, rows: u8, max_length: usize, text: &str) -> AnyView {
    let first = if text.starts_with(['\n', '\r']) { "\n" } else { "" };
    let text = format!("{first}{}", escape(text));
    view! { <textarea id=id name=name rows=rows maxlength=max_length>{text}</textarea> }.into_any()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    #[test]
    fn text_cannot_close_the_textarea() {
        assert_eq!(super::escape("</textarea><script>&lt;"), "&lt;/textarea>&lt;script>&amp;lt;");
    }
}
