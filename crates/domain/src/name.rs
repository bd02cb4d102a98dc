//! Names that everybody sees, and those that are made to be taken for another's.
//!
//! Two rules. A word must not mix letters of alphabets that look alike, as in a Latin word with a Cyrillic `о`. And two
//! verified organizations must not be called by names that read the same: their keys, by which they are compared, are the
//! skeletons of Unicode Technical Standard #39, section 4, without case, accents, spaces and punctuation.

use unicode_script::{Script, UnicodeScript as _};
use unicode_security::mixed_script::AugmentedScriptSet;

/// Alphabets that have letters which look like Latin ones.
const ALIKE: [Script; 6] =
    [Script::Armenian, Script::Cherokee, Script::Coptic, Script::Cyrillic, Script::Greek, Script::Lisu];

/// What names that read the same have in common. Of a name without a letter or digit, all of it counts.
pub fn key(name: &str) -> String {
    let skeleton: String = unicode_security::skeleton(&name.to_lowercase()).collect();
    let skeleton = skeleton.to_lowercase();
    // The skeleton takes 1, l and | for one; in most faces a capital I is as well, and case is gone here.
    let letters = skeleton.chars().filter(|letter| letter.is_alphanumeric());
    let key: String = letters.map(|letter| if letter == 'i' { 'l' } else { letter }).collect();
    if key.is_empty() { skeleton } else { key }
}

/// Whether it reads like the service's own.
pub fn is_ours(name: &str) -> bool {
    key(name).starts_with(&key("SentryAgent"))
}

/// The first word that mixes alphabets that look alike.
pub fn mixed(name: &str) -> Option<&str> {
    name.split(|letter: char| !letter.is_alphanumeric()).find(|word| is_mixed(word))
}

/// Japanese and Korean words mix scripts by their nature, and Latin letters stand beside most others.
fn is_mixed(word: &str) -> bool {
    let has_alike = word.chars().any(|letter| ALIKE.contains(&letter.script()));
    has_alike && AugmentedScriptSet::for_str(word).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_read_the_same_have_one_key() {
        for (one, other) in [
            ("Northquay Freight", "NORTHQUAY-FREIGHT"),
            ("PayPal", "PayPaI"),
            ("paypal", "раураl"),
            ("Illinois 10", "lllinois IO"),
            ("Modern", "Modem"),
            ("Ångström", "Ångstro\u{308}m"),
            ("Ångström", "Angstrom"),
        ] {
            assert_eq!(key(one), key(other), "{one} and {other}");
        }
        for (one, other) in [("Northquay", "Southquay"), ("Acme", "Acne"), ("日本", "本日")] {
            assert_ne!(key(one), key(other), "{one} and {other}");
        }
        assert_ne!(key("★"), key("☂"));
    }

    #[test]
    fn the_services_own_name_is_nobody_elses() {
        for ours in ["SentryAgent.ai", "Sentry Agent support", "SENTRY-AGENT", "SеntryAgеnt"] {
            assert!(is_ours(ours), "{ours}");
        }
        assert!(!is_ours("Sentry") && !is_ours("My SentryAgent helper"));
    }

    #[test]
    fn a_word_that_mixes_alphabets_that_look_alike_is_found() {
        for (name, word) in [("The Gооgle desk", "Gооgle"), ("Ωmega", "Ωmega"), ("x Сheck", "Сheck")] {
            assert_eq!(mixed(name), Some(word));
        }
        for name in
            ["Яндекс Cloud", "SAP 日本", "東京タワー", "카카오talk", "Łódź 24", "Αθήνα", "नमस्ते AI", "Screener v2"]
        {
            assert_eq!(mixed(name), None, "{name}");
        }
    }

    proptest::proptest! {
        #[test]
        fn case_spaces_and_punctuation_make_no_difference(name in "[A-Za-z0-9]{1,20}") {
            let spaced: String = name.chars().flat_map(|letter| [letter, ' ', '.']).collect();
            proptest::prop_assert_eq!(key(&spaced), key(&name));
            proptest::prop_assert_eq!(key(&name.to_uppercase()), key(&name));
        }
    }
}
