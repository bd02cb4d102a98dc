//! A set of documents of one segment.

/// Documents of a word.
const WORD: usize = 64;

/// One bit for each document.
#[derive(Clone, Debug)]
pub(super) struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    pub(super) fn none(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(WORD)], len }
    }

    /// Those for which it holds.
    pub(super) fn of(len: usize, holds: impl Fn(usize) -> bool) -> Self {
        let word = |start: usize| {
            (start..len.min(start + WORD)).fold(0, |word, doc| word | u64::from(holds(doc)) << (doc - start))
        };
        Self { words: (0..len).step_by(WORD).map(word).collect(), len }
    }

    pub(super) fn set(&mut self, doc: usize) {
        self.words[doc / WORD] |= 1 << (doc % WORD);
    }

    pub(super) fn has(&self, doc: usize) -> bool {
        self.words[doc / WORD] >> (doc % WORD) & 1 == 1
    }

    /// Takes out what is not in the other.
    pub(super) fn keep(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Whether something is in both.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).any(|(word, other)| word & other != 0)
    }

    pub(super) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(super) fn each(&self) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().flat_map(|(at, word)| Ones(*word).map(move |bit| at * WORD + bit))
    }

    /// Those that are not in it.
    pub(super) fn others(&self) -> impl Iterator<Item = usize> {
        let words = self.words.iter().enumerate();
        words.flat_map(|(at, word)| Ones(!word).map(move |bit| at * WORD + bit)).take_while(|doc| *doc < self.len)
    }
}

/// The places of the ones of a word.
struct Ones(u64);

impl Iterator for Ones {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let place = (self.0 != 0).then(|| self.0.trailing_zeros() as usize)?;
        self.0 &= self.0 - 1;
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    proptest::proptest! {
        #[test]
        fn they_are_a_set(
            len in 1_usize..200,
            some in proptest::collection::btree_set(0_usize..200, 0..60),
            kept in proptest::collection::btree_set(0_usize..200, 0..60),
        ) {
            let within = |docs: &BTreeSet<usize>| docs.iter().copied().filter(|doc| *doc < len).collect::<BTreeSet<_>>();
            let (some, kept) = (within(&some), within(&kept));
            let mut bits = Bits::of(len, |doc| some.contains(&doc));
            let mut other = Bits::none(len);
            for doc in &kept {
                other.set(*doc);
            }
            bits.keep(&other);
            let both: BTreeSet<usize> = some.intersection(&kept).copied().collect();
            proptest::prop_assert_eq!(bits.count(), both.len());
            proptest::prop_assert_eq!(bits.each().collect::<BTreeSet<_>>(), both.clone());
            let rest: BTreeSet<usize> = (0..len).filter(|doc| !both.contains(doc)).collect();
            proptest::prop_assert!(rest.iter().all(|doc| !bits.has(*doc)));
            proptest::prop_assert_eq!(bits.others().collect::<BTreeSet<_>>(), rest);
        }
    }
}
