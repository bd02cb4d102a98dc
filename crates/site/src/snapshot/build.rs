//! Building the response of a resource.

use app::model::{SearchResults, View};
use bytes::Bytes;

use super::resource::Resource;
use crate::assets::file_parts;
use crate::context::SiteContext;
use crate::error::SiteError;
use crate::page::{html_parts, markdown_parts};
use crate::response::{CachePolicy, ResponseParts};
use crate::text::{feed, llms, robots, security_txt, sitemap};
use crate::view::{self, BodyFormat};

/// Builds the parts of a resource's response.
pub(super) async fn build_parts(context: &SiteContext, resource: &Resource) -> Result<ResponseParts, SiteError> {
    match resource {
        Resource::Markdown(page) => {
            let view = page_view(context, page, BodyFormat::Markdown).ok_or(SiteError::NotFound)?;
            Ok(with_page_policy(markdown_parts(&view), page))
        }
        Resource::Llms(folder) => Ok(llms::llms_parts(context, folder.as_ref())),
        Resource::LlmsFull => Ok(llms::llms_full_parts(context)),
        Resource::Sitemap => sitemap::sitemap_parts(context),
        Resource::Robots => Ok(robots::robots_parts(context)),
        Resource::SecurityTxt(text) => Ok(security_txt::security_txt_parts(context, text)),
        Resource::Feed => feed::feed_parts(context),
        Resource::Asset(address, bytes) => Ok(file_parts(address, bytes.clone())),
        Resource::Media(media) => Ok(file_parts(&media.address, Bytes::copy_from_slice(&media.bytes))),
        page => {
            let view = page_view(context, page, BodyFormat::Html).ok_or(SiteError::NotFound)?;
            Ok(with_page_policy(html_parts(&context.settings, view).await?, page))
        }
    }
}

/// Sets the cache policy of the home page: it shows agents, and a removed agent must disappear from caches within the
/// minute.
fn with_page_policy(mut parts: ResponseParts, page: &Resource) -> ResponseParts {
    if matches!(page, Resource::Home) {
        parts.policy = CachePolicy::Agents;
    }
    parts
}

/// Builds the view of a page; none for other resources.
fn page_view(context: &SiteContext, resource: &Resource, format: BodyFormat) -> Option<View> {
    Some(match resource {
        Resource::Home => view::home(context),
        Resource::Page(index) => view::content_page(context, *index, format),
        Resource::Section(section) => view::section(context, *section),
        Resource::Changelog => view::changelog(context),
        Resource::DidWeb => view::did_web(context, None),
        Resource::Search => view::search(context, None, SearchResults::default()),
        _ => return None,
    })
}
