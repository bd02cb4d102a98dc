//! `/robots.txt` (RFC 9309): everything may be read; where the sitemap is.

use crate::edge::finished::Draft;
use crate::generation::Generation;
use crate::site_paths;

/// The file. Answers to questions are left out: there is no end of them, and all that they show stands elsewhere.
pub fn draft(generation: &Generation) -> Draft {
    let href = |path| generation.site.href(path);
    let sitemap = generation.config.absolute(&href(site_paths::SITEMAP));
    let agents = generation.config.absolute(&href(site_paths::SITEMAP_AGENTS));
    let text = format!(
        "User-agent: *\nDisallow: {}?\nDisallow: {}\nDisallow: {}\nAllow: /\n\nSitemap: {sitemap}\nSitemap: {agents}\n",
        href(site_paths::SEARCH),
        href(site_paths::SEARCH_JSON),
        href(site_paths::FEEDBACK),
    );
    super::text(text)
}
