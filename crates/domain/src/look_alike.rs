//! Names that may be taken for that of a publisher who has proved a domain.
//!
//! Names are compared by their keys ([`name::key`]), so that case, accents, spaces, punctuation and letters that look
//! alike make no difference. The lengths below are of keys.

use super::name;

/// Shortest key that is looked for inside of a name, in characters: shorter ones are words of any language.
const LEAST_HELD: usize = 6;
/// Shortest key of which one letter may differ, in characters.
const LEAST_ONE: usize = 5;
/// Shortest key of which two letters may differ, in characters.
const LEAST_TWO: usize = 9;

/// How a name is like another. The first is the nearest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// It reads the same.
    Same,
    /// It has the other in it, as whole words.
    Holds,
    /// It is a letter or two off.
    Near,
}

/// A name's key, with what tells most others from it at a glance: one name is compared with thousands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    text: String,
    /// In characters.
    length: usize,
    /// Which characters are in it, by their last six bits.
    letters: u64,
}

/// A name that everybody sees, to be compared with keys.
#[derive(Clone, Debug)]
pub struct Shown {
    key: Key,
    /// Keys of its words.
    words: Vec<String>,
}

impl Key {
    /// Of what [`name::key`] has made.
    pub fn new(text: String) -> Self {
        let letters = text.chars().fold(0, |letters, letter| letters | 1 << (u32::from(letter) % 64));
        Self { length: text.chars().count(), letters, text }
    }
}

impl Shown {
    /// As it is shown.
    pub fn new(name: &str) -> Self {
        let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        Self { key: Key::new(name::key(name)), words: words.map(name::key).collect() }
    }

    /// Whether some of its words, one behind the other, are the key.
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

/// Whether a name may be taken for that of a publisher who has proved a domain, and how.
///
/// It may if both read the same. If whoever shows it has proved no domain, it also may if it has the other in it as whole
/// words (keys of 6 characters on), or is one letter off (5 to 8 characters) or two (9 on; the shorter key counts). Two
/// neighbours that changed places are one letter.
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
    // Each letter that only one of them has is one that differs: most others are told by this, without the distance.
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
