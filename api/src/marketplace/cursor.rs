//! Cursors: opaque positions of a page's end, valid for the same query only.

use std::hash::{DefaultHasher, Hash, Hasher as _};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use super::query::MarketplaceQuery;

/// Version of the encoding.
const VERSION: u8 = 1;
/// Bytes before the name: version, fingerprint, offset, rank, ID.
const FIXED: usize = 1 + 8 + 4 + 8 + 16;

/// End of a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// Number of results before it.
    pub offset: u32,
    /// Sort key of the last result.
    pub rank: u64,
    /// Name of the last result, if sorted by name.
    pub name: String,
    /// ID of the last result.
    pub id: Uuid,
}

impl Cursor {
    /// Encodes the cursor.
    pub fn encode(&self, query: &MarketplaceQuery) -> String {
        let mut bytes = vec![VERSION];
        bytes.extend(fingerprint(query).to_be_bytes());
        bytes.extend(self.offset.to_be_bytes());
        bytes.extend(self.rank.to_be_bytes());
        bytes.extend(self.id.as_bytes());
        bytes.extend(self.name.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Decodes a cursor of the same query. `None` for anything else.
    pub fn decode(text: &str, query: &MarketplaceQuery) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (fixed, name) = bytes.split_at_checked(FIXED)?;
        let (version, fixed) = fixed.split_first()?;
        let (encoded_fingerprint, fixed) = fixed.split_first_chunk()?;
        let (offset, fixed) = fixed.split_first_chunk()?;
        let (rank, id) = fixed.split_first_chunk()?;
        if *version != VERSION || u64::from_be_bytes(*encoded_fingerprint) != fingerprint(query) {
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

/// Fingerprint of a query, independent of the page.
fn fingerprint(query: &MarketplaceQuery) -> u64 {
    let mut hasher = DefaultHasher::new();
    query.without_page().hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_cursor_is_valid_for_its_own_query_only(offset: u32, rank: u64, name in "\\PC{0,20}", id: u128) {
            let query = MarketplaceQuery { text: "a".to_owned(), ..MarketplaceQuery::default() };
            let other = MarketplaceQuery { text: "b".to_owned(), ..MarketplaceQuery::default() };
            let cursor = Cursor { offset, rank, name, id: Uuid::from_u128(id) };
            let text = cursor.encode(&query);
            proptest::prop_assert_eq!(Cursor::decode(&text, &other), None);
            proptest::prop_assert_eq!(Cursor::decode(&text, &query), Some(cursor));
        }

        #[test]
        fn any_input_can_be_decoded(text in "\\PC{0,80}", bytes in proptest::collection::vec(0_u8.., 0..60)) {
            let _ = Cursor::decode(&text, &MarketplaceQuery::default());
            let _ = Cursor::decode(&URL_SAFE_NO_PAD.encode(bytes), &MarketplaceQuery::default());
        }
    }
}
