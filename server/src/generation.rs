//! One state of the site, from content and assets: every address that it answers, and the answers made so far.
//!
//! A generation never changes but for the answers that are added. A change in the content folder makes the next
//! one, which takes over all answers that would come out the same.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use app::model::View;
use arc_swap::ArcSwapOption;
use bytes::Bytes;
use content::{Media, Section, Site};
use http::HeaderValue;
use tokio::sync::Mutex;

use crate::config::Config;
use crate::edge::assets::{self, Assets};
use crate::edge::compress::Effort;
use crate::edge::finished::{Draft, Finished};
use crate::edge::policy::CachePolicy;
use crate::error::PageError;
use crate::metrics::Metrics;
use crate::render;
use crate::routes::feed;
use crate::site_paths;
use crate::view;

/// What stands at an address.
#[derive(Clone, Debug)]
pub enum What {
    /// The home page.
    Home,
    /// A page of the site, by its index.
    Page(usize),
    /// The list of a section that has no page of its own.
    Section(Section),
    /// The changelog.
    Changelog,
    /// Its feed.
    Feed,
    /// The did:web tool, before anything was asked.
    DidWeb,
    /// A file of the site root.
    Asset(String, Bytes),
    /// A file beside a page.
    Media(Arc<Media>),
}

/// An address, and its answer once it was made.
#[derive(Debug)]
pub struct Slot {
    /// What stands there.
    pub what: What,
    finished: ArcSwapOption<Finished>,
    /// Held while the answer is made, so that it is made once.
    making: Mutex<()>,
}

impl Slot {
    /// The answer, if it was made.
    pub fn ready(&self) -> Option<Arc<Finished>> {
        self.finished.load_full()
    }

    /// Whether a query makes another answer.
    pub fn takes_query(&self) -> bool {
        matches!(self.what, What::DidWeb)
    }
}

/// One state of the site.
#[derive(Debug)]
pub struct Generation {
    /// The content.
    pub site: Arc<Site>,
    /// Styles, scripts and icons.
    pub assets: Arc<Assets>,
    /// What the operator set.
    pub config: Arc<Config>,
    metrics: Arc<Metrics>,
    slots: HashMap<String, Slot>,
    /// What all pages show of each other: navigation, titles, addresses. Where it is the same, unchanged files
    /// give unchanged answers.
    surroundings: u64,
}

impl Generation {
    /// All addresses of a site; answers that stay the same come from `previous`.
    pub fn new(
        site: Arc<Site>,
        assets: Arc<Assets>,
        config: Arc<Config>,
        metrics: Arc<Metrics>,
        previous: Option<&Self>,
    ) -> Self {
        let mut slots = HashMap::new();
        let mut add = |href: String, what: What| {
            slots.insert(href, Slot { what, finished: ArcSwapOption::empty(), making: Mutex::new(()) });
        };
        add(home_href(&config), What::Home);
        add(site.href(site_paths::DOCS), What::Section(Section::Docs));
        add(site.href(site_paths::QUICKSTARTS), What::Section(Section::Quickstarts));
        for (index, page) in site.pages().iter().enumerate() {
            add(site.href(page.address()), What::Page(index));
        }
        add(site.href(site_paths::CHANGELOG), What::Changelog);
        add(site.href(site_paths::FEED), What::Feed);
        add(site.href(site_paths::DID_WEB), What::DidWeb);
        for asset in assets.iter() {
            add(site.href(&asset.address), What::Asset(asset.address.clone(), asset.bytes.clone()));
        }
        for media in site.media() {
            add(site.href(&media.address), What::Media(Arc::clone(media)));
        }
        let surroundings = surroundings(&site, &assets);
        let generation = Self { site, assets, config, metrics, slots, surroundings };
        if let Some(previous) = previous {
            generation.take_over(previous);
        }
        generation
    }

    fn take_over(&self, previous: &Self) {
        let same_frame = self.surroundings == previous.surroundings;
        for (href, slot) in &self.slots {
            let Some(old) = previous.slots.get(href) else { continue };
            let is_same = match (&slot.what, &old.what) {
                // Their addresses hold their hashes.
                (What::Asset(..), What::Asset(..)) | (What::Media(_), What::Media(_)) => true,
                (What::Page(new), What::Page(old)) => {
                    same_frame && self.site.pages()[*new].is_same(&previous.site.pages()[*old])
                }
                (What::DidWeb, What::DidWeb) | (What::Section(_), What::Section(_)) | (What::Home, What::Home) => {
                    same_frame
                }
                _ => false,
            };
            if is_same {
                slot.finished.store(old.finished.load_full());
            }
        }
    }

    /// What stands at a path as it is in the request line, base path included.
    pub fn slot(&self, path: &str) -> Option<&Slot> {
        self.slots.get(path)
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
        let (generation, what) = (Arc::clone(self), slot.what.clone());
        let runtime = tokio::runtime::Handle::current();
        let made = tokio::task::spawn_blocking(move || {
            let is_https = generation.config.is_https();
            let draft = runtime.block_on(generation.draft(&what))?;
            Ok(Arc::new(Finished::new(draft, Effort::Fast, is_https)))
        });
        let finished = made.await.map_err(|error| PageError::Internal(error.to_string()))??;
        slot.finished.store(Some(Arc::clone(&finished)));
        self.metrics.renders.inc();
        Ok(finished)
    }

    /// Packs an answer with the best effort. Takes long: for the background.
    pub fn polish(&self, slot: &Slot) {
        if let Some(finished) = slot.ready().filter(|finished| finished.can_be_polished()) {
            slot.finished.store(Some(Arc::new(finished.polished())));
        }
    }

    async fn draft(&self, what: &What) -> Result<Draft, PageError> {
        let view = match what {
            What::Home => view::home(self),
            What::Page(index) => view::page(self, *index),
            What::Section(section) => view::section(self, *section),
            What::Changelog => view::changelog(self),
            What::DidWeb => view::did_web(self, None),
            What::Asset(address, bytes) => return Ok(assets::draft(address, bytes.clone())),
            What::Media(media) => return Ok(assets::draft(&media.address, Bytes::copy_from_slice(&media.bytes))),
            What::Feed => return feed::draft(self),
        };
        self.page_draft(view).await
    }

    /// A page as an answer.
    pub async fn page_draft(&self, view: View) -> Result<Draft, PageError> {
        let (status, sandbox) = (view::status(&view), view::sandbox(&view));
        let policy = if status == http::StatusCode::OK { CachePolicy::Page } else { CachePolicy::NoStore };
        Ok(Draft {
            status,
            content_type: HeaderValue::from_static("text/html; charset=utf-8"),
            body: render::html(view).await?,
            policy,
            sandbox,
            location: None,
        })
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
