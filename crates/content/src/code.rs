//! Markup of code that isn't in a file of the content folder, identical to that of code fences.

use crate::fence::Fence;
use crate::highlight::Highlighter;
use crate::language::Language;
use crate::render::code::{OpenCode, figure, write_tabs};

/// Code in one language.
#[derive(Clone, Copy, Debug)]
pub struct Code<'a> {
    /// Language, as in a fence.
    pub language: &'a str,
    /// The code.
    pub text: &'a str,
}

/// Renders code blocks as tabs, each with its label. All groups with the same name share the selection.
pub fn tabs(group: &str, codes: &[(&str, Code<'_>)]) -> String {
    let panel = |(label, code): &(&str, Code<'_>)| ((*label).to_owned(), markup(code));
    let mut out = String::new();
    write_tabs(&mut out, group, "tabs-0", &codes.iter().map(panel).collect::<Vec<_>>());
    out
}

fn markup(code: &Code<'_>) -> String {
    let open =
        OpenCode { fence: Fence::default(), language: Language::find(code.language), text: code.text.to_owned() };
    figure(&open, Some(&Highlighter::shared()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_tabs_are_highlighted_and_escaped() {
        let code = |text| Code { language: "bash", text };
        let html = tabs("language", &[("a", code("echo '<b>'")), ("b", code("ls"))]);
        assert!(
            html.contains("data-group=\"language\"") && html.contains("&lt;b&gt;") && html.contains("<span class=")
        );
        assert_eq!(html.matches("<figure").count(), 2);
    }
}
