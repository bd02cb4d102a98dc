//! `/sitemap.xml` (sitemaps.org, version 0.9): all pages, with the date of the last update if known.

use bytes::Bytes;
use http::{HeaderValue, StatusCode};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::context::SiteContext;
use crate::error::SiteError;
use crate::paths;
use crate::response::{CachePolicy, ResponseParts, Sandbox};

/// Maximum number of URLs in a sitemap.
const MAX_ADDRESSES: usize = 50_000;

/// Builds the sitemap.
///
/// # Errors
///
/// [`SiteError::Internal`] when the document can't be written.
pub fn sitemap_parts(context: &SiteContext) -> Result<ResponseParts, SiteError> {
    let body = write(context).map_err(|error| SiteError::Internal(format!("sitemap: {error}")))?;
    Ok(ResponseParts {
        status: StatusCode::OK,
        content_type: HeaderValue::from_static("application/xml; charset=utf-8"),
        body: Bytes::from(body),
        policy: CachePolicy::Feed,
        sandbox: Sandbox::File,
        varies_by_accept: false,
        extra: Vec::new(),
    })
}

fn write(context: &SiteContext) -> std::io::Result<Vec<u8>> {
    let site = &context.site;
    let pages = site.pages().iter().filter(|page| !page.document().front.draft && !page.document().is_broken());
    let mut entries: Vec<(&str, Option<String>)> =
        pages.map(|page| (page.address(), page.updated().map(|day| day.to_string()))).collect();
    for fixed in [paths::HOME, paths::DOCS, paths::QUICKSTARTS, paths::CHANGELOG, paths::DID_WEB] {
        if !entries.iter().any(|(address, _)| *address == fixed) {
            entries.push((fixed, None));
        }
    }
    entries.sort();
    let absolute = |(address, day): (&str, Option<String>)| (context.canonical_url(address), day);
    write_entries("urlset", "url", entries.into_iter().take(MAX_ADDRESSES).map(absolute))
}

/// Writes entries (an absolute URL, the date of the last update) as a document of sitemaps.org: `urlset` of `url`, or
/// `sitemapindex` of `sitemap`.
///
/// # Errors
///
/// [`std::io::Error`] when the XML can't be written.
pub fn write_entries(
    root: &str,
    entry: &str,
    entries: impl Iterator<Item = (String, Option<String>)>,
) -> std::io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer
        .create_element(root)
        .with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"))
        .write_inner_content(|writer| {
            for (address, day) in entries {
                writer.create_element(entry).write_inner_content(|writer| {
                    writer.create_element("loc").write_text_content(BytesText::new(&address))?;
                    if let Some(day) = &day {
                        writer.create_element("lastmod").write_text_content(BytesText::new(day))?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })?;
    Ok(writer.into_inner())
}
