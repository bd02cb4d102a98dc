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

/// What names that read the same have in common. Empty for a name without a letter or digit.
pub fn key(name: &str) -> String {
    let skeleton: String = unicode_security::skeleton(&name.to_lowercase()).collect();
    // The skeleton takes 1, l and | for one; in most faces a capital I is as well, and case is gone here.
    skeleton
        .to_lowercase()
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .map(|l| if l == 'i' { 'l' } else { l })
        .collect()
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
        assert_eq!(key(" – "), "");
    }

    #[test]
    fn the_services_own_name_is_nobody_elses() {
        for ours in ["SentryAgent.ai", "Sentry Agent support", "5entryagent".replace('5', "S").as_str(), "SеntryAgеnt"]
        {
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
        fn a_key_is_its_own(name in "\\PC{0,40}") {
            proptest::prop_assert!(key(&name).chars().all(char::is_alphanumeric));
        }
    }
}
