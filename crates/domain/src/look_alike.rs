//! Names confusable with that of a verified publisher.
//!
//! Names are compared by their keys ([`name::key`]), so case, accents, spaces, punctuation and confusable letters make
//! no difference. The lengths below are lengths of keys, in characters.

use super::name;

/// Minimum length of a key to search for within names: shorter ones are ordinary words.
const MIN_CONTAINED: usize = 6;
/// Minimum length of a key for an edit distance of 1.
const MIN_ONE_EDIT: usize = 5;
/// Minimum length of a key for an edit distance of 2.
const MIN_TWO_EDITS: usize = 9;

/// Similarity of two names, closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Same key.
    Same,
    /// Contains the other name, as whole words.
    Contains,
    /// Within an edit distance of 1 or 2.
    Close,
}

/// Key of a name, with precomputed facts that rule out most comparisons cheaply: one name is compared with thousands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    text: String,
    /// Length, in characters.
    length: usize,
    /// Bit set of its characters, by their last six bits.
    letters: u64,
}

/// Public name to compare with keys.
#[derive(Clone, Debug)]
pub struct PublicName {
    key: Key,
    /// Keys of its words.
    words: Vec<String>,
}

impl Key {
    /// Wraps a result of [`name::key`].
    pub fn new(text: String) -> Self {
        let letters = text.chars().fold(0, |letters, letter| letters | 1 << (u32::from(letter) % 64));
        Self { length: text.chars().count(), letters, text }
    }
}

impl PublicName {
    /// Prepares a public name for comparison.
    pub fn new(name: &str) -> Self {
        let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        Self { key: Key::new(name::key(name)), words: words.map(name::key).collect() }
    }

    /// Returns true if consecutive words form the key.
    fn contains(&self, key: &Key) -> bool {
        let begins = |start: usize| {
            let mut rest = key.text.as_str();
            for word in &self.words[start..] {
                match rest.strip_prefix(word.as_str()) {
                    Some("") => return true,
                    Some(behind) => rest = behind,
                    None => return false,
                }
            }
            false
        };
        (0..self.words.len()).any(begins)
    }
}

/// Returns how a public name is confusable with that of a verified publisher, if it is.
///
/// Names with the same key are confusable. Unless the publisher of the name has a verified domain itself, so are names
/// that contain the other as whole words (keys from 6 characters) or are within an edit distance of 1 (5 to 8
/// characters) or 2 (from 9; the shorter key counts). A transposition of neighbors is one edit.
pub fn likeness(name: &PublicName, verified: &Key, is_verified: bool) -> Option<Likeness> {
    if name.key.text == verified.text {
        Some(Likeness::Same)
    } else if is_verified {
        None
    } else if verified.length >= MIN_CONTAINED && name.contains(verified) {
        Some(Likeness::Contains)
    } else {
        is_close(&name.key, verified).then_some(Likeness::Close)
    }
}

fn is_close(one: &Key, other: &Key) -> bool {
    let max = match one.length.min(other.length) {
        ..MIN_ONE_EDIT => return false,
        MIN_ONE_EDIT..MIN_TWO_EDITS => 1,
        MIN_TWO_EDITS.. => 2,
    };
    // Each letter of only one name is an edit: this rules out most names without computing the distance.
    let alone = |these: u64, those: u64| (these & !those).count_ones() as usize;
    one.length.abs_diff(other.length) <= max
        && alone(one.letters, other.letters) <= max
        && alone(other.letters, one.letters) <= max
        && strsim::damerau_levenshtein(&one.text, &other.text) <= max
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn like(name: &str, verified: &str) -> Option<Likeness> {
        likeness(&PublicName::new(name), &Key::new(name::key(verified)), false)
    }

    #[test]
    fn names_match_if_same_contained_or_close() {
        for (name, verified, expected) in [
            ("Northquay Freight", "Northquay Freight", Some(Likeness::Same)),
            ("NORTHQUAY-FREIGHT", "Northquay Freight", Some(Likeness::Same)),
            ("N\u{43e}rthquay Freight", "Northquay Freight", Some(Likeness::Same)),
            ("Northquay Freight support", "Northquay Freight", Some(Likeness::Contains)),
            ("The official NorthquayFreight", "Northquay Freight", Some(Likeness::Contains)),
            ("North-Quay Freight: billing", "Northquay Freight", Some(Likeness::Contains)),
            ("Northquay Frieght", "Northquay Freight", Some(Likeness::Close)),
            ("Northqay Frieght", "Northquay Freight", Some(Likeness::Close)),
            ("Nortqay Frieght", "Northquay Freight", None),
            ("Northquay Freights", "Northquay Freight", Some(Likeness::Close)),
            ("Southquay Freight", "Northquay Freight", Some(Likeness::Close)),
            ("Southquay Freights", "Northquay Freight", None),
            ("Supernorthquay freightliner", "Northquay Freight", None),
            ("Northquay", "Northquay Freight", None),
            ("Invoice screener", "Northquay Freight", None),
            ("", "Northquay Freight", None),
            ("★", "★", Some(Likeness::Same)),
            ("★", "☂", None),
        ] {
            assert_eq!(like(name, verified), expected, "{name} and {verified}");
        }
    }

    #[test]
    fn short_names_match_fewer_others() {
        for (name, verified, expected) in [
            ("Acte", "Acne", None),
            ("Acten", "Acte", None),
            ("Quays", "Quaus", Some(Likeness::Close)),
            ("Quays", "Quaus of", None),
            ("Quayside", "Quaysode", Some(Likeness::Close)),
            ("Quayside", "Quaysodo", None),
            ("Quaysides", "Quaysodos", Some(Likeness::Close)),
            ("Quayside", "Quaysodes", None),
            ("Quays help", "Quays", None),
            ("Quayss help", "Quayss", Some(Likeness::Contains)),
        ] {
            assert_eq!(like(name, verified), expected, "{name} and {verified}");
        }
    }

    #[test]
    fn verified_publishers_only_match_identical_keys() {
        for (name, expected) in [
            ("northquay freight", Some(Likeness::Same)),
            ("Northquay Frieght", None),
            ("Northquay Freight support", None),
        ] {
            let verified = Key::new(name::key("Northquay Freight"));
            assert_eq!(likeness(&PublicName::new(name), &verified, true), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn the_shortcut_changes_no_result(one in "[abc]{0,12}", other in "[abc]{0,12}") {
            let max = match one.len().min(other.len()) {
                0..=4 => None,
                5..=8 => Some(1),
                _ => Some(2),
            };
            let expected = max.is_some_and(|max| strsim::damerau_levenshtein(&one, &other) <= max);
            let (one, other) = (Key::new(one), Key::new(other));
            prop_assert_eq!(is_close(&one, &other), expected);
            prop_assert_eq!(is_close(&other, &one), expected, "either way");
        }

        #[test]
        fn a_typo_is_close(name in "[a-z]{9,30}", at: prop::sample::Index, letter in "[a-z]", slip in 0..4) {
            let mut letters: Vec<char> = name::key(&name).chars().collect();
            let at = at.index(letters.len() - 1);
            let letter = letter.chars().next().unwrap_or('a');
            match slip {
                0 => letters[at] = letter,
                1 => letters.insert(at, letter),
                2 => _ = letters.remove(at),
                _ => letters.swap(at, at + 1),
            }
            let (right, wrong) = (Key::new(name::key(&name)), Key::new(letters.into_iter().collect()));
            prop_assert!(right == wrong || is_close(&right, &wrong), "{:?} {:?}", right, wrong);
        }

        #[test]
        fn a_contained_name_is_found(
            before in "([a-z]{1,8} ){0,2}", name in "[A-Za-z]{6,12}( [A-Za-z]{1,8}){0,2}", behind in "( [a-z]{1,8}){0,2}",
        ) {
            let found = like(&format!("{before}{name}{behind}"), &name);
            prop_assert!(matches!(found, Some(Likeness::Same | Likeness::Contains)), "{:?}", found);
        }

        #[test]
        fn any_name_can_be_compared(name in "\\PC{0,40}", verified in "\\PC{0,40}", is_verified: bool) {
            let key = Key::new(name::key(&verified));
            let found = likeness(&PublicName::new(&name), &key, is_verified);
            prop_assert_eq!(found == Some(Likeness::Same), name::key(&name) == name::key(&verified));
            prop_assert!(!is_verified || !matches!(found, Some(Likeness::Contains | Likeness::Close)));
        }
    }
}
