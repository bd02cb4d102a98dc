//! Public origins: this service's own and the portal's.

use url::Url;

use crate::config::Config;

/// The public origins of this service and its portal.
#[derive(Debug)]
pub struct Origins {
    /// The service's own origin, as tokens spell it: no slash at its end.
    pub issuer: String,
    /// The issuer's host as it stands in a did:web, where the port's colon is `%3A`.
    pub did_host: String,
    portal: Url,
}

impl Origins {
    /// The origins that the operator set.
    pub fn new(config: &Config) -> Self {
        Self { issuer: config.issuer(), did_host: config.did_host(), portal: config.public.portal.clone() }
    }

    /// The URL of a page of the portal.
    pub fn portal_page(&self, path: &str) -> String {
        format!("{}{path}", self.portal.as_str().trim_end_matches('/'))
    }
}
