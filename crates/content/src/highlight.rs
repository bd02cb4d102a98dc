//! Syntax highlighting by classes: the stylesheet defines their colors for both themes.
//!
//! syntect selects the style of a scope by a theme. The theme here has no colors: the red channel of each style is the
//! index of a class in [`CLASSES`], so that the library matches scope selectors and the markup contains a dozen short
//! classes instead of whole scopes.

use std::str::FromStr;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use syntect::highlighting::{
    Color, HighlightIterator, HighlightState, Highlighter as Matcher, ScopeSelectors, StyleModifier, Theme, ThemeItem,
    ThemeSettings,
};
use syntect::parsing::{ParseState, ScopeStack, SyntaxSet};

use crate::escape::escape_into;

/// Maximum size of highlighted code, in bytes: patterns can be slow, and longer code is rarely read.
const MAX_CODE_BYTES: usize = 200_000;
/// Maximum length of a highlighted line, in bytes.
const MAX_LINE_BYTES: usize = 2_000;

/// Classes and their scopes. `style/syntax.css` defines the colors.
const CLASSES: [(&str, &str); 11] = [
    ("k", "keyword, storage, support.type.property-name.css - keyword.operator, constant.language, variable.language"),
    ("s", "string, constant.other.symbol, meta.attribute-with-value string"),
    ("n", "constant.numeric, constant.character, constant.other.color, keyword.other.unit"),
    ("c", "comment"),
    (
        "f",
        "entity.name.function, support.function, variable.function, meta.function-call variable.function, support.macro",
    ),
    (
        "t",
        "entity.name.type, entity.name.class, entity.name.struct, entity.name.enum, entity.name.trait, storage.type.primitive, support.type, support.class, entity.name.namespace",
    ),
    (
        "a",
        "entity.other.attribute-name, entity.name.tag, support.type.property-name, meta.mapping.key string, meta.structure.dictionary.key string, variable.other.readwrite.assignment, entity.name.section.toml, http.requestheaders support.variable.http, support.variable.http, variable.parameter.option",
    ),
    ("o", "keyword.operator"),
    ("h", "markup.heading, meta.diff.header, meta.diff.range, entity.name.section"),
    ("i", "markup.inserted"),
    ("d", "markup.deleted"),
];

/// Syntax definitions and the theme of classes. Loading takes some 20 ms, once.
pub(crate) struct Highlighter {
    syntaxes: SyntaxSet,
    theme: Theme,
}

static SHARED: Mutex<Option<Arc<Highlighter>>> = Mutex::new(None);
static EMPTY: LazyLock<ScopeStack> = LazyLock::new(ScopeStack::new);

/// Releases the syntax definitions. Each definition that was used holds compiled patterns, together some hundred
/// megabytes for all languages of a site; the next use loads what it needs.
pub fn release_definitions() {
    SHARED.lock().unwrap_or_else(PoisonError::into_inner).take();
}

impl Highlighter {
    /// Returns the highlighter of the process, loaded if necessary: definitions never change at run time.
    pub(crate) fn shared() -> Arc<Self> {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        let load = || Arc::new(Self { syntaxes: two_face::syntax::extra_newlines(), theme: theme() });
        Arc::clone(shared.get_or_insert_with(load))
    }

    /// Returns true if there is a syntax definition with a name.
    #[cfg(test)]
    pub(crate) fn knows(&self, syntax: &str) -> bool {
        self.syntaxes.find_syntax_by_name(syntax).is_some()
    }

    /// Renders each line of `code` as markup, line breaks included; as escaped text without a syntax, for code that is
    /// too long, or if the definition fails.
    pub(crate) fn lines(&self, code: &str, syntax: Option<&str>) -> Vec<String> {
        let syntax = syntax.filter(|_| code.len() <= MAX_CODE_BYTES);
        let syntax = syntax.and_then(|name| self.syntaxes.find_syntax_by_name(name));
        let Some(syntax) = syntax else {
            return plain_lines(code);
        };
        let matcher = Matcher::new(&self.theme);
        let mut parser = ParseState::new(syntax);
        let mut state = HighlightState::new(&matcher, EMPTY.clone());
        let mut lines = Vec::new();
        for line in code.split_inclusive('\n') {
            let operations =
                if line.len() > MAX_LINE_BYTES { None } else { parser.parse_line(line, &self.syntaxes).ok() };
            let mut out = String::with_capacity(line.len() * 2);
            match operations {
                Some(operations) => {
                    let parts = HighlightIterator::new(&mut state, &operations, line, &matcher);
                    write_line(&mut out, parts.map(|(style, text)| (class_of(style.foreground), text)));
                }
                None => escape_into(&mut out, line),
            }
            lines.push(out);
        }
        lines
    }
}

/// Returns each line of `code` as escaped text.
pub(crate) fn plain_lines(code: &str) -> Vec<String> {
    code.split_inclusive('\n').map(crate::escape::escape).collect()
}

/// Writes a line. Adjacent parts of the same class share an element, and white space needs none.
fn write_line<'a>(out: &mut String, parts: impl Iterator<Item = (Option<&'static str>, &'a str)>) {
    let mut open: Option<&'static str> = None;
    for (class, text) in parts {
        let text_only = text.trim().is_empty();
        let class = if text_only && !text.contains('\n') {
            open
        } else if text_only {
            None
        } else {
            class
        };
        if class != open {
            if open.is_some() {
                out.push_str("</span>");
            }
            if let Some(class) = class {
                out.push_str("<span class=\"");
                out.push_str(class);
                out.push_str("\">");
            }
            open = class;
        }
        // A line break within a span would split the span across lines.
        let (text, end) = text.strip_suffix('\n').map_or((text, ""), |text| (text, "\n"));
        escape_into(out, text);
        if !end.is_empty() {
            if open.take().is_some() {
                out.push_str("</span>");
            }
            out.push('\n');
        }
    }
    if open.is_some() {
        out.push_str("</span>");
    }
}

/// Returns the class of a style.
fn class_of(style: Color) -> Option<&'static str> {
    CLASSES.get(usize::from(style.r)).map(|(class, _)| *class)
}

/// Builds a theme whose colors are class indexes.
fn theme() -> Theme {
    let colour = |index: usize| Color { r: u8::try_from(index).unwrap_or(u8::MAX), g: 0, b: 0, a: 255 };
    let item = |(index, (_, scopes)): (usize, &(&str, &str))| {
        let scope = ScopeSelectors::from_str(scopes).ok()?;
        let style = StyleModifier { foreground: Some(colour(index)), background: None, font_style: None };
        Some(ThemeItem { scope, style })
    };
    Theme {
        scopes: CLASSES.iter().enumerate().filter_map(item).collect(),
        settings: ThemeSettings { foreground: Some(colour(usize::from(u8::MAX))), ..ThemeSettings::default() },
        ..Theme::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn highlight(syntax: &str, code: &str) -> String {
        Highlighter::shared().lines(code, Some(syntax)).concat()
    }

    #[test]
    fn every_class_has_a_selector() {
        assert_eq!(theme().scopes.len(), CLASSES.len());
    }

    #[test]
    fn rust_keywords_functions_strings_and_comments_are_highlighted() {
        let html = highlight("Rust", "fn main() { let a = \"b\"; } // c\n");
        assert!(html.contains("<span class=\"k\">fn"), "{html}");
        assert!(html.contains("<span class=\"f\">main"), "{html}");
        assert!(html.contains("<span class=\"s\">&quot;b&quot;"), "{html}");
        assert!(html.contains("<span class=\"c\">// c</span>\n"), "{html}");
    }

    #[test]
    fn json_keys_and_strings_have_different_classes() {
        let html = highlight("JSON", "{ \"a\": \"b\" }\n");
        assert!(html.contains("<span class=\"a\">&quot;a&quot;"), "{html}");
        assert!(html.contains("<span class=\"s\">&quot;b&quot;"), "{html}");
    }

    #[test]
    fn diff_additions_and_removals_have_different_classes() {
        let html = highlight("Diff", "+new\n-old\n same\n");
        assert!(html.contains("<span class=\"i\">+new</span>\n"), "{html}");
        assert!(html.contains("<span class=\"d\">-old</span>\n"), "{html}");
    }

    proptest::proptest! {
        #[test]
        fn highlighting_preserves_the_text(code in "[a-z<>&\"'/*#{}()\\[\\]\\\\ \n]{0,120}") {
            for syntax in ["Rust", "TypeScript", "Bourne Again Shell (bash)"] {
                let html = highlight(syntax, &code);
                let mut text = String::new();
                let mut rest = html.as_str();
                while let Some((before, after)) = rest.split_once('<') {
                    text.push_str(before);
                    rest = after.split_once('>').map_or("", |(_, after)| after);
                }
                text.push_str(rest);
                let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
                proptest::prop_assert_eq!(&text, &code);
            }
        }
    }
}
