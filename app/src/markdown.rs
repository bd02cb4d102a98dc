//! Parts of Markdown: headings, links, listings, escaped text.

use std::fmt::Write as _;

use crate::model::{Frame, Listing};

/// Returns the absolute URL of an address of this site.
pub(crate) fn absolute(frame: &Frame, href: &str) -> String {
    if href.starts_with('/') { format!("{}{href}", frame.origin) } else { href.to_owned() }
}

/// Formats a title and a lead.
pub(crate) fn head(title: &str, lead: &str) -> String {
    let mut out = format!("# {}\n\n", text(title));
    if !lead.is_empty() {
        out.push_str(&text(lead));
        out.push_str("\n\n");
    }
    out
}

/// Formats a link.
pub(crate) fn link(frame: &Frame, title: &str, href: &str) -> String {
    format!("[{}]({})", text(title), absolute(frame, href))
}

/// Formats links with descriptions.
pub(crate) fn listings(frame: &Frame, listings: &[Listing]) -> String {
    let mut out = String::new();
    for Listing { link: page, description } in listings {
        let _ = writeln!(out, "- {}\n  {}", link(frame, &page.title, &page.href), text(description));
    }
    out.push('\n');
    out
}

/// Formats the problems of an invalid file.
pub(crate) fn problems(problems: &[String]) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let mut out = String::from(
        "This page can’t be shown\n\nFix the problems in its file first. All other pages are available.\n\n",
    );
    for problem in problems {
        let _ = writeln!(out, "- {}", text(problem));
    }
    out.push('\n');
    out
}

/// Escapes a text so that Markdown shows it unchanged (CommonMark 0.31, section 2.4).
pub(crate) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let letters: Vec<char> = text.chars().collect();
    let is_word = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|letter| letter.is_alphanumeric());
    for (at, letter) in letters.iter().enumerate() {
        let is_sign = match letter {
            '\\' | '`' | '*' | '[' | ']' | '<' => true,
            // A URL would become a link, and escapes within it would become part of its target.
            ':' => letters[at + 1..].starts_with(&['/', '/']),
            '_' => !(is_word(at.checked_sub(1)) && is_word(Some(at + 1))),
            '#' | '>' | '+' | '-' => at == 0,
            _ => false,
        };
        if is_sign {
            out.push('\\');
        }
        out.push(if letter.is_control() { ' ' } else { *letter });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_syntax_in_text_is_escaped() {
        assert_eq!(text("`a` *b* [c](d) <e> \\"), "\\`a\\` \\*b\\* \\[c\\](d) \\<e> \\\\");
        assert_eq!(text("BASE_PATH and _this_"), "BASE_PATH and \\_this\\_");
        assert_eq!(text("# no heading\nno line"), "\\# no heading no line");
    }
}
