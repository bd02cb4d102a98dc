//! The list of all addresses of a site.

use std::collections::HashMap;
use std::sync::Arc;

use content::Section;
use http::HeaderValue;

use super::entry::SiteEntry;
use super::resource::Resource;
use crate::context::SiteContext;
use crate::paths;
use crate::text::llms;

/// Lists all addresses, base path included, with their resources.
pub(super) fn list_entries(context: &SiteContext) -> HashMap<String, SiteEntry> {
    let site = &context.site;
    let mut entries = HashMap::new();
    let mut add_entry = |href: String, resource: Resource, markdown_href: Option<HeaderValue>| {
        entries.insert(href, SiteEntry::new(resource, markdown_href));
    };
    let mut add_page = |path: &str, resource: Resource| {
        let href = if path == paths::HOME { context.settings.home_href() } else { site.href(path) };
        let markdown = site.href(&paths::markdown(path));
        add_entry(href, resource.clone(), HeaderValue::try_from(&markdown).ok());
        add_entry(markdown, Resource::Markdown(Box::new(resource)), None);
    };
    add_page(paths::HOME, Resource::Home);
    add_page(paths::DOCS, Resource::Section(Section::Docs));
    add_page(paths::QUICKSTARTS, Resource::Section(Section::Quickstarts));
    for (index, page) in site.pages().iter().enumerate() {
        add_page(page.address(), Resource::Page(index));
    }
    add_page(paths::CHANGELOG, Resource::Changelog);
    add_page(paths::DID_WEB, Resource::DidWeb);
    add_page(paths::SEARCH, Resource::Search);
    let mut add = |path: &str, resource: Resource| add_entry(site.href(path), resource, None);
    add(paths::FEED, Resource::Feed);
    add(paths::LLMS, Resource::Llms(None));
    for folder in llms::list_folders(site) {
        add(&llms::list_path(site, &folder), Resource::Llms(Some(folder)));
    }
    add(paths::LLMS_FULL, Resource::LlmsFull);
    add(paths::SITEMAP, Resource::Sitemap);
    add(paths::ROBOTS, Resource::Robots);
    if let Some(text) = site.security_txt() {
        add(paths::SECURITY_TXT, Resource::SecurityTxt(Arc::clone(text)));
    }
    for asset in context.assets.iter() {
        add(&asset.address, Resource::Asset(asset.address.clone(), asset.bytes.clone()));
    }
    for media in site.media() {
        add(&media.address, Resource::Media(Arc::clone(media)));
    }
    entries
}
