//! Public origins of the service and its portal.

use url::Url;

use crate::config::Config;

/// Public origins of the service and its portal.
#[derive(Debug)]
pub struct Origins {
    /// Origin of the service, as in tokens: without a trailing slash.
    pub issuer: String,
    /// Host of the issuer in did:web form: the colon before the port is `%3A`.
    pub did_host: String,
    portal: Url,
}

impl Origins {
    /// Creates the origins from the configuration.
    pub fn new(config: &Config) -> Self {
        Self { issuer: config.issuer(), did_host: config.did_host(), portal: config.public.portal.clone() }
    }

    /// Returns the URL of a page of the portal.
    pub fn portal_page(&self, path: &str) -> String {
        format!("{}{path}", self.portal.as_str().trim_end_matches('/'))
    }
}
