//! Public names, and protection against confusable ones.
//!
//! Two rules. A word must not mix confusable scripts, such as Latin letters with a Cyrillic `о`. Verified organizations
//! must not have names with the same key: the skeleton of Unicode Technical Standard #39, section 4, without case,
//! accents, spaces and punctuation.

use unicode_script::{Script, UnicodeScript as _};
use unicode_security::mixed_script::AugmentedScriptSet;

use crate::look_alike::{Key, PublicName, likeness};

/// Scripts with letters that look like Latin ones.
const CONFUSABLE: [Script; 6] =
    [Script::Armenian, Script::Cherokee, Script::Coptic, Script::Cyrillic, Script::Greek, Script::Lisu];

/// Returns the key of a name; confusable names have the same key. A name without letters and digits is compared whole.
pub fn key(name: &str) -> String {
    let skeleton: String = unicode_security::skeleton(&name.to_lowercase()).collect();
    let skeleton = skeleton.to_lowercase();
    // The skeleton maps 1, l and | to one letter. Most typefaces confuse a capital I as well, whose case is lost here.
    let letters = skeleton.chars().filter(|letter| letter.is_alphanumeric());
    let key: String = letters.map(|letter| if letter == 'i' { 'l' } else { letter }).collect();
    if key.is_empty() { skeleton } else { key }
}

/// Name of the service.
const HOUSE: &str = "SentryAgent";

/// Returns true if a name contains that of the service anywhere, also with digits or signs in place of letters: nobody
/// else may speak for it.
pub fn contains_house(name: &str) -> bool {
    fold(name).contains(&fold(HOUSE))
}

/// Returns true if a name contains that of the service or is confusable with it.
pub fn is_reserved(name: &str) -> bool {
    let is_close = || likeness(&PublicName::new(name), &Key::new(fold(HOUSE)), false).is_some();
    contains_house(name) || is_close()
}

/// Key of a name in which digits and signs count as the letters that they replace.
fn fold(name: &str) -> String {
    let letters = name.chars().map(|letter| match letter {
        '@' => 'a',
        '$' => 's',
        '!' => 'i',
        other => other,
    });
    let key = key(&letters.collect::<String>());
    let letter = |letter: char| match letter {
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '6' | '9' => 'g',
        '7' => 't',
        other => other,
    };
    key.chars().map(letter).collect()
}

/// Returns the first word that mixes confusable scripts.
pub fn find_mixed_scripts(name: &str) -> Option<&str> {
    name.split(|letter: char| !letter.is_alphanumeric()).find(|word| is_mixed(word))
}

/// Returns true for a mix of confusable scripts. Japanese and Korean words mix scripts legitimately, and most others
/// appear beside Latin.
fn is_mixed(word: &str) -> bool {
    let has_confusable = word.chars().any(|letter| CONFUSABLE.contains(&letter.script()));
    has_confusable && AugmentedScriptSet::for_str(word).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confusable_names_have_the_same_key() {
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
    fn the_name_of_the_service_is_reserved() {
        for reserved in [
            "SentryAgent.ai",
            "Sentry Agent support",
            "SENTRY-AGENT",
            "SеntryAgеnt",
            "Support by SentryAgent",
            "5entryAgent",
            "S3NTRY 4GENT",
            "The $entry@gent team",
            "official-sentryagent",
        ] {
            assert!(contains_house(reserved) && is_reserved(reserved), "{reserved}");
        }
        for reserved in ["Sentry Agnet", "SentryAgemt", "SentrAgent"] {
            assert!(is_reserved(reserved), "{reserved}");
        }
        for free in ["Sentry", "Agent Sentry", "Sentinel Agents", "Northquay Freight", "Sentry Gents"] {
            assert!(!contains_house(free), "{free}");
        }
    }

    #[test]
    fn words_that_mix_confusable_scripts_are_found() {
        for (name, word) in [("The Gооgle desk", "Gооgle"), ("Ωmega", "Ωmega"), ("x Сheck", "Сheck")] {
            assert_eq!(find_mixed_scripts(name), Some(word));
        }
        for name in
            ["Яндекс Cloud", "SAP 日本", "東京タワー", "카카오talk", "Łódź 24", "Αθήνα", "नमस्ते AI", "Screener v2"]
        {
            assert_eq!(find_mixed_scripts(name), None, "{name}");
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
