//! Rendering of parser events as markup, in one pass.
//!
//! The pass never recurses (malicious nesting would overflow the stack) and never stops at an error: it records the
//! problem with its line and continues with the nearest well-formed markup.

mod block;
pub(crate) mod code;
mod container;
mod footnote;
mod inline;
pub(crate) mod lines;
mod table;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::directive::Marked;
use crate::document::{Document, Reference, ReferenceKind};
use crate::heading::Ids;
use crate::highlight::Highlighter;
use crate::markup::Markup;
use crate::problem::ProblemKind;

/// Maximum nesting depth of blocks and emphasis.
const MAX_DEPTH: usize = 48;

/// Enabled extensions of CommonMark.
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// Renders the body of a file into `document`. `first_line` is the body's first line in the file.
pub(crate) fn render(marked: &Marked, first_line: usize, highlighter: Option<&Highlighter>, document: &mut Document) {
    if let Some(line) = lines::too_deep(&marked.source, MAX_DEPTH) {
        document.problems.push((first_line + line, ProblemKind::TooDeep(MAX_DEPTH)));
        return;
    }
    let mut events = Vec::new();
    let mut depth = 0_usize;
    for (event, range) in Parser::new_ext(&marked.source, options()).into_offset_iter() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            let line = lines::Lines::new(&marked.source, first_line).of(range.start);
            document.problems.push((line, ProblemKind::TooDeep(MAX_DEPTH)));
            return;
        }
        events.push((event, range));
    }
    let mut renderer = Renderer {
        marked,
        lines: lines::Lines::new(&marked.source, first_line),
        highlighter,
        document,
        out: Markup::default(),
        ids: Ids::default(),
        line: first_line,
        level: 1,
        depth: 0,
        heading: None,
        code: None,
        image: None,
        table: table::Table::default(),
        tabs: code::Tabs::default(),
        footnotes: footnote::Footnotes::default(),
        directives: Vec::new(),
        inline_tags: Vec::new(),
    };
    let mut upcoming = events.into_iter().peekable();
    while let Some((event, range)) = upcoming.next() {
        renderer.line = renderer.lines.of(range.start);
        let next = upcoming.peek().map(|(event, _)| event);
        renderer.event(event, next, range);
    }
    renderer.finish();
}

/// State of the pass.
struct Renderer<'a> {
    marked: &'a Marked,
    lines: lines::Lines,
    highlighter: Option<&'a Highlighter>,
    document: &'a mut Document,
    /// Output target: the body, or a heading or footnote under construction.
    out: Markup,
    ids: Ids,
    /// Line of the current event.
    line: usize,
    /// Level of the preceding heading.
    level: u8,
    /// Number of open elements.
    depth: usize,
    heading: Option<block::OpenHeading>,
    code: Option<code::OpenCode>,
    image: Option<inline::OpenImage>,
    table: table::Table,
    tabs: code::Tabs,
    footnotes: footnote::Footnotes,
    directives: Vec<container::Open>,
    inline_tags: Vec<&'static str>,
}

impl Renderer<'_> {
    fn event(&mut self, event: Event<'_>, next: Option<&Event<'_>>, range: std::ops::Range<usize>) {
        if !matches!(event, Event::Start(Tag::CodeBlock(_))) && self.code.is_none() {
            self.flush_tabs();
        }
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                self.start(tag, next, &range);
            }
            Event::End(end) => {
                self.close_directives_inside(self.depth);
                self.end(end);
                self.depth -= 1;
            }
            Event::Text(text) => self.text(&text),
            Event::Code(text) => self.inline_code(&text),
            Event::Html(html) => self.html_block(&html),
            Event::InlineHtml(html) => self.inline_html(&html),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.markup("<br>\n"),
            Event::Rule => self.out.raw("<hr>\n"),
            Event::TaskListMarker(done) => self.task(done),
            // Not enabled; rendered as text if that changes.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
        }
    }

    fn finish(&mut self) {
        self.flush_tabs();
        self.close_directives_inside(0);
        self.finish_footnotes();
        self.document.markup = std::mem::take(&mut self.out);
    }

    /// Records a problem of the current line.
    fn problem(&mut self, kind: ProblemKind) {
        self.document.problems.push((self.line, kind));
    }

    /// Writes markup of the text flow, which is omitted in alt texts.
    fn markup(&mut self, markup: &str) {
        if self.image.is_none() {
            self.out.raw(markup);
        }
    }

    /// Records a reference; its index fills the placeholder later.
    fn reference(&mut self, target: &str, kind: ReferenceKind) -> usize {
        self.document.references.push(Reference { target: target.to_owned(), line: self.line, kind });
        self.document.references.len() - 1
    }
}
