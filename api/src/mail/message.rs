//! Content of emails, rendered as plain text and as HTML.

use std::fmt::Write as _;
use std::io;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::Writer;
use quick_xml::events::BytesText;
use serde::{Deserialize, Serialize};

/// Email without its recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Email {
    /// Subject, also the heading.
    pub subject: String,
    /// Parts, in order.
    pub parts: Vec<Part>,
}

/// Part of an email.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Paragraph.
    Text(String),
    /// Button with a link.
    Action {
        /// Label.
        title: String,
        /// URL.
        url: String,
    },
    /// Command to copy.
    Command(String),
}

const BODY: &str = "margin:0 auto;max-width:34rem;padding:24px;overflow-wrap:anywhere;font:16px/1.5 system-ui,sans-serif;color:#14202b;background:#fff";
const BUTTON: &str = "display:inline-block;padding:10px 18px;border-radius:6px;background:#0b6e69;color:#fff;font-weight:600;text-decoration:none";
const HEADING: &str = "font-size:22px";
const QUIET: &str = "color:#51606b;font-size:14px;word-break:break-all";
const COMMAND: &str =
    "padding:12px;background:#f3f5f5;font:13px/1.5 monospace;white-space:pre-wrap;word-break:break-all";

impl Email {
    /// Adds a paragraph.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Part::Text(text.into()));
        self
    }

    /// Adds a button with a link.
    #[must_use]
    pub fn action(mut self, title: &str, url: &str) -> Self {
        self.parts.push(Part::Action { title: title.to_owned(), url: url.to_owned() });
        self
    }

    /// Adds a command.
    #[must_use]
    pub fn command(mut self, command: &str) -> Self {
        self.parts.push(Part::Command(command.to_owned()));
        self
    }

    /// Creates an empty email.
    pub fn new(subject: &str) -> Self {
        Self { subject: subject.to_owned(), parts: Vec::new() }
    }

    /// Renders plain text. URLs and commands are on lines of their own.
    pub fn plain(&self) -> String {
        let mut out = String::new();
        for (index, part) in self.parts.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n" };
            let _ = match part {
                Part::Text(text) => writeln!(out, "{gap}{text}"),
                Part::Action { title, url } => writeln!(out, "{gap}{title}:\n\n{url}"),
                Part::Command(command) => writeln!(out, "{gap}{command}"),
            };
        }
        out
    }

    /// Renders HTML, without external resources; text is escaped.
    ///
    /// # Errors
    ///
    /// Errors of the XML writer.
    pub fn html(&self) -> io::Result<String> {
        document(&self.subject, |writer| self.write_into(writer))
    }

    /// Writes the heading and the parts.
    fn write_into(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let text = |text: &str| BytesText::new(text).into_owned();
        writer.create_element("h1").with_attribute(("style", HEADING)).write_text_content(text(&self.subject))?;
        for part in &self.parts {
            match part {
                Part::Text(words) => {
                    writer.create_element("p").write_text_content(text(words))?;
                }
                Part::Action { title, url } => {
                    let button = |writer: &mut Writer<Vec<u8>>| {
                        let link = writer.create_element("a").with_attribute(("href", url.as_str()));
                        link.with_attribute(("style", BUTTON)).write_text_content(text(title))?;
                        Ok(())
                    };
                    writer.create_element("p").write_inner_content(button)?;
                    writer.create_element("p").with_attribute(("style", QUIET)).write_text_content(text(url))?;
                }
                Part::Command(command) => {
                    writer
                        .create_element("pre")
                        .with_attribute(("style", COMMAND))
                        .write_text_content(text(command))?;
                }
            }
        }
        Ok(())
    }
}

/// Renders several emails as one page with their recipients, for development.
///
/// # Errors
///
/// Errors of the XML writer.
pub fn render_page(emails: &[(String, Email)]) -> io::Result<String> {
    document("Emails", |writer| {
        if emails.is_empty() {
            writer.create_element("p").write_text_content(BytesText::new("No emails sent yet."))?;
        }
        for (to, email) in emails {
            writer.create_element("article").write_inner_content(|writer| {
                writer.create_element("p").write_text_content(BytesText::new(&format!("To: {to}")))?;
                email.write_into(writer)
            })?;
        }
        Ok(())
    })
}

/// Returns a Content-Security-Policy that allows only the styles of [`render_page`] (CSP Level 3, section 2.3.1:
/// `'unsafe-hashes'` enables hashes for style attributes).
pub fn content_security_policy() -> String {
    let hash = |style: &str| format!("'sha256-{}'", STANDARD.encode(digest(&SHA256, style.as_bytes())));
    let hashes = [BODY, BUTTON, HEADING, QUIET, COMMAND].map(hash).join(" ");
    format!("default-src 'none'; style-src 'unsafe-hashes' {hashes}; frame-ancestors 'none'")
}

fn document(title: &str, body: impl Fn(&mut Writer<Vec<u8>>) -> io::Result<()>) -> io::Result<String> {
    let mut writer = Writer::new(Vec::new());
    writer.create_element("html").with_attribute(("lang", "en")).write_inner_content(|writer| {
        writer.create_element("head").write_inner_content(|writer| {
            writer.create_element("meta").with_attribute(("charset", "utf-8")).write_empty()?;
            let viewport = [("name", "viewport"), ("content", "width=device-width")];
            writer.create_element("meta").with_attributes(viewport).write_empty()?;
            writer.create_element("title").write_text_content(BytesText::new(title))?;
            Ok(())
        })?;
        writer.create_element("body").with_attribute(("style", BODY)).write_inner_content(&body)?;
        Ok(())
    })?;
    let document = String::from_utf8(writer.into_inner()).map_err(io::Error::other)?;
    Ok(format!("<!DOCTYPE html>\n{document}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_have_the_same_content_and_text_is_escaped() {
        let email = Email::new("Confirm <it>")
            .text("For \"A & <b>B</b>\".")
            .action("Verify email address", "https://example.com/verify/slink_x?a=1&b=2")
            .command("curl x --json '{\"a\":1}'");
        assert_eq!(
            email.plain(),
            "For \"A & <b>B</b>\".\n\nVerify email address:\n\nhttps://example.com/verify/slink_x?a=1&b=2\n\ncurl x --json '{\"a\":1}'\n"
        );
        let html = email.html().expect("HTML");
        assert!(html.contains("<h1 style=\"font-size:22px\">Confirm &lt;it&gt;</h1>"), "{html}");
        assert!(html.contains("A &amp; &lt;b&gt;B&lt;/b&gt;") && !html.contains("<b>"), "{html}");
        assert!(html.contains("href=\"https://example.com/verify/slink_x?a=1&amp;b=2\""), "{html}");
        assert!(!html.contains("<img") && !html.contains("<script") && !html.contains("src="), "{html}");
    }
}
