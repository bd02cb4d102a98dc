//! What stands at an address, as an answer that is not finished yet.

use app::model::{SearchResults, View};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue};

use super::{Generation, What};
use crate::edge::assets;
use crate::edge::finished::Draft;
use crate::edge::negotiate;
use crate::edge::policy::CachePolicy;
use crate::error::PageError;
use crate::render;
use crate::routes::{feed, llms, markdown, robots, security_txt, sitemap};
use crate::view::{self, Face};

impl Generation {
    /// What an answer is made of.
    pub(super) async fn draft(&self, what: &What) -> Result<Draft, PageError> {
        match what {
            What::Markdown(page) => match self.view(page, Face::Markdown) {
                Some(view) => {
                    let mut draft = markdown::draft(&view);
                    if matches!(**page, What::Home) {
                        draft.policy = CachePolicy::Agents;
                    }
                    Ok(draft)
                }
                None => Err(PageError::NotFound),
            },
            What::Llms(folder) => Ok(llms::draft(self, folder.as_ref())),
            What::LlmsFull => Ok(llms::full(self)),
            What::Sitemap => sitemap::draft(self),
            What::Robots => Ok(robots::draft(self)),
            What::SecurityTxt(text) => Ok(security_txt::draft(self, text)),
            What::Feed => feed::draft(self),
            What::Asset(address, bytes) => Ok(assets::draft(address, bytes.clone())),
            What::Media(media) => Ok(assets::draft(&media.address, Bytes::copy_from_slice(&media.bytes))),
            page => match self.view(page, Face::Html) {
                Some(view) => {
                    let mut draft = self.page_draft(view).await?;
                    if matches!(page, What::Home) {
                        draft.policy = CachePolicy::Agents;
                    }
                    Ok(draft)
                }
                None => Err(PageError::NotFound),
            },
        }
    }

    /// The view of a page; none of what is no page.
    pub fn view(&self, what: &What, face: Face) -> Option<View> {
        Some(match what {
            What::Home => view::home(self),
            What::Page(index) => view::page(self, *index, face),
            What::Section(section) => view::section(self, *section),
            What::Changelog => view::changelog(self),
            What::DidWeb => view::did_web(self, None),
            What::Search => view::search(self, None, SearchResults::default()),
            _ => return None,
        })
    }

    /// A page as an answer to a request that says what it would rather have.
    pub async fn draft_for(&self, view: View, headers: &HeaderMap) -> Result<Draft, PageError> {
        if negotiate::prefers_markdown(headers) { Ok(markdown::draft(&view)) } else { self.page_draft(view).await }
    }

    /// A page as an answer.
    pub async fn page_draft(&self, view: View) -> Result<Draft, PageError> {
        let (status, sandbox) = (view::status(&view), view::sandbox(&view, &self.config));
        let policy = if status == http::StatusCode::OK { CachePolicy::Page } else { CachePolicy::NoStore };
        Ok(Draft {
            status,
            content_type: HeaderValue::from_static("text/html; charset=utf-8"),
            body: render::html(view).await?,
            policy,
            sandbox,
            varies_by_accept: true,
            extra: Vec::new(),
        })
    }
}
