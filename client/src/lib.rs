//! Typed HTTP client of SentryAgent.ai's public API: sign-up, registry, tokens, DIDs, audit trail, marketplace.
//!
//! ```no_run
//! use client::types::{AgentType, NewAgent, Signup};
//! use client::{Client, Error};
//!
//! # async fn example() -> Result<(), Error> {
//! let anybody = Client::builder("https://api.sentryagent.ai").user_agent("my-portal/1.0").build()?;
//! let made = anybody.signup().create(&Signup::default()).await?;
//!
//! // Tokens are fetched, kept and renewed by themselves.
//! let ours = anybody.with_credentials(&made.credential.client_id, made.credential.client_secret);
//! let agent = NewAgent { tags: vec!["finance".into()], ..NewAgent::new("Screener", AgentType::Screener, ["invoices:read"]) };
//! match ours.agents().create(&agent).await {
//!     Ok(agent) => println!("{} is {}", agent.name, agent.did),
//!     Err(Error::Api(refusal)) => {
//!         for field in &refusal.fields {
//!             println!("{} {}", field.field, field.reason);
//!         }
//!     }
//!     Err(error) if error.is_unavailable() => println!("try again later"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # What it does by itself
//!
//! - **Again, where that is safe.** Reads, deletions and creations (which carry an `Idempotency-Key` that the client makes)
//!   are tried again after broken connections, timeouts and answers 502, 503 and 504, with exponential backoff and jitter;
//!   after a 429 when `Retry-After` has passed, if that is within the [deadline](ClientBuilder::deadline). Nothing else is.
//! - **Tokens.** [`Client::with_credentials`] keeps one token in memory for all clones, renews it 60 s before its end, and
//!   once after a 401.
//! - **Silence.** [`Secret`]s print as dots. Errors never hold a body.
//! - **Patience with newer servers.** Unknown fields are ignored, unknown words are kept (`Other`), unknown codes too
//!   ([`ErrorCode::Unknown`]).
//!
//! # Where things are
//!
//! A method of [`Client`] for each noun ([`resources`]), what is sent and answered in [`types`], what can go wrong in
//! [`Error`]. [`operations`] lists what is covered; a test holds it against `openapi.json`.

mod answer;
mod auth;
mod builder;
mod call;
mod client;
mod error;
mod etag;
mod ids;
mod list;
mod operation;
mod patch;
pub mod resources;
mod retry;
mod secret;
mod transport;
pub mod types;
mod words;

pub use builder::ClientBuilder;
pub use client::Client;
pub use error::{ApiError, Error, ErrorCode, FieldError, OAuthErrorCode};
pub use etag::{ETag, Fetched};
pub use ids::{AgentId, ClaimId, CredentialId, EventId, OrganizationId, ReportId, SessionId};
pub use list::{BoxStream, List, Paging};
pub use operation::operations;
pub use patch::Patch;
pub use secret::Secret;

/// A point in time, as it stands in answers.
pub use jiff::Timestamp;
/// What identifiers are made of.
pub use uuid::Uuid;

/// Result of every call.
pub type Result<T, E = Error> = std::result::Result<T, E>;
