//! Settings of the site: its public URLs.

use url::Url;

/// URLs that pages and responses contain.
#[derive(Clone, Debug)]
pub struct SiteSettings {
    /// Public origin of the site (RFC 6454, section 6.2), without a trailing slash.
    pub origin: String,
    /// Path of the whole site, such as `/developers`; empty at the root of its host.
    pub base_path: String,
    /// URL of the folder `content` in the repository's web editor.
    pub edit_url: Option<Url>,
    /// Public origin of the API, without a trailing slash.
    pub api_origin: String,
    /// True if the public URL of the site uses https.
    pub is_https: bool,
}

impl SiteSettings {
    /// Returns the absolute URL of an href, which includes the base path.
    pub fn absolute_url(&self, href: &str) -> String {
        format!("{}{href}", self.origin)
    }

    /// Returns the href of the home page: under a base path, without a trailing slash, like every other page.
    pub fn home_href(&self) -> String {
        match self.base_path.as_str() {
            "" => "/".to_owned(),
            base => base.to_owned(),
        }
    }
}
