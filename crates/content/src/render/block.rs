//! Blocks: paragraphs, headings, lists, quotes and callouts.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::Renderer;
use crate::document::Heading;
use crate::heading::slug;
use crate::markup::Markup;
use crate::problem::ProblemKind;

/// A heading under construction.
pub(super) struct OpenHeading {
    level: u8,
    id: Option<String>,
    line: usize,
    /// Text without markup, for its ID and the table of contents.
    pub(super) text: String,
    /// The previous output target.
    before: Markup,
}

impl Renderer<'_> {
    pub(super) fn start(&mut self, tag: Tag<'_>, next: Option<&Event<'_>>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.out.raw("<p>"),
            Tag::Heading { level, id, .. } => self.open_heading(level as u8, id.map(|id| id.to_string())),
            Tag::BlockQuote(kind) => self.open_quote(kind),
            Tag::CodeBlock(kind) => self.open_code(&kind, range),
            Tag::List(Some(1)) => self.out.raw("<ol>\n"),
            Tag::List(Some(first)) => self.out.raw(&format!("<ol start=\"{first}\">\n")),
            Tag::List(None) => self.out.raw("<ul>\n"),
            Tag::Item if matches!(next, Some(Event::TaskListMarker(_))) => self.out.raw("<li class=\"task\">"),
            Tag::Item => self.out.raw("<li>"),
            Tag::FootnoteDefinition(label) => self.open_footnote(&label),
            Tag::DefinitionList => self.out.raw("<dl>\n"),
            Tag::DefinitionListTitle => self.out.raw("<dt>"),
            Tag::DefinitionListDefinition => self.out.raw("<dd>"),
            Tag::Table(alignments) => self.open_table(alignments),
            Tag::TableHead => self.open_table_head(),
            Tag::TableRow => self.out.raw("<tr>"),
            Tag::TableCell => self.open_cell(),
            Tag::Emphasis => self.open_mark("<em>"),
            Tag::Strong => self.open_mark("<strong>"),
            Tag::Strikethrough => self.open_mark("<del>"),
            Tag::Superscript => self.open_mark("<sup>"),
            Tag::Subscript => self.open_mark("<sub>"),
            Tag::Link { dest_url, link_type, .. } => self.open_link(&dest_url, link_type),
            Tag::Image { dest_url, .. } => self.open_image(&dest_url),
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
        }
    }

    pub(super) fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph => {
                self.close_inline_tags();
                self.out.raw("</p>\n");
            }
            TagEnd::Heading(_) => self.close_heading(),
            TagEnd::BlockQuote(None) => self.out.raw("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.out.raw("</div>\n"),
            TagEnd::CodeBlock => self.close_code(),
            TagEnd::List(true) => self.out.raw("</ol>\n"),
            TagEnd::List(false) => self.out.raw("</ul>\n"),
            TagEnd::Item => {
                self.close_inline_tags();
                self.out.raw("</li>\n");
            }
            TagEnd::FootnoteDefinition => self.close_footnote(),
            TagEnd::DefinitionList => self.out.raw("</dl>\n"),
            TagEnd::DefinitionListTitle => {
                self.close_inline_tags();
                self.out.raw("</dt>\n");
            }
            TagEnd::DefinitionListDefinition => {
                self.close_inline_tags();
                self.out.raw("</dd>\n");
            }
            TagEnd::Table => self.out.raw("</tbody></table></div>\n"),
            TagEnd::TableHead => self.out.raw("</tr></thead>\n<tbody>\n"),
            TagEnd::TableRow => self.close_row(),
            TagEnd::TableCell => self.close_cell(),
            TagEnd::Emphasis => self.close_mark("</em>"),
            TagEnd::Strong => self.close_mark("</strong>"),
            TagEnd::Strikethrough => self.close_mark("</del>"),
            TagEnd::Superscript => self.close_mark("</sup>"),
            TagEnd::Subscript => self.close_mark("</sub>"),
            TagEnd::Link => self.close_link(),
            TagEnd::Image => self.close_image(),
            TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// Opens a quote, or a callout if it begins with `[!NOTE]` or a similar marker.
    fn open_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let (class, title) = match kind {
            None => return self.out.raw("<blockquote>\n"),
            Some(BlockQuoteKind::Note) => ("note", "Note"),
            Some(BlockQuoteKind::Tip) => ("tip", "Tip"),
            Some(BlockQuoteKind::Important) => ("important", "Important"),
            Some(BlockQuoteKind::Warning) => ("warning", "Warning"),
            Some(BlockQuoteKind::Caution) => ("caution", "Caution"),
        };
        self.out.raw(&format!("<div class=\"callout {class}\" role=\"note\"><p class=\"callout-title\">{title}</p>\n"));
    }

    fn open_heading(&mut self, level: u8, id: Option<String>) {
        let before = std::mem::take(&mut self.out);
        let line = self.line;
        if level == 1 {
            self.problem(ProblemKind::TopHeading);
        } else if level > self.level + 1 {
            self.problem(ProblemKind::SkippedLevel { before: self.level, found: level });
        }
        let level = level.max(2);
        self.level = level;
        self.heading = Some(OpenHeading { level, id, line, text: String::new(), before });
    }

    /// Closes a heading. Its text links to itself: reachable by keyboard, without another element.
    fn close_heading(&mut self) {
        self.close_inline_tags();
        let Some(heading) = self.heading.take() else { return };
        let inner = std::mem::replace(&mut self.out, heading.before);
        let text = heading.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            self.problem(ProblemKind::EmptyHeading);
            return;
        }
        let assigned = self.ids.assign(&heading.id.unwrap_or_else(|| slug(&text)), heading.line);
        if let Some(first) = assigned.first_use {
            let id = slug(&text);
            self.problem(ProblemKind::DuplicateId { id, first });
        }
        let level = heading.level;
        self.out.raw(&format!("<h{level} id=\""));
        self.out.text(&assigned.id);
        self.out.raw("\"><a href=\"#");
        self.out.text(&assigned.id);
        self.out.raw("\">");
        self.out.append(inner);
        self.out.raw(&format!("</a></h{level}>\n"));
        self.document.headings.push(Heading { level, id: assigned.id, text, line: heading.line });
    }
}
