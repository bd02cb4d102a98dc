//! What the API answers, asked within the time that a reader waits.

mod query;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use client::types::{
    Card, Changes, ChangesQuery, ClaimKind as Kind, Facet, FacetName, MarketplaceQuery, Report, Reported, Sort,
};
use client::{AgentId, Client, ETag, Error, ErrorCode, Fetched};
use query::query;
use thiserror::Error as ThisError;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::answer::{Agent, Answer, Check, List, Publisher};
use super::ask::Subject;
use super::credential::Credential;
use super::question::Question;
use crate::config::Config;
use crate::error::StartError;

/// How long a reader waits for the API, all questions of a page together.
pub(super) const PATIENCE: Duration = Duration::from_millis(1_500);
/// Largest answer that is read, in bytes: a page of agents has some 100 KB.
const LARGEST: usize = 1 << 20;
/// Questions at a time. What waits for its turn waits within [`PATIENCE`].
const AT_A_TIME: usize = 32;
/// Related agents that are shown.
const MOST_RELATED: usize = 4;
/// Newest agents on the home page.
const MOST_NEWEST: u64 = 4;

/// That the API can't be asked now, and why: for the log.
#[derive(Clone, Debug, ThisError)]
#[error("{0}")]
pub struct Outage(pub String);

/// Asks the API.
#[derive(Debug)]
pub struct Source {
    known: Client,
    /// Whether the API refused the credential when it was last shown: then it is asked as anybody asks.
    is_refused: AtomicBool,
    turns: Semaphore,
}

impl Source {
    /// One for the API that the operator named.
    ///
    /// # Errors
    ///
    /// Where the address or the credential is none.
    pub fn new(config: &Config) -> Result<Self, StartError> {
        let client = Client::builder(config.api.url.as_str())
            .user_agent(concat!("sentryagent-portal/", env!("CARGO_PKG_VERSION")))
            .timeout(PATIENCE)
            .deadline(PATIENCE)
            .retries(1)
            .largest(LARGEST)
            .build()?;
        let client = match &config.api.credential {
            Some(file) => {
                let Credential { client_id, client_secret } = Credential::read(file)?;
                client.with_credentials(&client_id, client_secret)
            }
            None => client,
        };
        Ok(Self { known: client, is_refused: AtomicBool::new(false), turns: Semaphore::new(AT_A_TIME) })
    }

    fn client(&self) -> Client {
        if self.is_refused.load(Ordering::Relaxed) { self.known.anonymous() } else { self.known.clone() }
    }

    /// Shows the credential again, should it have been refused.
    pub(super) fn try_credential(&self) {
        self.is_refused.store(false, Ordering::Relaxed);
    }

    /// Whether an error says that the credential does not hold, for the first time.
    fn is_refusal_of_credential(&self, error: &Error) -> bool {
        let refused = error.is_unauthorized() || matches!(error, Error::OAuth { .. });
        let is_news = refused && !self.is_refused.swap(true, Ordering::Relaxed);
        if is_news {
            tracing::error!(
                "SENTRYAGENT_API_CREDENTIAL: the API refuses it ({error}); it is asked without, and limits the portal"
            );
        }
        is_news
    }

    /// What the API says of a subject; nothing if it is as it is known (`known` is its version).
    pub async fn answer(
        &self,
        subject: &Subject,
        known: Option<&ETag>,
    ) -> Result<Option<(Answer, Option<ETag>)>, Outage> {
        let asked = async {
            let _turn = self.turns.acquire().await.map_err(|error| Outage(error.to_string()))?;
            let mut answered = self.ask(subject, known).await;
            if answered.as_ref().is_err_and(|error| self.is_refusal_of_credential(error)) {
                answered = self.ask(subject, known).await;
            }
            match answered {
                Ok(answer) => Ok(answer),
                Err(error) => refusal(&error).map(|answer| Some((answer, None))),
            }
        };
        timeout(PATIENCE, asked).await.unwrap_or_else(|_| Err(Outage("no answer in time".to_owned())))
    }

    async fn ask(&self, subject: &Subject, known: Option<&ETag>) -> Result<Option<(Answer, Option<ETag>)>, Error> {
        match subject {
            Subject::List(question) => self.list(question, known).await,
            Subject::Agent(id) => self.agent(*id).await.map(|answer| Some((answer, None))),
            Subject::Check(id) => self.check(*id).await.map(|answer| Some((answer, None))),
            Subject::Publisher(slug, skipped) => {
                self.publisher(slug, *skipped).await.map(|answer| Some((answer, None)))
            }
        }
    }

    async fn list(&self, question: &Question, known: Option<&ETag>) -> Result<Option<(Answer, Option<ETag>)>, Error> {
        let marketplace = self.client().marketplace();
        let counted = |facet: FacetName, change: fn(&mut Question)| {
            let query =
                MarketplaceQuery { limit: Some(1), facets: vec![facet.clone()], ..query(&question.with(change)) };
            let marketplace = &marketplace;
            async move {
                let mut page = marketplace.search(&query).await?;
                Ok::<_, Error>(page.facets.remove(facet.as_str()).unwrap_or_default())
            }
        };
        let query = MarketplaceQuery {
            facets: vec![FacetName::Capability, FacetName::AgentType, FacetName::Publisher, FacetName::Checked],
            ..query(question)
        };
        // Counts beside a chosen value are another question: then the list's own version does not speak for all of it.
        let is_chosen = question.agent_type.is_some() || question.publisher.is_some();
        let list = marketplace.search_if(&query, known.filter(|_| !is_chosen));
        let types = async {
            match question.agent_type {
                Some(_) => counted(FacetName::AgentType, |other| other.agent_type = None).await.map(Some),
                None => Ok(None),
            }
        };
        let publishers = async {
            match question.publisher {
                Some(_) => counted(FacetName::Publisher, |other| other.publisher = None).await.map(Some),
                None => Ok(None),
            }
        };
        let (list, types, publishers) = tokio::try_join!(list, types, publishers)?;
        let Fetched::Fresh { value: mut page, etag } = list else { return Ok(None) };
        let mut own =
            |name: &str, counted: Option<Vec<Facet>>| counted.or(page.facets.remove(name)).unwrap_or_default();
        let (types, publishers) = (own("agentType", types), own("publisher", publishers));
        Ok(Some((Answer::List(Box::new(List { page, types, publishers })), etag.filter(|_| !is_chosen))))
    }

    /// Its own version does not speak for those beside it: it is always read anew.
    async fn agent(&self, id: AgentId) -> Result<Answer, Error> {
        let detail = self.client().marketplace().get(id).await?;
        let related = self.related(&detail.card).await?;
        Ok(Answer::Agent(Box::new(Agent { detail, related })))
    }

    /// Others with its first capability, the rest from its publisher.
    async fn related(&self, card: &Card) -> Result<Vec<Card>, Error> {
        let most = MOST_RELATED as u64 + 1;
        let alike = MarketplaceQuery {
            capability: card.capabilities.first().cloned().into_iter().collect(),
            limit: Some(most),
            ..MarketplaceQuery::default()
        };
        let near = MarketplaceQuery {
            publisher: Some(card.publisher.slug.clone()),
            limit: Some(most),
            ..MarketplaceQuery::default()
        };
        let marketplace = self.client().marketplace();
        let (alike, near) = tokio::try_join!(marketplace.search(&alike), marketplace.search(&near))?;
        let mut related: Vec<Card> = Vec::new();
        for other in alike.data.into_iter().chain(near.data) {
            if other.agent_id != card.agent_id && related.iter().all(|known| known.agent_id != other.agent_id) {
                related.push(other);
            }
        }
        related.truncate(MOST_RELATED);
        Ok(related)
    }

    async fn check(&self, id: AgentId) -> Result<Answer, Error> {
        let client = self.client();
        let (marketplace, dids, discovery) = (client.marketplace(), client.dids(), client.discovery());
        let card = async {
            match dids.card(id).await {
                Ok(card) => Ok(Some(card)),
                Err(error) if error.is_not_found() => Ok(None),
                Err(error) => Err(error),
            }
        };
        // First what is shown at all: an agent that is not has a document all the same.
        let detail = marketplace.get(id).await?;
        let (document, card, keys) = tokio::try_join!(dids.document(id), card, discovery.jwks())?;
        Ok(Answer::Check(Box::new(Check { detail, document, card, keys })))
    }

    async fn publisher(&self, slug: &str, skipped: u64) -> Result<Answer, Error> {
        let query = query(&Question { publisher: Some(slug.to_owned()), skipped, ..Question::default() });
        let marketplace = self.client().marketplace();
        let (detail, page) = tokio::join!(marketplace.publisher(slug), marketplace.search(&query));
        // Where there is no marketplace, there is no list either; a publisher that is none is missing by itself.
        let page = page?;
        let detail = match detail {
            Err(error) if error.is_not_found() => return Ok(Answer::Missing),
            detail => detail?,
        };
        if detail.slug != slug {
            return Ok(Answer::Moved(detail.slug));
        }
        Ok(Answer::Publisher(Box::new(Publisher { detail, page })))
    }

    /// The newest agents of which something was checked.
    pub async fn newest(&self) -> Result<Vec<Card>, Error> {
        let query = MarketplaceQuery {
            checked_any: vec![Kind::Domain, Kind::Key, Kind::Repository],
            sort: Some(Sort::Recent),
            limit: Some(MOST_NEWEST),
            ..MarketplaceQuery::default()
        };
        Ok(self.client().marketplace().search(&query).await?.data)
    }

    /// What changed behind a place among the changes.
    pub async fn changes(&self, since: Option<String>) -> Result<Changes, Error> {
        let query = ChangesQuery { since, limit: Some(1000) };
        let changes = self.client().marketplace().changes(&query).await;
        match changes {
            Err(error) if self.is_refusal_of_credential(&error) => self.client().marketplace().changes(&query).await,
            other => other,
        }
    }

    /// All published agents, in a hundred at a time.
    pub fn all(&self) -> client::BoxStream<Card> {
        let query = MarketplaceQuery { sort: Some(Sort::Name), limit: Some(100), ..MarketplaceQuery::default() };
        self.client().marketplace().all(query)
    }

    /// Reports an agent on behalf of somebody at an address, who is limited by it.
    pub async fn report(
        &self,
        id: AgentId,
        report: &Report,
        from: Option<std::net::IpAddr>,
    ) -> Result<Reported, Error> {
        let client = self.known.anonymous();
        let client = match from {
            Some(address) => client.forwarded_for(address),
            None => client,
        };
        client.marketplace().report(id, report).await
    }
}

/// A refusal that is an answer all the same; otherwise the API can't be asked now.
fn refusal(error: &Error) -> Result<Answer, Outage> {
    match error.code() {
        Some(ErrorCode::AgentRemoved) => {
            let reason = match error {
                Error::Api(refusal) => refusal.details.as_ref().and_then(|details| details["reason"].as_str()),
                _ => None,
            };
            Ok(Answer::Gone(reason.unwrap_or("other").to_owned()))
        }
        Some(ErrorCode::AgentNotFound) => Ok(Answer::Missing),
        Some(ErrorCode::NotFound) => Ok(Answer::Off),
        _ => Err(Outage(error.to_string())),
    }
}
