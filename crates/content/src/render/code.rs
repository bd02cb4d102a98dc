//! Code blocks: highlighted, marked, numbered, in tabs, or as a terminal session.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use super::Renderer;
use crate::document::ReferenceKind;
use crate::escape::{escape, escape_into};
use crate::fence::{Fence, Mark};
use crate::fingerprint::fingerprint;
use crate::highlight::{Highlighter, plain_lines};
use crate::language::Language;
use crate::markup::Piece;
use crate::problem::{ProblemKind, hint};

/// A code block whose text is being read.
pub(crate) struct OpenCode {
    pub(crate) fence: Fence,
    pub(crate) language: Option<&'static Language>,
    pub(crate) text: String,
}

/// Adjacent code blocks of a group.
#[derive(Default)]
pub(super) struct Tabs {
    group: String,
    /// Label and markup of each block.
    panels: Vec<(String, String)>,
    /// Number of groups on the page so far.
    count: usize,
}

impl Renderer<'_> {
    pub(super) fn open_code(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) {
        let (fence, wrong) = match kind {
            CodeBlockKind::Indented => (Fence::default(), Vec::new()),
            CodeBlockKind::Fenced(info) => Fence::parse(info),
        };
        for reason in wrong {
            self.problem(ProblemKind::BadFence(reason));
        }
        let is_fenced = matches!(kind, CodeBlockKind::Fenced(_));
        if is_fenced && !is_closed(&self.marked.source[range.clone()]) {
            self.problem(ProblemKind::UnclosedFence);
        }
        let language = Language::find(&fence.language);
        if is_fenced && fence.language.is_empty() {
            self.problem(ProblemKind::NoLanguage);
        } else if is_fenced && language.is_none() {
            let name = fence.language.clone();
            let hint = hint(&name, Language::all_names());
            self.problem(ProblemKind::UnknownLanguage { name, hint });
        }
        self.code = Some(OpenCode { fence, language, text: String::new() });
    }

    pub(super) fn close_code(&mut self) {
        let Some(code) = self.code.take() else { return };
        if code.language.is_some_and(Language::is_diagram) {
            self.flush_tabs();
            return self.diagram(&code);
        }
        let markup = figure(&code, self.highlighter);
        match code.fence.group.clone() {
            Some(group) => {
                let label = code.fence.tab.or(code.language.map(|language| language.label.to_owned()));
                let label = label.unwrap_or(code.fence.language);
                // A repeated label begins another group: the tabs of a program may be followed by those of its
                // commands.
                if self.tabs.group != group || self.tabs.panels.iter().any(|(other, _)| *other == label) {
                    self.flush_tabs();
                    self.tabs.group = group;
                }
                self.tabs.panels.push((label, markup));
            }
            None => {
                self.flush_tabs();
                self.out.raw(&markup);
            }
        }
    }

    /// Renders a diagram: the image that `make diagrams` created from exactly this text, named by its hash.
    fn diagram(&mut self, code: &OpenCode) {
        let target = format!("diagrams/{}.svg", fingerprint(code.text.as_bytes(), 6));
        let Some(alt) = code.fence.alt.clone() else {
            return self.problem(ProblemKind::MissingAlt("of this diagram. Add alt=\"…\" after `mermaid`".to_owned()));
        };
        let reference = self.reference(&target, ReferenceKind::Diagram);
        self.out.raw("<figure class=\"diagram\">");
        self.out.hole(Piece::Image(reference, alt));
        if let Some(title) = &code.fence.title {
            self.out.raw("<figcaption>");
            self.out.text(title);
            self.out.raw("</figcaption>");
        }
        self.out.raw("</figure>\n");
    }

    /// Writes a completed group of tabs: `details` elements with the same name, of which the browser keeps one open, so
    /// that each is readable under its label without script.
    pub(super) fn flush_tabs(&mut self) {
        if self.tabs.panels.is_empty() {
            return;
        }
        let tabs = std::mem::take(&mut self.tabs.panels);
        let group = std::mem::take(&mut self.tabs.group);
        if let [(_, only)] = tabs.as_slice() {
            return self.out.raw(only);
        }
        self.tabs.count += 1;
        let mut markup = String::new();
        write_tabs(&mut markup, &group, &format!("tabs-{}", self.tabs.count), &tabs);
        self.out.raw(&markup);
    }
}

/// Writes panels (label and markup) as `details` elements with the same name.
pub(crate) fn write_tabs(out: &mut String, group: &str, name: &str, panels: &[(String, String)]) {
    out.push_str(&format!("<div class=\"tabs\" data-group=\"{}\">\n", escape(group)));
    for (index, (label, markup)) in panels.iter().enumerate() {
        let (label, open) = (escape(label), if index == 0 { " open" } else { "" });
        out.push_str(&format!(
            "<details name=\"{name}\" data-tab=\"{label}\"{open}><summary>{label}</summary>\n{markup}</details>\n"
        ));
    }
    out.push_str("</div>\n");
}

/// Returns true if a fenced block has a closing line.
fn is_closed(block: &str) -> bool {
    let fence = |line: &str| line.trim_start_matches([' ', '\t', '>']).trim_end().to_owned();
    let mut lines = block.lines();
    let opening = fence(lines.next().unwrap_or_default());
    let Some(mark) = opening.chars().next() else { return false };
    let length = opening.chars().take_while(|letter| *letter == mark).count();
    let last = lines.next_back().map(fence).unwrap_or_default();
    last.len() >= length && last.chars().all(|letter| letter == mark)
}

/// Renders a code block.
pub(crate) fn figure(code: &OpenCode, highlighter: Option<&Highlighter>) -> String {
    let fence = &code.fence;
    let is_session = code.language.is_some_and(Language::is_session);
    let mut out = String::with_capacity(code.text.len() * 2 + 200);
    if fence.fold {
        let count = code.text.lines().count();
        let title = fence.title.as_deref().or(code.language.map(|language| language.label)).unwrap_or("Code");
        out.push_str("<details class=\"fold code-fold\"><summary>");
        escape_into(&mut out, title);
        out.push_str(&format!(" <span>{count} lines</span></summary>"));
    }
    out.push_str(if is_session { "<figure class=\"code terminal\">" } else { "<figure class=\"code\">" });
    if let Some(title) = fence.title.as_ref().filter(|_| !fence.fold) {
        out.push_str("<figcaption>");
        escape_into(&mut out, title);
        out.push_str("</figcaption>");
    }
    out.push_str(match (fence.wrap, fence.numbers) {
        (true, Some(_)) => "<pre class=\"wrap numbered\">",
        (true, None) => "<pre class=\"wrap\">",
        (false, Some(_)) => "<pre class=\"numbered\">",
        (false, None) => "<pre>",
    });
    let class = code.language.map_or("text", Language::name);
    out.push_str(&format!("<code class=\"language-{class}\">"));
    let lines = |text: &str, syntax| match highlighter {
        Some(highlighter) => highlighter.lines(text, syntax),
        None => plain_lines(text),
    };
    if is_session {
        session(&mut out, &code.text, |command| lines(command, Some("Bourne Again Shell (bash)")).concat());
    } else {
        let lines = lines(&code.text, code.language.and_then(|language| language.syntax));
        write_lines(&mut out, &lines, fence);
    }
    out.push_str("</code></pre></figure>\n");
    if fence.fold {
        out.push_str("</details>\n");
    }
    out
}

/// Writes lines as elements if they are marked or numbered, or else as plain text.
fn write_lines(out: &mut String, lines: &[String], fence: &Fence) {
    if !fence.needs_lines() {
        let all = lines.concat();
        out.push_str(all.strip_suffix('\n').unwrap_or(&all));
        return;
    }
    for (index, line) in lines.iter().enumerate() {
        let element = match fence.mark_of(index + 1) {
            None | Some(Mark::Focused) => "span",
            Some(Mark::Marked) => "mark",
            Some(Mark::Inserted) => "ins",
            Some(Mark::Deleted) => "del",
        };
        let number = fence.numbers.map(|first| format!(" data-n=\"{}\"", first + index)).unwrap_or_default();
        let class = if fence.is_out_of_focus(index + 1) { "l dim" } else { "l" };
        out.push_str(&format!("<{element} class=\"{class}\"{number}>{line}</{element}>"));
    }
}

/// Writes a terminal session: prompts, commands (with lines continued by `\`) and output.
fn session(out: &mut String, text: &str, highlight: impl Fn(&str) -> String) {
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(command) = line.strip_prefix("$ ") {
            let mut command = command.to_owned();
            while command.ends_with('\\') && lines.peek().is_some() {
                command.push('\n');
                command.push_str(lines.next().unwrap_or_default());
            }
            let command = highlight(&command);
            out.push_str(&format!("<span class=\"p\">$ </span><span class=\"cmd\">{command}</span>"));
        } else {
            out.push_str("<span class=\"out\">");
            escape_into(out, line);
            while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
                out.push('\n');
                escape_into(out, line);
            }
            out.push_str("</span>");
        }
        if lines.peek().is_some() {
            out.push('\n');
        }
    }
}
