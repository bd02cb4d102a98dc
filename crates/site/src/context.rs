//! Sources of every page: content, assets, settings, and the newest agents of the marketplace.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use content::{Section, Site};

use crate::assets::Assets;
use crate::newest::NewestAgents;
use crate::paths;
use crate::settings::SiteSettings;

/// Sources of the pages of one state of the site.
#[derive(Clone, Debug)]
pub struct SiteContext {
    /// The content.
    pub site: Arc<Site>,
    /// Styles, scripts and icons.
    pub assets: Arc<Assets>,
    /// Settings of the operator.
    pub settings: Arc<SiteSettings>,
    /// The newest agents; they change without a new state of the site.
    pub newest: Arc<NewestAgents>,
}

impl SiteContext {
    /// Returns the absolute URL of a site path.
    pub fn canonical_url(&self, path: &str) -> String {
        let href = if path == paths::HOME { self.settings.home_href() } else { self.site.href(path) };
        self.settings.absolute_url(&href)
    }

    /// Hashes everything that a page shows of other pages: navigation, titles, addresses. While the hash stays the same,
    /// unchanged files give unchanged responses.
    pub(crate) fn hash_surroundings(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for page in self.site.pages() {
            let front = &page.document().front;
            (page.address(), page.title(), &front.description, front.draft, front.date.map(|day| day.to_string()))
                .hash(&mut hasher);
            page.document().headings.iter().for_each(|heading| heading.id.hash(&mut hasher));
        }
        for section in Section::ALL {
            self.site.tree(section).pages().hash(&mut hasher);
            self.site.tree(section).children.iter().for_each(|entry| entry.title.hash(&mut hasher));
        }
        let mut media: Vec<&str> = self.site.media().map(|media| media.address.as_str()).collect();
        media.sort_unstable();
        media.hash(&mut hasher);
        self.assets.iter().for_each(|asset| asset.address.hash(&mut hasher));
        hasher.finish()
    }
}
