//! Text from outside, without hidden characters.

/// Removes characters that hide, reorder or fake text: control characters, marks that change the direction of writing,
/// characters without width (except the joiners, which some scripts need), tags and supplementary variation selectors,
/// which hide words from people and show them to machines. Line ends become spaces.
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
        } else if !is_hidden(letter) {
            out.push(letter);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Returns true for printable ASCII with single spaces inside, as most text is.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().all(|byte| matches!(byte, b' '..=b'~'))
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && !bytes.windows(2).any(|pair| pair == b"  ")
}

fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Shortens a text to at most `most` characters, cut between words where possible.
pub fn shorten(text: &str, most: usize) -> String {
    let text = plain_text(text);
    let Some((end, _)) = text.char_indices().nth(most) else { return text };
    let cut = &text[..end];
    let at = cut.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", cut[..at].trim_end_matches([' ', ',', ';', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_or_turns_text_goes_and_scripts_stay() {
        assert_eq!(plain_text("a\u{202e}b\u{200b}c\r\n\td\u{e0041}\u{e0042}"), "abc d");
        assert_eq!(plain_text("  नमस्ते \u{200d}क्\u{200d}ष 👩\u{200d}🔬 "), "नमस्ते \u{200d}क्\u{200d}ष 👩\u{200d}🔬");
        assert_eq!(plain_text("مرحبا"), "مرحبا");
    }

    #[test]
    fn long_text_is_cut_between_words_and_words_without_end_anywhere() {
        assert_eq!(shorten("one two three", 9), "one two…");
        assert_eq!(shorten(&"x".repeat(50), 10), format!("{}…", "x".repeat(10)));
        assert_eq!(shorten("short", 10), "short");
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_plainer_than_plain(text in ".{0,80}") {
            let once = plain_text(&text);
            proptest::prop_assert_eq!(plain_text(&once), once.clone());
            proptest::prop_assert!(shorten(&text, 20).chars().count() <= 21);
        }
    }
}
