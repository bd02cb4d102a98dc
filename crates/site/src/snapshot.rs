//! One state of the site, from content and assets: every address that it answers, and the answers made so far.
//!
//! A generation never changes but for the answers that are added. A change in the content folder makes the next
//! one, which takes over all answers that would come out the same.

mod draft;
mod slot;
mod take_over;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError};

use content::{Section, Site};
use http::{HeaderMap, HeaderValue};
use tokio::runtime::Handle;
use tokio::sync::SetOnce;

pub use slot::{Slot, What};

use crate::config::Config;
use crate::edge::assets::Assets;
use crate::edge::compress::Effort;
use crate::edge::finished::Finished;
use crate::edge::negotiate;
use crate::error::PageError;
use crate::marketplace::Shelf;
use crate::metrics::Metrics;
use crate::routes::llms;
use crate::search::Snapshot;
use crate::site_paths;
use crate::view;

/// Bodies that are held plain beside packed ones, in bytes: all of a site of some hundred pages. Those beyond come out of
/// their gzip.
const MOST_PLAIN: usize = 32 << 20;

/// One state of the site.
#[derive(Debug)]
pub struct Generation {
    /// The content.
    pub site: Arc<Site>,
    /// Styles, scripts and icons.
    pub assets: Arc<Assets>,
    /// What the operator set.
    pub config: Arc<Config>,
    /// The search, as soon as the index is made.
    search: SetOnce<Arc<Snapshot>>,
    metrics: Arc<Metrics>,
    slots: HashMap<String, Slot>,
    /// Headers that many answers have in common.
    headers: std::sync::Mutex<Vec<Arc<HeaderMap>>>,
    /// Bytes of bodies that are held plain beside packed ones.
    plain: AtomicUsize,
    /// What all pages show of each other: navigation, titles, addresses. Where it is the same, unchanged files
    /// give unchanged answers.
    surroundings: u64,
    /// The same for pages that are made of the marketplace: of the site, they show the frame alone.
    frame_hash: u64,
    /// The marketplace's answers, the same for all generations.
    shelf: Arc<Shelf>,
}

impl Generation {
    /// All addresses of a site; answers that stay the same come from `previous`.
    pub fn new(
        site: Arc<Site>,
        assets: Arc<Assets>,
        config: Arc<Config>,
        metrics: Arc<Metrics>,
        shelf: Arc<Shelf>,
        previous: Option<&Self>,
    ) -> Self {
        let mut slots = HashMap::new();
        let mut add_pair = |href: String, what: What, twin: Option<HeaderValue>| {
            slots.insert(href, Slot::new(what, twin));
        };
        let mut page = |address: &str, what: What| {
            let href = if address == site_paths::HOME { home_href(&config) } else { site.href(address) };
            let twin = site.href(&site_paths::markdown(address));
            add_pair(href, what.clone(), HeaderValue::try_from(&twin).ok());
            add_pair(twin, What::Markdown(Box::new(what)), None);
        };
        page(site_paths::HOME, What::Home);
        page(site_paths::DOCS, What::Section(Section::Docs));
        page(site_paths::QUICKSTARTS, What::Section(Section::Quickstarts));
        for (index, entry) in site.pages().iter().enumerate() {
            page(entry.address(), What::Page(index));
        }
        page(site_paths::CHANGELOG, What::Changelog);
        page(site_paths::DID_WEB, What::DidWeb);
        page(site_paths::SEARCH, What::Search);
        let mut add = |href: String, what: What| add_pair(href, what, None);
        add(site.href(site_paths::FEED), What::Feed);
        add(site.href(site_paths::LLMS), What::Llms(None));
        for folder in llms::folders(&site) {
            add(site.href(&llms::address(&site, &folder)), What::Llms(Some(folder)));
        }
        add(site.href(site_paths::LLMS_FULL), What::LlmsFull);
        add(site.href(site_paths::SITEMAP), What::Sitemap);
        add(site.href(site_paths::ROBOTS), What::Robots);
        if let Some(text) = site.security_txt() {
            add(site.href(site_paths::SECURITY_TXT), What::SecurityTxt(Arc::clone(text)));
        }
        for asset in assets.iter() {
            add(site.href(&asset.address), What::Asset(asset.address.clone(), asset.bytes.clone()));
        }
        for media in site.media() {
            add(site.href(&media.address), What::Media(Arc::clone(media)));
        }
        let surroundings = surroundings(&site, &assets);
        let search = SetOnce::new();
        let mut generation = Self {
            site,
            assets,
            config,
            search,
            metrics,
            slots,
            headers: std::sync::Mutex::default(),
            plain: AtomicUsize::new(0),
            surroundings,
            frame_hash: 0,
            shelf,
        };
        generation.frame_hash = view::frame_hash(&generation);
        if let Some(previous) = previous {
            generation.take_over(previous);
        }
        generation
    }

    /// What stands at a path as it is in the request line, base path included.
    pub fn slot(&self, path: &str) -> Option<&Slot> {
        self.slots.get(path)
    }

    /// What answers a request: the slot at its path, or, for those who would rather have Markdown, that of the page's
    /// Markdown form, with the address of that form.
    pub fn choose(&self, path: &str, headers: &HeaderMap) -> Option<(&Slot, Option<&HeaderValue>)> {
        let slot = self.slot(path)?;
        let Some(twin) = slot.twin.as_ref().filter(|_| negotiate::prefers_markdown(headers)) else {
            return Some((slot, None));
        };
        let other = twin.to_str().ok().and_then(|twin| self.slot(twin))?;
        Some((other, Some(twin)))
    }

    /// The marketplace's answers.
    pub fn shelf(&self) -> &Arc<Shelf> {
        &self.shelf
    }

    /// A hash of everything that a page made of the marketplace shows of the site.
    pub fn frame_hash(&self) -> u64 {
        self.frame_hash
    }

    /// Makes the home page again: it shows something else now. Its bytes change only if what it shows did.
    pub async fn redraw_home(self: &Arc<Self>) {
        let home = home_href(&self.config);
        for href in [home, self.site.href(&site_paths::markdown(site_paths::HOME))] {
            let Some(slot) = self.slot(&href) else { continue };
            {
                // Whoever draws it at this moment draws what was: that is not to come after.
                let _making = slot.making.lock().await;
                slot.finished.store(None);
            }
            match self.finished(slot).await {
                Ok(_) => {
                    let generation = Arc::clone(self);
                    let polish = move || generation.slot(&href).map(|slot| generation.polish(slot));
                    // A panic there leaves the page as it is.
                    let _ = tokio::task::spawn_blocking(polish).await;
                }
                Err(error) => tracing::error!("{href}: {error:?}"),
            }
        }
    }

    /// The search. Waits until the index is made, which takes a moment after the start.
    pub async fn search(&self) -> Arc<Snapshot> {
        Arc::clone(self.search.wait().await)
    }

    /// Gives the generation its search.
    pub fn set_search(&self, search: Snapshot) {
        // Set once: whoever sets it again made the same.
        let _ = self.search.set(Arc::new(search));
    }

    /// All addresses.
    pub fn hrefs(&self) -> impl Iterator<Item = &str> {
        self.slots.keys().map(String::as_str)
    }

    /// The answer of a slot; made now, if it was not yet.
    pub async fn finished(self: &Arc<Self>, slot: &Slot) -> Result<Arc<Finished>, PageError> {
        if let Some(finished) = slot.ready() {
            return Ok(finished);
        }
        let _making = slot.making.lock().await;
        if let Some(finished) = slot.ready() {
            return Ok(finished);
        }
        let (generation, what, runtime) = (Arc::clone(self), slot.what.clone(), Handle::current());
        let made = tokio::task::spawn_blocking(move || generation.make(&what, &runtime));
        let finished = made.await.map_err(|error| PageError::Internal(error.to_string()))??;
        self.keep(slot, &finished);
        Ok(finished)
    }

    /// Sees to it that a slot has its answer, on the caller's thread, which may block.
    pub fn finish_here(&self, slot: &Slot, runtime: &Handle) -> Result<(), PageError> {
        if slot.ready().is_some() {
            return Ok(());
        }
        let _making = slot.making.blocking_lock();
        if slot.ready().is_none() {
            self.keep(slot, &self.make(&slot.what, runtime)?);
        }
        Ok(())
    }

    /// Blocks.
    fn make(&self, what: &What, runtime: &Handle) -> Result<Arc<Finished>, PageError> {
        let draft = runtime.block_on(self.draft(what))?;
        let mut finished = Finished::new(draft, Effort::Fast, self.config.is_https());
        finished.share(&mut self.headers.lock().unwrap_or_else(PoisonError::into_inner));
        let plain = self.plain.fetch_add(finished.plain_bytes(), Ordering::Relaxed);
        Ok(Arc::new(if plain < MOST_PLAIN { finished } else { finished.without_plain() }))
    }

    fn keep(&self, slot: &Slot, finished: &Arc<Finished>) {
        slot.finished.store(Some(Arc::clone(finished)));
        self.metrics.renders.inc();
    }

    /// Packs an answer with the best effort. Takes long: for the background.
    pub fn polish(&self, slot: &Slot) {
        if let Some(finished) = slot.ready().filter(|finished| finished.can_be_polished()) {
            match finished.polished() {
                // Packing takes long: an answer that was made anew meanwhile stays.
                Ok(best) => drop(slot.finished.compare_and_swap(&Some(finished), Some(Arc::new(best)))),
                Err(error) => tracing::error!(%error, "an answer could not be packed again"),
            }
        }
    }
}

/// The home page's path: under a base path it has no slash at its end, as no other page has.
fn home_href(config: &Config) -> String {
    match config.public.base_path.as_str() {
        "" => "/".to_owned(),
        base => base.to_owned(),
    }
}

/// A hash of everything that a page shows of others.
fn surroundings(site: &Site, assets: &Assets) -> u64 {
    let mut hasher = DefaultHasher::new();
    for page in site.pages() {
        let front = &page.document().front;
        (page.address(), page.title(), &front.description, front.draft, front.date.map(|day| day.to_string()))
            .hash(&mut hasher);
        page.document().headings.iter().for_each(|heading| heading.id.hash(&mut hasher));
    }
    for section in Section::ALL {
        site.tree(section).pages().hash(&mut hasher);
        site.tree(section).children.iter().for_each(|entry| entry.title.hash(&mut hasher));
    }
    let mut media: Vec<&str> = site.media().map(|media| media.address.as_str()).collect();
    media.sort_unstable();
    media.hash(&mut hasher);
    assets.iter().for_each(|asset| asset.address.hash(&mut hasher));
    hasher.finish()
}
