//! Set of documents of one segment, as a bit set.

/// Documents per machine word.
const WORD: usize = 64;

/// Bit set with one bit per document.
#[derive(Clone, Debug)]
pub(super) struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    pub(super) fn none(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(WORD)], len }
    }

    /// Creates the set of documents that satisfy a predicate.
    pub(super) fn from_fn(len: usize, matches: impl Fn(usize) -> bool) -> Self {
        let word = |start: usize| {
            (start..len.min(start + WORD)).fold(0, |word, doc| word | u64::from(matches(doc)) << (doc - start))
        };
        Self { words: (0..len).step_by(WORD).map(word).collect(), len }
    }

    pub(super) fn set(&mut self, doc: usize) {
        self.words[doc / WORD] |= 1 << (doc % WORD);
    }

    pub(super) fn has(&self, doc: usize) -> bool {
        self.words[doc / WORD] >> (doc % WORD) & 1 == 1
    }

    /// Intersects the set with another.
    pub(super) fn intersect(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Returns true if the sets intersect.
    pub(super) fn intersects(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).any(|(word, other)| word & other != 0)
    }

    pub(super) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(super) fn each(&self) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().flat_map(|(at, word)| Ones(*word).map(move |bit| at * WORD + bit))
    }

    /// Iterates over the documents outside the set.
    pub(super) fn complement(&self) -> impl Iterator<Item = usize> {
        let words = self.words.iter().enumerate();
        words.flat_map(|(at, word)| Ones(!word).map(move |bit| at * WORD + bit)).take_while(|doc| *doc < self.len)
    }
}

/// Iterator over the set bits of a machine word.
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
        fn bits_behave_like_a_set(
            len in 1_usize..200,
            some in proptest::collection::btree_set(0_usize..200, 0..60),
            others in proptest::collection::btree_set(0_usize..200, 0..60),
        ) {
            let within = |docs: &BTreeSet<usize>| docs.iter().copied().filter(|doc| *doc < len).collect::<BTreeSet<_>>();
            let (some, others) = (within(&some), within(&others));
            let mut bits = Bits::from_fn(len, |doc| some.contains(&doc));
            let mut other = Bits::none(len);
            for doc in &others {
                other.set(*doc);
            }
            bits.intersect(&other);
            let both: BTreeSet<usize> = some.intersection(&others).copied().collect();
            proptest::prop_assert_eq!(bits.count(), both.len());
            proptest::prop_assert_eq!(bits.each().collect::<BTreeSet<_>>(), both.clone());
            let rest: BTreeSet<usize> = (0..len).filter(|doc| !both.contains(doc)).collect();
            proptest::prop_assert!(rest.iter().all(|doc| !bits.has(*doc)));
            proptest::prop_assert_eq!(bits.complement().collect::<BTreeSet<_>>(), rest);
        }
    }
}
