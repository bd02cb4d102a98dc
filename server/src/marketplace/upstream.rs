//! Requests to the API, each with a timeout that a reader can wait for.

mod pages;
mod query;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use client::types::{
    Card, Changes, ChangesQuery, ClaimKind as Kind, MarketplaceQuery as ApiQuery, Report, ReportReceipt, Sort,
};
use client::{AgentId, Client, ETag, Error, ErrorCode};
use site::marketplace::{DELETED_PUBLISHER, MarketplaceData, PageKey};
use thiserror::Error as ThisError;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::credential::Credential;
use crate::config::Config;
use crate::error::StartError;

/// Timeout for all requests of a page together: a reader waits for them.
pub(super) const TIMEOUT: Duration = Duration::from_millis(1_500);
/// Maximum size of an accepted response, in bytes: four times what the API sends for the longest texts of agents, so that
/// nobody's data can disable a page. All concurrent responses together need at most 48 MiB.
const MAX_RESPONSE_BYTES: usize = 2 << 20;
/// Maximum number of concurrent pages. Waiting for a permit counts toward [`TIMEOUT`].
const MAX_CONCURRENT: usize = 24;
/// Agents on the home page.
const MAX_NEWEST: u64 = 4;

/// A failed request to the API, with its reason for the log.
#[derive(Clone, Debug, ThisError)]
#[error("{0}")]
pub struct UpstreamError(pub String);

/// Client of the API.
#[derive(Debug)]
pub struct Upstream {
    client: Client,
    /// True after the API rejected the credential: requests are then anonymous.
    is_rejected: AtomicBool,
    turns: Semaphore,
}

impl Upstream {
    /// Creates a client for the configured API.
    ///
    /// # Errors
    ///
    /// [`StartError`] when the URL or the credential is invalid.
    pub fn new(config: &Config) -> Result<Self, StartError> {
        let client = Client::builder(config.api.url.as_str())
            .user_agent(concat!("sentryagent-portal/", env!("CARGO_PKG_VERSION")))
            .timeout(TIMEOUT)
            .deadline(TIMEOUT)
            .retries(1)
            .max_body_bytes(MAX_RESPONSE_BYTES)
            .build()?;
        let client = match &config.api.credential {
            Some(file) => {
                let Credential { client_id, client_secret } = Credential::read(file)?;
                client.with_credentials(&client_id, client_secret)
            }
            None => client,
        };
        Ok(Self { client, is_rejected: AtomicBool::new(false), turns: Semaphore::new(MAX_CONCURRENT) })
    }

    fn client(&self) -> Client {
        if self.is_rejected.load(Ordering::Relaxed) { self.client.anonymous() } else { self.client.clone() }
    }

    /// Uses a rejected credential again.
    pub(super) fn retry_credential(&self) {
        self.is_rejected.store(false, Ordering::Relaxed);
    }

    /// Returns true for the first error that rejects the credential.
    fn is_new_rejection(&self, error: &Error) -> bool {
        let is_rejection = error.is_unauthorized() || matches!(error, Error::OAuth { .. });
        let is_new = is_rejection && !self.is_rejected.swap(true, Ordering::Relaxed);
        if is_new {
            tracing::error!(
                "SENTRYAGENT_API_CREDENTIAL: the API rejects it ({error}); requests are sent without it, and rate limits apply to the portal"
            );
        }
        is_new
    }

    /// Fetches the data of a page; none if its entity tag is still `known`.
    ///
    /// # Errors
    ///
    /// [`UpstreamError`] when the API can't be reached in time.
    pub async fn fetch(
        &self,
        key: &PageKey,
        known: Option<&ETag>,
    ) -> Result<Option<(MarketplaceData, Option<ETag>)>, UpstreamError> {
        let fetched = async {
            let _turn = self.turns.acquire().await.map_err(|error| UpstreamError(error.to_string()))?;
            let mut result = self.fetch_page(key, known).await;
            if result.as_ref().is_err_and(|error| self.is_new_rejection(error)) {
                result = self.fetch_page(key, known).await;
            }
            match result {
                Ok(data) => Ok(data),
                Err(error) => data_for_error(&error).map(|data| Some((data, None))),
            }
        };
        timeout(TIMEOUT, fetched).await.unwrap_or_else(|_| Err(UpstreamError("no response in time".to_owned())))
    }

    async fn fetch_page(
        &self,
        key: &PageKey,
        known: Option<&ETag>,
    ) -> Result<Option<(MarketplaceData, Option<ETag>)>, Error> {
        match key {
            PageKey::List(filters) => self.fetch_list(filters, known).await,
            PageKey::Agent(id) => self.fetch_agent(*id).await.map(|data| Some((data, None))),
            PageKey::Check(id) => self.fetch_check(*id).await.map(|data| Some((data, None))),
            PageKey::Publisher(slug, skipped) => {
                self.fetch_publisher(slug, *skipped).await.map(|data| Some((data, None)))
            }
        }
    }

    /// Fetches the newest agents with a verified claim.
    ///
    /// # Errors
    ///
    /// Errors of the API.
    pub async fn newest(&self) -> Result<Vec<Card>, Error> {
        let query = ApiQuery {
            checked_any: vec![Kind::Domain, Kind::Key, Kind::Repository],
            sort: Some(Sort::Recent),
            limit: Some(MAX_NEWEST),
            ..ApiQuery::default()
        };
        Ok(self.client().marketplace().search(&query).await?.data)
    }

    /// Fetches the changes after a position of the feed.
    ///
    /// # Errors
    ///
    /// Errors of the API.
    pub async fn changes(&self, since: Option<String>) -> Result<Changes, Error> {
        let query = ChangesQuery { since, limit: Some(1000) };
        let changes = self.client().marketplace().changes(&query).await;
        match changes {
            Err(error) if self.is_new_rejection(&error) => self.client().marketplace().changes(&query).await,
            other => other,
        }
    }

    /// Streams all published agents, a number of them per request.
    pub fn all_agents(&self, limit: u64) -> client::BoxStream<Card> {
        let query = ApiQuery { sort: Some(Sort::Name), limit: Some(limit), ..ApiQuery::default() };
        self.client().marketplace().all(query)
    }

    /// Reports an agent on behalf of a reader, whose IP address is rate-limited.
    ///
    /// # Errors
    ///
    /// Errors of the API.
    pub async fn report(
        &self,
        id: AgentId,
        report: &Report,
        from: Option<std::net::IpAddr>,
    ) -> Result<ReportReceipt, Error> {
        let client = self.client.anonymous();
        let client = match from {
            Some(address) => client.forwarded_for(address),
            None => client,
        };
        client.marketplace().report(id, report).await
    }
}

/// Converts an error response that is data, such as a removed agent. Other errors are failures.
fn data_for_error(error: &Error) -> Result<MarketplaceData, UpstreamError> {
    match error.code() {
        Some(ErrorCode::AgentRemoved) => {
            let reason = match error {
                Error::Api(refusal) => refusal.details.as_ref().and_then(|details| details["reason"].as_str()),
                _ => None,
            };
            Ok(MarketplaceData::Gone(reason.unwrap_or("other").to_owned()))
        }
        Some(ErrorCode::PublisherRemoved) => Ok(MarketplaceData::Gone(DELETED_PUBLISHER.to_owned())),
        Some(ErrorCode::AgentNotFound) => Ok(MarketplaceData::Missing),
        Some(ErrorCode::NotFound) => Ok(MarketplaceData::Off),
        _ => Err(UpstreamError(error.to_string())),
    }
}
