//! One state of the site, from content and assets: every address, and the responses prepared so far.
//!
//! A snapshot is immutable except for the responses it collects. A change in the content folder creates the next one,
//! which takes over all responses that would not change.

mod build;
mod entry;
mod index;
mod resource;
mod reuse;
mod spare_bytes;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderMap, HeaderValue};
use search::SearchSnapshot;
use tokio::runtime::Handle;
use tokio::sync::SetOnce;

pub use entry::SiteEntry;
pub use resource::Resource;
use spare_bytes::SpareBytes;

use crate::context::SiteContext;
use crate::error::SiteError;
use crate::paths;
use crate::response::{Effort, PreparedResponse, negotiate};
use crate::view;

/// Counts prepared responses, for the metrics.
#[derive(Clone)]
pub struct RenderCounter(Arc<dyn Fn() + Send + Sync>);

impl RenderCounter {
    /// Creates a counter that calls `count` for each prepared response.
    pub fn new(count: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(count))
    }
}

impl std::fmt::Debug for RenderCounter {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("RenderCounter")
    }
}

/// One state of the site.
#[derive(Debug)]
pub struct SiteSnapshot {
    /// Content, assets and settings.
    pub context: SiteContext,
    /// The search, once the index is built.
    search: SetOnce<Arc<SearchSnapshot>>,
    render_counter: RenderCounter,
    entries: HashMap<String, SiteEntry>,
    /// Headers that many responses share.
    shared_headers: Mutex<Vec<Arc<HeaderMap>>>,
    spare_bytes: SpareBytes,
    /// Hash of everything that pages show of each other: while it stays the same, unchanged files give unchanged
    /// responses.
    surroundings_hash: u64,
    /// The same hash for pages of the marketplace, which show the frame alone.
    frame_hash: u64,
}

impl SiteSnapshot {
    /// Lists all addresses of a site; unchanged responses come from `previous`.
    pub fn new(context: SiteContext, render_counter: RenderCounter, previous: Option<&Self>) -> Self {
        let snapshot = Self {
            entries: index::list_entries(&context),
            search: SetOnce::new(),
            render_counter,
            shared_headers: Mutex::default(),
            spare_bytes: SpareBytes::default(),
            surroundings_hash: context.hash_surroundings(),
            frame_hash: view::frame_hash(&context),
            context,
        };
        if let Some(previous) = previous {
            snapshot.reuse_responses(previous);
        }
        snapshot
    }

    /// Finds the entry of a path, as in the request line, base path included.
    pub fn entry(&self, path: &str) -> Option<&SiteEntry> {
        self.entries.get(path)
    }

    /// Selects the entry for a request: that of the path, or that of the page's Markdown with its address, for clients that
    /// prefer Markdown.
    pub fn select_entry(&self, path: &str, headers: &HeaderMap) -> Option<(&SiteEntry, Option<&HeaderValue>)> {
        let entry = self.entry(path)?;
        let Some(href) = entry.markdown_href.as_ref().filter(|_| negotiate::prefers_markdown(headers)) else {
            return Some((entry, None));
        };
        let markdown = href.to_str().ok().and_then(|href| self.entry(href))?;
        Some((markdown, Some(href)))
    }

    /// All addresses.
    pub fn hrefs(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// Hash of everything that a page of the marketplace shows of the site.
    pub fn frame_hash(&self) -> u64 {
        self.frame_hash
    }

    /// Returns the search. Waits for the index, which is built shortly after the start.
    pub async fn search(&self) -> Arc<SearchSnapshot> {
        Arc::clone(self.search.wait().await)
    }

    /// Sets the search.
    pub fn set_search(&self, search: SearchSnapshot) {
        // A second call would set an equal search.
        let _ = self.search.set(Arc::new(search));
    }

    /// Returns the response of an entry, built now if necessary.
    ///
    /// # Errors
    ///
    /// [`SiteError`] when the response can't be built.
    pub async fn prepare(self: &Arc<Self>, entry: &SiteEntry) -> Result<Arc<PreparedResponse>, SiteError> {
        if let Some(response) = entry.prepared() {
            return Ok(response);
        }
        let _building = entry.building.lock().await;
        if let Some(response) = entry.prepared() {
            return Ok(response);
        }
        let (snapshot, resource, runtime) = (Arc::clone(self), entry.resource.clone(), Handle::current());
        let built = tokio::task::spawn_blocking(move || snapshot.build(&resource, &runtime));
        let response = built.await.map_err(|error| SiteError::Internal(error.to_string()))??;
        self.store(entry, &response);
        Ok(response)
    }

    /// Builds the response of an entry if necessary, on the caller's thread, which may block.
    ///
    /// # Errors
    ///
    /// [`SiteError`] when the response can't be built.
    pub fn prepare_blocking(&self, entry: &SiteEntry, runtime: &Handle) -> Result<(), SiteError> {
        if entry.prepared().is_some() {
            return Ok(());
        }
        let _building = entry.building.blocking_lock();
        if entry.prepared().is_none() {
            self.store(entry, &self.build(&entry.resource, runtime)?);
        }
        Ok(())
    }

    /// Builds the home page again, since the newest agents changed. Its bytes change only if its view does. `recompress`
    /// compresses it with the best effort afterwards.
    pub async fn rebuild_home(self: &Arc<Self>, recompress: bool) {
        let home = self.context.settings.home_href();
        for href in [home, self.context.site.href(&paths::markdown(paths::HOME))] {
            let Some(entry) = self.entry(&href) else { continue };
            {
                // A build under way still shows the previous agents: wait for it, then drop its response.
                let _building = entry.building.lock().await;
                if let Some(old) = entry.response.swap(None) {
                    self.spare_bytes.replace(old.derivable_bytes(), 0);
                }
            }
            match self.prepare(entry).await {
                Ok(_) if !recompress => {}
                Ok(_) => {
                    let snapshot = Arc::clone(self);
                    let recompress = move || snapshot.entry(&href).map(|entry| snapshot.recompress(entry));
                    // A panic leaves the page as it is.
                    let _ = tokio::task::spawn_blocking(recompress).await;
                }
                Err(error) => tracing::error!("{href}: {error:?}"),
            }
        }
    }

    /// Compresses a response again with the best effort. Slow: for the background.
    pub fn recompress(&self, entry: &SiteEntry) {
        if let Some(response) = entry.prepared().filter(|response| response.can_be_recompressed()) {
            match response.recompress() {
                Ok(best) => {
                    let (old, new) = (response.derivable_bytes(), best.derivable_bytes());
                    let previous = entry.response.compare_and_swap(&Some(Arc::clone(&response)), Some(Arc::new(best)));
                    // A response that was rebuilt meanwhile stays.
                    if previous.as_ref().is_some_and(|previous| Arc::ptr_eq(previous, &response)) {
                        self.spare_bytes.replace(old, new);
                    }
                }
                Err(error) => tracing::error!(%error, "a response can't be compressed again"),
            }
        }
    }

    /// Blocks.
    fn build(&self, resource: &Resource, runtime: &Handle) -> Result<Arc<PreparedResponse>, SiteError> {
        let parts = runtime.block_on(build::build_parts(&self.context, resource))?;
        let mut response = PreparedResponse::new(parts, Effort::Fast, self.context.settings.is_https);
        response.share_headers(&mut self.shared_headers.lock().unwrap_or_else(PoisonError::into_inner));
        let fits = self.spare_bytes.reserve(response.derivable_bytes());
        // Assets and media have their bytes in memory anyway.
        let is_file = matches!(resource, Resource::Asset(..) | Resource::Media(_));
        Ok(Arc::new(if fits || is_file { response } else { response.compact() }))
    }

    fn store(&self, entry: &SiteEntry, response: &Arc<PreparedResponse>) {
        entry.response.store(Some(Arc::clone(response)));
        (self.render_counter.0)();
    }
}
