//! Markup and Markdown of a page, with all URLs resolved.

use crate::document::{Document, Reference, ReferenceKind};
use crate::escape::escape_into;
use crate::link::{self, Target};
use crate::markdown_export::export_markdown;
use crate::markup::Piece;
use crate::media::Media;
use crate::page::Page;
use crate::site::Site;

impl Site {
    /// Returns the page's body as plain Markdown: the author's text, with absolute URLs at `origin`. Parses the page
    /// again.
    pub fn markdown(&self, page: &Page, origin: &str) -> String {
        if page.document().is_broken() {
            return String::new();
        }
        export_markdown(&Document::body(&page.file.source), |target, is_image| {
            let kind = if is_image { ReferenceKind::Image } else { ReferenceKind::Link };
            let reference = Reference { target: target.to_owned(), line: 0, kind };
            let address = match link::resolve(self, page, &reference).ok()? {
                Target::Address(address) if address.starts_with('#') => self.href(page.address()) + &address,
                Target::Address(address) => address,
                Target::Media(media) => self.href(&media.address),
            };
            Some(if address.starts_with('/') { format!("{origin}{address}") } else { address })
        })
    }

    /// Renders the page's markup with highlighted code. Parses the page again.
    pub fn body(&self, page: &Page) -> String {
        let references = &page.document().references;
        let target = |index: usize| link::resolve(self, page, references.get(index)?).ok();
        page.file.markup().filled(|out, hole| match hole {
            Piece::Href(index) => {
                let address = match target(*index) {
                    Some(Target::Address(address)) => address,
                    Some(Target::Media(media)) => self.href(&media.address),
                    None => return,
                };
                out.push_str(" href=\"");
                escape_into(out, &address);
                out.push('"');
            }
            Piece::Image(index, alt) => match target(*index) {
                Some(Target::Media(media)) => self.image(out, media, alt),
                _ => escape_into(out, alt),
            },
            Piece::Text(_) => {}
        })
    }

    /// Writes an image. If there is a dark variant, writes both; the stylesheet shows the one for the theme.
    fn image(&self, out: &mut String, media: &Media, alt: &str) {
        let dark = self.media_of_file(&link::dark_variant(&media.path));
        let classes = if dark.is_some() { [" class=\"on-light\"", " class=\"on-dark\""] } else { ["", ""] };
        for (media, class) in std::iter::once(media).chain(dark).zip(classes) {
            out.push_str(&format!("<img{class} src=\""));
            escape_into(out, &self.href(&media.address));
            out.push('"');
            if let Some((width, height)) = media.size {
                out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
            }
            out.push_str(" alt=\"");
            escape_into(out, alt);
            out.push_str("\" loading=\"lazy\" decoding=\"async\">");
        }
    }
}
