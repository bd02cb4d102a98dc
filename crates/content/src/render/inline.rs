//! Text, links, images, and the few allowed HTML elements.

use pulldown_cmark::LinkType;

use super::Renderer;
use crate::directive;
use crate::document::ReferenceKind;
use crate::markup::Piece;
use crate::problem::ProblemKind;

/// Allowed inline elements without Markdown syntax; no attributes.
const INLINE_TAGS: [&str; 4] = ["kbd", "mark", "sub", "sup"];
/// Allowed void elements.
const VOID_TAGS: [&str; 2] = ["br", "wbr"];

/// Position of a Markdown delimiter among the open inline elements: elements opened after it are closed with it.
const BOUNDARY: &str = "";

/// An image whose alt text is being read.
pub(super) struct OpenImage {
    reference: usize,
    alt: String,
    /// Number of open images within the alt text, which are rendered as text.
    nested: usize,
}

impl Renderer<'_> {
    pub(super) fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            let restored = directive::restore(text, &self.marked.lines);
            return code.text.push_str(restored.as_deref().unwrap_or(text));
        }
        if let Some(image) = &mut self.image {
            return image.alt.push_str(text);
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        self.document.words += text.split_whitespace().count();
        self.out.text(text);
    }

    pub(super) fn inline_code(&mut self, text: &str) {
        if let Some(image) = &mut self.image {
            return image.alt.push_str(text);
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        let restored = directive::restore(text, &self.marked.lines);
        self.out.raw("<code>");
        self.out.text(restored.as_deref().unwrap_or(text));
        self.out.raw("</code>");
    }

    /// Opens a link. Within a heading, which is a link itself, links are rendered as text.
    pub(super) fn open_link(&mut self, target: &str, kind: LinkType) {
        self.inline_tags.push(BOUNDARY);
        if self.heading.is_some() || self.image.is_some() {
            return;
        }
        let mail;
        let target = match kind {
            LinkType::Email => {
                mail = format!("mailto:{target}");
                &mail
            }
            _ => target,
        };
        let reference = self.reference(target, ReferenceKind::Link);
        self.out.raw("<a");
        self.out.hole(Piece::Href(reference));
        self.out.raw(">");
    }

    pub(super) fn close_link(&mut self) {
        self.close_to_boundary();
        if self.heading.is_none() && self.image.is_none() {
            self.out.raw("</a>");
        }
    }

    pub(super) fn open_image(&mut self, target: &str) {
        if let Some(image) = &mut self.image {
            image.nested += 1;
            return;
        }
        let reference = self.reference(target, ReferenceKind::Image);
        self.image = Some(OpenImage { reference, alt: String::new(), nested: 0 });
    }

    pub(super) fn close_image(&mut self) {
        let Some(mut image) = self.image.take() else { return };
        if image.nested > 0 {
            image.nested -= 1;
            self.image = Some(image);
            return;
        }
        let alt = image.alt.trim();
        if alt.is_empty() {
            let target = self.document.references[image.reference].target.clone();
            self.problem(ProblemKind::MissingAlt(target));
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(alt);
        }
        self.out.hole(Piece::Image(image.reference, alt.to_owned()));
    }

    pub(super) fn task(&mut self, done: bool) {
        let (checked, label) = if done { (" checked", "Done") } else { ("", "To do") };
        self.out.raw(&format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "));
    }

    /// Renders a line of an HTML block: a directive, a comment, or text that looks like HTML.
    pub(super) fn html_block(&mut self, html: &str) {
        if let Some(index) = directive::index(html) {
            let line = self.marked.lines[index].clone();
            return self.directive_line(&line);
        }
        let text = html.trim();
        if text.is_empty() || is_comment(text) {
            return;
        }
        self.raw_html(text);
        let restored = directive::restore(html, &self.marked.lines);
        self.out.text(restored.as_deref().unwrap_or(html));
    }

    pub(super) fn inline_html(&mut self, html: &str) {
        if let Some(index) = directive::index(html) {
            let name = self.marked.lines[index].trim_start_matches(':').to_owned();
            let reason = "is inside other text. Add an empty line before it".to_owned();
            return self.problem(ProblemKind::BadDirective { name, reason });
        }
        if is_comment(html) {
            return;
        }
        let name = html.trim_matches(['<', '>']).trim_end_matches([' ', '/']);
        if let Some(image) = &mut self.image {
            return image.alt.push_str(html);
        }
        if let Some(tag) = VOID_TAGS.into_iter().find(|tag| *tag == name) {
            return self.out.raw(&format!("<{tag}>"));
        }
        if let Some(tag) = INLINE_TAGS.into_iter().find(|tag| *tag == name && !html.ends_with("/>")) {
            self.inline_tags.push(tag);
            return self.out.raw(&format!("<{tag}>"));
        }
        if let Some(tag) = name.strip_prefix('/')
            && self.inline_tags.last().is_some_and(|open| *open == tag)
        {
            self.inline_tags.pop();
            return self.out.raw(&format!("</{tag}>"));
        }
        self.raw_html(html);
        self.text(html);
    }

    /// Opens an element of Markdown syntax.
    pub(super) fn open_mark(&mut self, markup: &str) {
        self.markup(markup);
        self.inline_tags.push(BOUNDARY);
    }

    /// Closes an element of Markdown syntax.
    pub(super) fn close_mark(&mut self, markup: &str) {
        self.close_to_boundary();
        self.markup(markup);
    }

    /// Closes inline elements that are still open at the end of their block.
    pub(super) fn close_inline_tags(&mut self) {
        while !self.inline_tags.is_empty() {
            self.close_to_boundary();
        }
    }

    /// Closes inline elements that are still open at the end of the enclosing element.
    fn close_to_boundary(&mut self) {
        while let Some(tag) = self.inline_tags.pop().filter(|tag| *tag != BOUNDARY) {
            self.problem(ProblemKind::RawHtml(format!("<{tag}>")));
            self.out.raw(&format!("</{tag}>"));
        }
    }

    fn raw_html(&mut self, html: &str) {
        let start: String = html.lines().next().unwrap_or_default().chars().take(60).collect();
        self.problem(ProblemKind::RawHtml(start));
    }
}

fn is_comment(html: &str) -> bool {
    html.starts_with("<!--") && html.ends_with("-->")
}
