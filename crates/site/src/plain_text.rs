//! Sanitization of external text.

use domain::field::is_hidden;

/// Removes characters that hide, reorder or imitate other text: those that the API rejects, and supplementary variation
/// selectors that don't follow an ideograph, since words can be hidden in them from people and shown to machines.
/// Joiners and selectors that scripts and emoji need are kept. Line breaks become spaces.
pub fn plain_text(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if is_shown(letter, &out) {
            out.push(letter);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Returns true for printable ASCII with single spaces inside, the most common text.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().all(|byte| matches!(byte, b' '..=b'~'))
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && !bytes.windows(2).any(|pair| pair == b"  ")
}

fn is_shown(letter: char, before: &str) -> bool {
    match letter {
        '\u{e0100}'..='\u{e01ef}' => before.chars().next_back().is_some_and(is_ideograph),
        _ => !is_hidden(letter),
    }
}

/// Returns true for a character that can begin an ideographic variation sequence (UTS #37).
fn is_ideograph(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Shortens a text to at most `max_chars` characters, cut between words where possible.
pub fn shorten(text: &str, max_chars: usize) -> String {
    let text = plain_text(text);
    let Some((end, _)) = text.char_indices().nth(max_chars) else { return text };
    let cut = &text[..end];
    let at = cut.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", cut[..at].trim_end_matches([' ', ',', ';', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_and_bidi_characters_are_removed_and_scripts_are_preserved() {
        assert_eq!(plain_text("a\u{202e}b\u{200b}c\r\n\td\u{e0041}\u{e0042}"), "abc d");
        assert_eq!(plain_text("  नमस्ते \u{200d}क्\u{200d}ष 👩\u{200d}🔬 "), "नमस्ते \u{200d}क्\u{200d}ष 👩\u{200d}🔬");
        assert_eq!(plain_text("مرحبا"), "مرحبا");
        assert_eq!(plain_text("ᠠ\u{180b}"), "ᠠ\u{180b}", "Mongolian variation selectors are preserved");
    }

    #[test]
    fn exactly_the_hidden_characters_are_removed() {
        for letter in ('\0'..=char::MAX).filter(|letter| !('\u{e0100}'..='\u{e01ef}').contains(letter)) {
            let text = format!("a{letter}b");
            let expected = match (letter.is_whitespace(), is_hidden(letter)) {
                (true, _) => "a b",
                (false, true) => "ab",
                (false, false) => &text,
            };
            assert_eq!(plain_text(&text), expected, "U+{:04X}", u32::from(letter));
        }
    }

    #[test]
    fn repeated_and_misplaced_variation_selectors_are_removed() {
        assert_eq!(plain_text("葛\u{e0100}城"), "葛\u{e0100}城", "one selector after an ideograph is preserved");
        assert_eq!(plain_text("a\u{e0158}\u{e0159}b 葛\u{e0100}\u{e0158}\u{e0159}"), "ab 葛\u{e0100}");
    }

    #[test]
    fn long_text_is_truncated_at_a_word_boundary_if_there_is_one() {
        assert_eq!(shorten("one two three", 9), "one two…");
        assert_eq!(shorten(&"x".repeat(50), 10), format!("{}…", "x".repeat(10)));
        assert_eq!(shorten("short", 10), "short");
    }

    proptest::proptest! {
        #[test]
        fn plain_text_is_idempotent_and_shorten_is_bounded(text in ".{0,80}") {
            let once = plain_text(&text);
            proptest::prop_assert_eq!(plain_text(&once), once.clone());
            proptest::prop_assert!(shorten(&text, 20).chars().count() <= 21);
        }
    }
}
