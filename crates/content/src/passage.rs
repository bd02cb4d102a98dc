//! Passages of a page, for the search: the text before the first heading, and the text below each heading.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::directive::{self, Marked};
use crate::document::Heading;
use crate::render::options;

/// Part of a page with its own URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// Index of the heading in [`crate::Document::headings`]; none for the text before the first heading.
    pub heading: Option<usize>,
    /// Text without markup; paragraphs are separated by line breaks.
    pub text: String,
    /// Code.
    pub code: String,
}

/// Splits a body into passages; `headings` are those of the parsed document.
pub(crate) fn passages(marked: &Marked, headings: &[Heading]) -> Vec<Passage> {
    let mut passages = vec![Passage::default()];
    let (mut next, mut in_heading, mut in_code) = (0, false, false);
    let mut title = String::new();
    for event in Parser::new_ext(&marked.source, options()) {
        let last = passages.len() - 1;
        let passage = &mut passages[last];
        match event {
            Event::Start(Tag::Heading { .. }) => {
                in_heading = true;
                title.clear();
            }
            Event::End(TagEnd::Heading(_)) => {
                in_heading = false;
                if !title.trim().is_empty() && next < headings.len() {
                    passages.push(Passage { heading: Some(next), ..Passage::default() });
                    next += 1;
                }
            }
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text) | Event::Code(text) => {
                let restored = directive::restore(&text, &marked.lines);
                let text = restored.as_deref().unwrap_or(&text);
                if in_heading {
                    title.push_str(text);
                } else if in_code {
                    passage.code.push_str(text);
                } else {
                    passage.text.push_str(text);
                }
            }
            Event::SoftBreak | Event::HardBreak if in_heading => title.push(' '),
            Event::SoftBreak | Event::HardBreak => passage.text.push(' '),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition,
            ) => passage.text.push('\n'),
            Event::Html(html) => {
                if let Some(index) = directive::index(&html)
                    && let Some(directive::Line::Open { title, .. }) = directive::parse(&marked.lines[index])
                {
                    passage.text.push_str(title);
                    passage.text.push('\n');
                }
            }
            _ => {}
        }
    }
    passages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    #[test]
    fn pages_are_split_into_passages_at_headings() {
        let source = "---\ntitle: A\ndescription: b\n---\nBefore.\n\n## One `x`\n\n- a\n- b\n\n```bash\nls\n```\n\n###\n\n:::details Why\nText\nhere.\n:::\n\n## Two\n";
        let document = Document::parse(source, None);
        let marked = directive::mark(
            source.split_once("---\n").and_then(|(_, rest)| rest.split_once("---\n")).expect("front matter").1,
        );
        let found = passages(&marked, &document.headings);
        let summary: Vec<_> =
            found.iter().map(|passage| (passage.heading, passage.text.as_str(), passage.code.as_str())).collect();
        assert_eq!(summary, [(None, "Before.\n", ""), (Some(0), "a\nb\nWhy\nText here.\n", "ls\n"), (Some(1), "", "")]);
    }
}
