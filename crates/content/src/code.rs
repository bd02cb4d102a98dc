//! Code that stands in no file of the content folder, as markup of the same make.

use crate::fence::Fence;
use crate::highlight::Highlighter;
use crate::language::Language;
use crate::render::code::{OpenCode, figure, write_tabs};

/// Code in one language.
#[derive(Clone, Copy, Debug)]
pub struct Code<'a> {
    /// The language, as a fence names it.
    pub language: &'a str,
    /// The code.
    pub text: &'a str,
}

/// Neighbouring blocks in tabs, each with its label: one choice for all groups of a name.
pub fn tabs(group: &str, codes: &[(&str, Code<'_>)]) -> String {
    let panel = |(label, code): &(&str, Code<'_>)| ((*label).to_owned(), markup(code));
    let mut out = String::new();
    write_tabs(&mut out, group, "tabs-0", &codes.iter().map(panel).collect::<Vec<_>>());
    out
}

fn markup(code: &Code<'_>) -> String {
    let open =
        OpenCode { fence: Fence::default(), language: Language::find(code.language), text: code.text.to_owned() };
    figure(&open, Some(Highlighter::shared()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_highlighted_and_escaped_as_in_a_file() {
        let code = |text| Code { language: "bash", text };
        let html = tabs("language", &[("a", code("echo '<b>'")), ("b", code("ls"))]);
        assert!(
            html.contains("data-group=\"language\"") && html.contains("&lt;b&gt;") && html.contains("<span class=")
        );
        assert_eq!(html.matches("<figure").count(), 2);
    }
}
