//! Answers that stay the same from one generation to the next.

use std::sync::atomic::Ordering;

use content::Section;

use super::{Generation, What};

impl Generation {
    /// Takes over all answers of `previous` that would come out the same.
    pub(super) fn take_over(&self, previous: &Self) {
        let same_frame = self.surroundings == previous.surroundings;
        for (href, slot) in &self.slots {
            let Some(old) = previous.slots.get(href) else { continue };
            if self.is_same(&slot.what, &old.what, previous, same_frame) {
                let finished = old.finished.load_full();
                self.plain.fetch_add(finished.as_ref().map_or(0, |old| old.plain_bytes()), Ordering::Relaxed);
                slot.finished.store(finished);
            }
        }
    }

    /// Whether what stands at an address gives the same answer as before.
    fn is_same(&self, new: &What, old: &What, previous: &Self, same_frame: bool) -> bool {
        match (new, old) {
            // Their addresses hold their hashes.
            (What::Asset(..), What::Asset(..)) | (What::Media(_), What::Media(_)) => true,
            (What::Page(new), What::Page(old)) => {
                same_frame && self.site.pages()[*new].is_same(&previous.site.pages()[*old])
            }
            (What::Markdown(new), What::Markdown(old)) => self.is_same(new, old, previous, same_frame),
            (What::DidWeb, What::DidWeb)
            | (What::Search, What::Search)
            | (What::Section(_), What::Section(_))
            | (What::Home, What::Home)
            | (What::Robots, What::Robots) => same_frame,
            (What::Changelog, What::Changelog) | (What::Feed, What::Feed) => same_frame && self.same_releases(previous),
            (What::Llms(new), What::Llms(old)) => same_frame && new == old,
            (What::SecurityTxt(new), What::SecurityTxt(old)) => new == old,
            _ => false,
        }
    }

    fn same_releases(&self, previous: &Self) -> bool {
        let releases = |generation: &Self| {
            let pages = generation.site.pages().iter().filter(|page| page.section() == Section::Changelog);
            pages.cloned().collect::<Vec<_>>()
        };
        let (new, old) = (releases(self), releases(previous));
        new.len() == old.len() && new.iter().zip(&old).all(|(new, old)| new.is_same(old))
    }
}
