//! Names confusable with that of a verified publisher.
//!
//! Names are compared by their keys ([`name::key`]), so case, accents, spaces, punctuation and confusable letters make
//! no difference. The lengths below are lengths of keys, in characters.

use super::name;

/// Minimum length of a key to search for within names: shorter ones are ordinary words.
const LEAST_HELD: usize = 6;
/// Minimum length of a key for an edit distance of 1.
const LEAST_ONE: usize = 5;
/// Minimum length of a key for an edit distance of 2.
const LEAST_TWO: usize = 9;

/// Similarity of two names, closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Same key.
    Same,
    /// Contains the other name, as whole words.
    Holds,
    /// Within an edit distance of 1 or 2.
    Near,
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
pub struct Shown {
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

impl Shown {
    /// Prepares a public name for comparison.
    pub fn new(name: &str) -> Self {
        let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        Self { key: Key::new(name::key(name)), words: words.map(name::key).collect() }
    }

    /// Returns true if consecutive words form the key.
    fn holds(&self, key: &Key) -> bool {
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
pub fn likeness(shown: &Shown, proved: &Key, has_proved: bool) -> Option<Likeness> {
    if shown.key.text == proved.text {
        Some(Likeness::Same)
    } else if has_proved {
        None
    } else if proved.length >= LEAST_HELD && shown.holds(proved) {
        Some(Likeness::Holds)
    } else {
        is_near(&shown.key, proved).then_some(Likeness::Near)
    }
}

fn is_near(one: &Key, other: &Key) -> bool {
    let most = match one.length.min(other.length) {
        ..LEAST_ONE => return false,
        LEAST_ONE..LEAST_TWO => 1,
        LEAST_TWO.. => 2,
    };
    // Each letter of only one name is an edit: this rules out most names without computing the distance.
    let alone = |these: u64, those: u64| (these & !those).count_ones() as usize;
    one.length.abs_diff(other.length) <= most
        && alone(one.letters, other.letters) <= most
        && alone(other.letters, one.letters) <= most
        && strsim::damerau_levenshtein(&one.text, &other.text) <= most
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn like(shown: &str, proved: &str) -> Option<Likeness> {
        likeness(&Shown::new(shown), &Key::new(name::key(proved)), false)
    }

    #[test]
    fn a_name_is_like_one_that_reads_the_same_or_is_in_it_or_is_a_letter_off() {
        for (shown, proved, expected) in [
            ("Northquay Freight", "Northquay Freight", Some(Likeness::Same)),
            ("NORTHQUAY-FREIGHT", "Northquay Freight", Some(Likeness::Same)),
            ("N\u{43e}rthquay Freight", "Northquay Freight", Some(Likeness::Same)),
            ("Northquay Freight support", "Northquay Freight", Some(Likeness::Holds)),
            ("The official NorthquayFreight", "Northquay Freight", Some(Likeness::Holds)),
            ("North-Quay Freight: billing", "Northquay Freight", Some(Likeness::Holds)),
            ("Northquay Frieght", "Northquay Freight", Some(Likeness::Near)),
            ("Northqay Frieght", "Northquay Freight", Some(Likeness::Near)),
            ("Nortqay Frieght", "Northquay Freight", None),
            ("Northquay Freights", "Northquay Freight", Some(Likeness::Near)),
            ("Southquay Freight", "Northquay Freight", Some(Likeness::Near)),
            ("Southquay Freights", "Northquay Freight", None),
            ("Supernorthquay freightliner", "Northquay Freight", None),
            ("Northquay", "Northquay Freight", None),
            ("Invoice screener", "Northquay Freight", None),
            ("", "Northquay Freight", None),
            ("★", "★", Some(Likeness::Same)),
            ("★", "☂", None),
        ] {
            assert_eq!(like(shown, proved), expected, "{shown} and {proved}");
        }
    }

    #[test]
    fn short_names_are_like_fewer_others() {
        for (shown, proved, expected) in [
            ("Acte", "Acne", None),
            ("Acten", "Acte", None),
            ("Quays", "Quaus", Some(Likeness::Near)),
            ("Quays", "Quaus of", None),
            ("Quayside", "Quaysode", Some(Likeness::Near)),
            ("Quayside", "Quaysodo", None),
            ("Quaysides", "Quaysodos", Some(Likeness::Near)),
            ("Quayside", "Quaysodes", None),
            ("Quays help", "Quays", None),
            ("Quayss help", "Quayss", Some(Likeness::Holds)),
        ] {
            assert_eq!(like(shown, proved), expected, "{shown} and {proved}");
        }
    }

    #[test]
    fn who_has_proved_a_domain_is_like_those_alone_that_read_the_same() {
        for (shown, expected) in [
            ("northquay freight", Some(Likeness::Same)),
            ("Northquay Frieght", None),
            ("Northquay Freight support", None),
        ] {
            let proved = Key::new(name::key("Northquay Freight"));
            assert_eq!(likeness(&Shown::new(shown), &proved, true), expected, "{shown}");
        }
    }

    proptest! {
        #[test]
        fn what_is_seen_at_a_glance_hides_nothing(one in "[abc]{0,12}", other in "[abc]{0,12}") {
            let most = match one.len().min(other.len()) {
                0..=4 => None,
                5..=8 => Some(1),
                _ => Some(2),
            };
            let expected = most.is_some_and(|most| strsim::damerau_levenshtein(&one, &other) <= most);
            let (one, other) = (Key::new(one), Key::new(other));
            prop_assert_eq!(is_near(&one, &other), expected);
            prop_assert_eq!(is_near(&other, &one), expected, "either way");
        }

        #[test]
        fn a_slip_is_near(name in "[a-z]{9,30}", at: prop::sample::Index, letter in "[a-z]", slip in 0..4) {
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
            prop_assert!(right == wrong || is_near(&right, &wrong), "{:?} {:?}", right, wrong);
        }

        #[test]
        fn a_name_between_words_is_found(
            before in "([a-z]{1,8} ){0,2}", name in "[A-Za-z]{6,12}( [A-Za-z]{1,8}){0,2}", behind in "( [a-z]{1,8}){0,2}",
        ) {
            let found = like(&format!("{before}{name}{behind}"), &name);
            prop_assert!(matches!(found, Some(Likeness::Same | Likeness::Holds)), "{:?}", found);
        }

        #[test]
        fn nothing_that_is_called_anything_breaks_it(shown in "\\PC{0,40}", proved in "\\PC{0,40}", has_proved: bool) {
            let key = Key::new(name::key(&proved));
            let found = likeness(&Shown::new(&shown), &key, has_proved);
            prop_assert_eq!(found == Some(Likeness::Same), name::key(&shown) == name::key(&proved));
            prop_assert!(!has_proved || !matches!(found, Some(Likeness::Holds | Likeness::Near)));
        }
    }
}
