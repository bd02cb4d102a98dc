//! The prose of a page: its text by lines, without code and quotations, checked against the vocabulary.

use std::path::Path;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::directive::{self, Marked};
use crate::front_matter::{self, FrontMatter};
use crate::problem::ProblemKind;
use crate::render::lines::Lines;
use crate::render::options;
use crate::vocabulary::Vocabulary;

/// Avoided words in a file's prose, title and description, by line.
pub(crate) fn avoided_words(path: &Path, source: &str, vocabulary: &Vocabulary) -> Vec<(usize, ProblemKind)> {
    if vocabulary.is_empty() {
        return Vec::new();
    }
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let (front, body) = FrontMatter::split(source, &mut Vec::new());
    let file = path.to_string_lossy();
    let mut found = Vec::new();
    for (key, text) in [("title", &front.title), ("description", &front.description.unwrap_or_default())] {
        let line = front_matter::line_of(source.split_once('\n').map_or("", |(_, rest)| rest), key);
        let text = without_quotations(text);
        found.extend(vocabulary.find(&text, &file).iter().map(|occurrence| (line, occurrence.problem())));
    }
    let first_line = 1 + source[..body.start].bytes().filter(|byte| *byte == b'\n').count();
    for block in blocks(&directive::mark(&source[body]), first_line) {
        let occurrences = vocabulary.find(&block.text, &file);
        found.extend(occurrences.iter().map(|occurrence| (block.line(occurrence.offset), occurrence.problem())));
    }
    found
}

/// A paragraph, heading, cell or list item as plain text.
#[derive(Debug, Default)]
pub(crate) struct Block {
    /// The text. A character that belongs to no prose (code, a quotation) is replaced by `·`.
    pub(crate) text: String,
    /// Offsets in `text` at which a new event begins, with the line in the file.
    starts: Vec<(usize, usize)>,
}

impl Block {
    /// The line in the file of an offset in the text.
    pub(crate) fn line(&self, offset: usize) -> usize {
        let after = self.starts.partition_point(|(start, _)| *start <= offset);
        self.starts[after.saturating_sub(1)].1
    }

    fn push(&mut self, text: &str, line: usize) {
        self.starts.push((self.text.len(), line));
        self.text.push_str(text);
    }
}

/// The blocks of a body. `first_line` is the body's first line in the file.
pub(crate) fn blocks(marked: &Marked, first_line: usize) -> Vec<Block> {
    let lines = Lines::new(&marked.source, first_line);
    let mut blocks = Vec::new();
    let mut block = Block::default();
    let mut in_code = false;
    for (event, range) in Parser::new_ext(&marked.source, options()).into_offset_iter() {
        let line = lines.of(range.start);
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if in_code => {}
            Event::Text(text) => {
                let restored = directive::restore(&text, &marked.lines);
                block.push(restored.as_deref().unwrap_or(&text), line);
            }
            Event::Code(_) => block.push(NO_PROSE, line),
            Event::SoftBreak | Event::HardBreak => block.push(" ", line),
            Event::Html(html) => {
                if let Some(index) = directive::index(&html)
                    && let Some(directive::Line::Open { title, .. }) = directive::parse(&marked.lines[index])
                {
                    block.push(title, line);
                    close(&mut block, &mut blocks);
                }
            }
            Event::Start(tag) if is_block(&tag) => close(&mut block, &mut blocks),
            Event::End(_) if matches!(event, Event::End(end) if is_block_end(end)) => close(&mut block, &mut blocks),
            _ => {}
        }
    }
    close(&mut block, &mut blocks);
    blocks
}

/// The stand-in for code and quotations: a sign that separates words.
const NO_PROSE: &str = "·";

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Superscript | Tag::Subscript
    )
}

fn is_block_end(end: TagEnd) -> bool {
    !matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Superscript
            | TagEnd::Subscript
    )
}

fn close(block: &mut Block, blocks: &mut Vec<Block>) {
    let mut block = std::mem::take(block);
    if !block.text.trim().is_empty() {
        block.text = without_quotations(&block.text);
        blocks.push(block);
    }
}

/// Blanks text between quotation marks or backticks, byte for byte, so that offsets stay. A mark without its pair
/// encloses nothing.
pub fn without_quotations(text: &str) -> String {
    let mut out = text.to_owned();
    // Marks without a pair are left out of the search, which would otherwise read the rest of the text for each.
    let mut marks = vec!['"', '“', '`'];
    let mut from = 0;
    while let Some(found) = out[from..].find(&marks[..]) {
        let open = from + found;
        let mark = out[open..].chars().next().unwrap_or('"');
        let closing = if mark == '“' { '”' } else { mark };
        from = open + mark.len_utf8();
        match out[from..].find(closing) {
            Some(length) => {
                out.replace_range(from..from + length, &".".repeat(length));
                from += length + closing.len_utf8();
            }
            None => marks.retain(|other| *other != mark),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<(String, usize)> {
        let marked = directive::mark(source);
        let blocks = blocks(&marked, 5);
        blocks.into_iter().map(|block| (block.text.clone(), block.line(block.text.len() - 1))).collect()
    }

    #[test]
    fn prose_excludes_code_and_quotations() {
        let blocks =
            found("A `code` and **bold** \"said so\"\nnext “too”.\n\n```text\nfence\n```\n\n- item\n\n## Head\n");
        let texts: Vec<&str> = blocks.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(texts, ["A · and bold \".......\" next “...”.", "item", "Head"]);
    }

    #[test]
    fn blocks_map_to_source_lines() {
        let blocks = found("one\ntwo\n\n| a | b |\n|---|---|\n| c | d |\n\n:::details Title\nin\n:::\n");
        let lines: Vec<(&str, usize)> = blocks.iter().map(|(text, line)| (text.as_str(), *line)).collect();
        assert_eq!(lines, [("one two", 6), ("a", 8), ("b", 8), ("c", 10), ("d", 10), ("Title", 12), ("in", 13)]);
    }

    #[test]
    fn unpaired_quotation_marks_quote_nothing() {
        assert_eq!(without_quotations("5\" wide, “open, `a`"), "5\" wide, “open, `.`");
        let marks = "“".repeat(200_000);
        assert_eq!(without_quotations(&marks), marks, "in linear time");
    }
}
