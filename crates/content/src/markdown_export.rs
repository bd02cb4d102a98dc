//! Markdown export of a page: the author's text, with the pipeline's extensions as plain Markdown and absolute URLs.
//!
//! The source is edited instead of rewritten: link and image targets, directive lines, labels of tabs, comments. All
//! other text stays unchanged.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag};

use crate::directive::{self, Line, Marked};
use crate::fence::Fence;
use crate::language::Language;
use crate::render::options;

/// Replacement of a part of the source.
type Edit = (Range<usize>, String);

/// Exports the body of a page as plain Markdown. `absolute` resolves the target of a link or image to an absolute URL;
/// unknown targets stay unchanged.
pub(crate) fn export_markdown(marked: &Marked, mut absolute: impl FnMut(&str, bool) -> Option<String>) -> String {
    let source = marked.source.as_str();
    let parser = Parser::new_ext(source, options());
    let mut edits: Vec<Edit> = Vec::new();
    for (_, definition) in parser.reference_definitions().iter() {
        let written = &source[definition.span.clone()];
        let target = written.find("]:").and_then(|at| destination(written, at + 2));
        if let (Some(range), Some(address)) = (target, absolute(&definition.dest, false)) {
            edits.push((shifted(&range, definition.span.start), address));
        }
    }
    let mut tabs = Tabs::default();
    // Open links and images, with the end of the last event inside each.
    let mut open: Vec<(String, bool, usize)> = Vec::new();
    for (event, range) in parser.into_offset_iter() {
        if !matches!(
            event,
            Event::Text(_) | Event::Start(Tag::CodeBlock(_)) | Event::End(pulldown_cmark::TagEnd::CodeBlock)
        ) {
            tabs.end(&mut edits);
        }
        if let Some((_, _, seen)) = open.last_mut()
            && !matches!(event, Event::End(_))
        {
            *seen = (*seen).max(range.end);
        }
        match event {
            Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, .. }) => {
                open.push((dest_url.into_string(), false, range.start + 1));
            }
            Event::Start(Tag::Image { link_type: LinkType::Inline, dest_url, .. }) => {
                open.push((dest_url.into_string(), true, range.start + 2));
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => open.push((String::new(), false, range.end)),
            Event::End(pulldown_cmark::TagEnd::Link | pulldown_cmark::TagEnd::Image) => {
                let Some((target, is_image, seen)) = open.pop() else { continue };
                if let Some((_, _, outer)) = open.last_mut() {
                    *outer = (*outer).max(range.end);
                }
                let rest = source.get(seen..range.end).unwrap_or_default();
                let place = rest.find("](").and_then(|at| destination(rest, at + 2));
                if let (Some(place), Some(address)) = (place, absolute(&target, is_image)) {
                    edits.push((shifted(&place, seen), address));
                }
            }
            Event::Start(Tag::Heading { id: Some(id), .. }) => {
                let written = &source[range.clone()];
                if let Some(at) = written.rfind(&format!("{{#{id}")) {
                    let end = written[at..].find('}').map_or(written.len(), |end| at + end + 1);
                    let start = written[..at].trim_end().len();
                    edits.push((shifted(&(start..end), range.start), String::new()));
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                tabs.block(&info, range.start, source, &mut edits);
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => tabs.end(&mut edits),
            Event::Html(html) | Event::InlineHtml(html) => {
                if let Some(index) = directive::index(&html) {
                    edits.push((trimmed(source, range), plain_line(&marked.lines[index])));
                } else if html.trim().starts_with("<!--") && html.trim().ends_with("-->") {
                    edits.push((trimmed(source, range), String::new()));
                }
            }
            _ => {}
        }
    }
    tabs.end(&mut edits);
    let text = applied(source, edits);
    directive::restore(&text, &marked.lines).unwrap_or(text)
}

/// Labels in front of the fences of a group, inserted if the group has more than one.
#[derive(Default)]
struct Tabs {
    group: String,
    names: Vec<String>,
    labels: Vec<Edit>,
}

impl Tabs {
    fn block(&mut self, info: &str, start: usize, source: &str, edits: &mut Vec<Edit>) {
        let (fence, _) = Fence::parse(info);
        let Some(group) = fence.group else { return self.end(edits) };
        let language = Language::find(&fence.language).map(|language| language.label.to_owned());
        let label = fence.tab.or(language).unwrap_or(fence.language);
        if group != self.group || self.names.contains(&label) {
            self.end(edits);
            self.group = group;
        }
        let line = source[..start].rfind('\n').map_or(0, |at| at + 1);
        self.labels.push((start..start, format!("**{label}**\n\n{}", indentation(&source[line..start]))));
        self.names.push(label);
    }

    fn end(&mut self, edits: &mut Vec<Edit>) {
        let labels = std::mem::take(&mut self.labels);
        self.group.clear();
        self.names.clear();
        if labels.len() > 1 {
            edits.extend(labels);
        }
    }
}

/// Returns the prefix that keeps a line in the same block: quote markers stay, list markers become spaces.
fn indentation(before: &str) -> String {
    before.chars().map(|letter| if matches!(letter, '>' | '\t') { letter } else { ' ' }).collect()
}

/// Returns the plain Markdown for a directive's line.
fn plain_line(line: &str) -> String {
    match directive::parse(line) {
        Some(Line::Open { name, title, .. }) => {
            let plain = directive::find(name).ok().and_then(|directive| directive.plain(title));
            plain.map_or_else(String::new, |plain| plain + "\n")
        }
        _ => String::new(),
    }
}

/// Finds the link destination that begins at `from` (CommonMark 0.31, section 6.3): in angle brackets, or up to white
/// space or an unbalanced parenthesis.
fn destination(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let start = from + (rest.len() - rest.trim_start().len());
    let rest = &text[start..];
    if rest.starts_with('<') {
        return rest.find('>').map(|end| start..start + end + 1);
    }
    let (mut depth, mut escaped) = (0_usize, false);
    let end = rest.find(|letter: char| {
        let was_escaped = escaped;
        escaped = letter == '\\' && !was_escaped;
        match letter {
            '(' if !was_escaped => depth += 1,
            ')' if !was_escaped && depth == 0 => return true,
            ')' if !was_escaped => depth -= 1,
            _ => {}
        }
        letter.is_ascii_whitespace()
    });
    Some(start..start + end.unwrap_or(rest.len()))
}

fn shifted(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// Returns the range without leading and trailing white space.
fn trimmed(source: &str, range: Range<usize>) -> Range<usize> {
    let text = &source[range.clone()];
    let start = range.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}

fn applied(source: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(source.len() + 512);
    let mut at = 0;
    for (range, text) in edits {
        // Edits overlap only if they are duplicates, such as those of a definition that is used twice.
        if range.start < at {
            continue;
        }
        out.push_str(&source[at..range.start]);
        out.push_str(&text);
        at = range.end;
    }
    out.push_str(&source[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(source: &str) -> String {
        export_markdown(&directive::mark(source), |target, is_image| {
            let kind = if is_image { "image" } else { "page" };
            (!target.starts_with("https:")).then(|| format!("https://x/{kind}/{target}"))
        })
    }

    #[test]
    fn link_targets_become_absolute_and_other_text_is_unchanged() {
        for (source, expected) in [
            ("See [a *b*](c.md#d \"T\").\n", "See [a *b*](https://x/page/c.md#d \"T\").\n"),
            (
                "![alt](<a b.png>) and [![i](i.png)](p.md)\n",
                "![alt](https://x/image/a b.png) and [![i](https://x/image/i.png)](https://x/page/p.md)\n",
            ),
            (
                "[x](https://e.org) <https://e.org> [](e.md)\n",
                "[x](https://e.org) <https://e.org> [](https://x/page/e.md)\n",
            ),
            ("[x][r] and [r]\n\n[r]: a.md 'T'\n", "[x][r] and [r]\n\n[r]: https://x/page/a.md 'T'\n"),
            ("`[x](a.md)` and \\[x](a.md)\n", "`[x](a.md)` and \\[x](a.md)\n"),
            ("[x](a(b).md)\n", "[x](https://x/page/a(b).md)\n"),
            ("## A {#own}\n\nText <!-- gone -->here.\n", "## A\n\nText here.\n"),
        ] {
            assert_eq!(plain(source), expected);
        }
    }

    #[test]
    fn directives_are_removed_outside_code() {
        assert_eq!(plain("a\n:::steps\n1. b\n:::\nc\n"), "a\n\n1. b\n\nc\n");
        assert_eq!(plain(":::details If it fails\nb\n:::\n"), "**If it fails**\n\nb\n\n");
        assert_eq!(plain("```markdown\n:::steps\n```\n"), "```markdown\n:::steps\n```\n");
    }

    #[test]
    fn all_tabs_are_exported_under_their_labels() {
        let tabs = "```bash group=os\na\n```\n\n```text group=os tab=\"B C\"\nb\n```\n";
        assert_eq!(
            plain(tabs),
            "**Shell**\n\n```bash group=os\na\n```\n\n**B C**\n\n```text group=os tab=\"B C\"\nb\n```\n"
        );
        assert_eq!(plain("```bash group=os\na\n```\n\nText.\n"), "```bash group=os\na\n```\n\nText.\n");
        assert_eq!(
            plain("- x\n\n  ```bash group=g\n  a\n  ```\n\n  ```c group=g\n  b\n  ```\n"),
            "- x\n\n  **Shell**\n\n  ```bash group=g\n  a\n  ```\n\n  **C**\n\n  ```c group=g\n  b\n  ```\n"
        );
    }

    proptest::proptest! {
        #[test]
        fn arbitrary_text_is_exported(body in "([a-z \\n>*`()!<#:\\[\\]{}\"\\\\-]|:::details x\\n|\\n:::\\n|```c group=a\\n|<!--|-->){0,60}") {
            let _ = plain(&body);
        }
    }
}
