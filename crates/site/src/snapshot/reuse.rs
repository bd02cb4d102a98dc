//! Responses that stay valid from one snapshot to the next.

use content::{Section, Site};

use super::SiteSnapshot;
use super::resource::Resource;

impl SiteSnapshot {
    /// Takes over all responses of `previous` that would not change.
    pub(super) fn reuse_responses(&self, previous: &Self) {
        let same_frame = self.surroundings_hash == previous.surroundings_hash;
        for (href, entry) in &self.entries {
            let Some(old) = previous.entries.get(href) else { continue };
            if self.is_unchanged(&entry.resource, &old.resource, previous, same_frame) {
                let response = old.response.load_full();
                let bytes = response.as_ref().map_or(0, |old| old.derivable_bytes());
                self.spare_bytes.replace(0, bytes);
                entry.response.store(response);
            }
        }
    }

    /// Returns true if a resource gives the same response as before.
    fn is_unchanged(&self, new: &Resource, old: &Resource, previous: &Self, same_frame: bool) -> bool {
        let (site, before) = (&self.context.site, &previous.context.site);
        match (new, old) {
            // Their addresses contain their hashes.
            (Resource::Asset(..), Resource::Asset(..)) | (Resource::Media(_), Resource::Media(_)) => true,
            (Resource::Page(new), Resource::Page(old)) => {
                same_frame && site.pages()[*new].is_same(&before.pages()[*old])
            }
            (Resource::Markdown(new), Resource::Markdown(old)) => self.is_unchanged(new, old, previous, same_frame),
            (Resource::DidWeb, Resource::DidWeb)
            | (Resource::Search, Resource::Search)
            | (Resource::Section(_), Resource::Section(_))
            | (Resource::Home, Resource::Home)
            | (Resource::Robots, Resource::Robots) => same_frame,
            (Resource::Changelog, Resource::Changelog) | (Resource::Feed, Resource::Feed) => {
                same_frame && has_same_releases(site, before)
            }
            (Resource::Llms(new), Resource::Llms(old)) => same_frame && new == old,
            (Resource::SecurityTxt(new), Resource::SecurityTxt(old)) => new == old,
            _ => false,
        }
    }
}

fn has_same_releases(site: &Site, before: &Site) -> bool {
    let releases = |site: &Site| {
        let pages = site.pages().iter().filter(|page| page.section() == Section::Changelog);
        pages.cloned().collect::<Vec<_>>()
    };
    let (new, old) = (releases(site), releases(before));
    new.len() == old.len() && new.iter().zip(&old).all(|(new, old)| new.is_same(old))
}
