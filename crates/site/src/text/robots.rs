//! `/robots.txt` (RFC 9309): rules for crawlers, and the sitemaps.

use crate::context::SiteContext;
use crate::paths;
use crate::response::ResponseParts;

/// Builds the file. Search results are disallowed: they are unlimited, and their content has its own URLs.
pub fn robots_parts(context: &SiteContext) -> ResponseParts {
    let href = |path| context.site.href(path);
    let sitemap = context.settings.absolute_url(&href(paths::SITEMAP));
    let agents = context.settings.absolute_url(&href(paths::SITEMAP_AGENTS));
    let text = format!(
        "User-agent: *\nDisallow: {}?\nDisallow: {}\nDisallow: {}\nAllow: /\n\nSitemap: {sitemap}\nSitemap: {agents}\n",
        href(paths::SEARCH),
        href(paths::SEARCH_JSON),
        href(paths::FEEDBACK),
    );
    super::plain_text_response(text)
}
