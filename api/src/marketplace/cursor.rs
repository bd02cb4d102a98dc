//! Where a page ended, as callers hand it back: opaque to them, and worth something for the same search alone.

use std::hash::{DefaultHasher, Hash, Hasher as _};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use super::query::Question;

/// The shape of what is written here.
const VERSION: u8 = 1;
/// Bytes before the name: version, print, offset, rank, identifier.
const FIXED: usize = 1 + 8 + 4 + 8 + 16;

/// Where a page ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// How many came before.
    pub offset: u32,
    /// What the last one was sorted by.
    pub rank: u64,
    /// The last one's name, where that is sorted by.
    pub name: String,
    /// The last one.
    pub id: Uuid,
}

impl Cursor {
    /// As it is handed out.
    pub fn write(&self, question: &Question) -> String {
        let mut bytes = vec![VERSION];
        bytes.extend(print(question).to_be_bytes());
        bytes.extend(self.offset.to_be_bytes());
        bytes.extend(self.rank.to_be_bytes());
        bytes.extend(self.id.as_bytes());
        bytes.extend(self.name.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads what was handed out for the same search. `None` for anything else.
    pub fn read(text: &str, question: &Question) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (fixed, name) = bytes.split_at_checked(FIXED)?;
        let (version, fixed) = fixed.split_first()?;
        let (print_of, fixed) = fixed.split_first_chunk()?;
        let (offset, fixed) = fixed.split_first_chunk()?;
        let (rank, id) = fixed.split_first_chunk()?;
        if *version != VERSION || u64::from_be_bytes(*print_of) != print(question) {
            return None;
        }
        Some(Self {
            offset: u32::from_be_bytes(*offset),
            rank: u64::from_be_bytes(*rank),
            name: String::from_utf8(name.to_vec()).ok()?,
            id: Uuid::from_slice(id).ok()?,
        })
    }
}

/// What a search is, whatever page of it is read.
fn print(question: &Question) -> u64 {
    let mut hasher = DefaultHasher::new();
    question.without_place().hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_cursor_is_read_for_its_own_search_alone(offset: u32, rank: u64, name in "\\PC{0,20}", id: u128) {
            let question = Question { text: "a".to_owned(), ..Question::default() };
            let other = Question { text: "b".to_owned(), ..Question::default() };
            let cursor = Cursor { offset, rank, name, id: Uuid::from_u128(id) };
            let text = cursor.write(&question);
            proptest::prop_assert_eq!(Cursor::read(&text, &other), None);
            proptest::prop_assert_eq!(Cursor::read(&text, &question), Some(cursor));
        }

        #[test]
        fn nothing_that_is_sent_breaks_it(text in "\\PC{0,80}", bytes in proptest::collection::vec(0_u8.., 0..60)) {
            let _ = Cursor::read(&text, &Question::default());
            let _ = Cursor::read(&URL_SAFE_NO_PAD.encode(bytes), &Question::default());
        }
    }
}
