//! Typed HTTP client of SentryAgent.ai's public API: sign-up, registry, tokens, DIDs, audit trail, marketplace.
//!
//! ```no_run
//! use client::types::{AgentType, NewAgent, SignupRequest};
//! use client::{Client, Error};
//!
//! # async fn example() -> Result<(), Error> {
//! let anonymous = Client::builder("https://api.sentryagent.ai").user_agent("my-portal/1.0").build()?;
//! let signup = anonymous.signup().create(&SignupRequest::default()).await?;
//!
//! // Tokens are requested, cached and renewed automatically.
//! let admin = anonymous.with_credentials(&signup.credential.client_id, signup.credential.client_secret);
//! let agent = NewAgent { tags: vec!["finance".into()], ..NewAgent::new("Screener", AgentType::Screener, ["invoices:read"]) };
//! match admin.agents().create(&agent).await {
//!     Ok(agent) => println!("{} is {}", agent.name, agent.did),
//!     Err(Error::Api(error)) => {
//!         for field in &error.fields {
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
//! # Automatic behavior
//!
//! - **Retries.** Reads, deletions and creations (with a generated `Idempotency-Key`) are retried after connection
//!   errors, timeouts and statuses 502, 503 and 504, with exponential backoff and jitter; after a 429 once
//!   `Retry-After` has passed, if that is within the [deadline](ClientBuilder::deadline). Other calls are not retried.
//! - **Tokens.** [`Client::with_credentials`] caches one token in memory for all clones and renews it 60 s before it
//!   expires, and once after a 401.
//! - **Redaction.** [`Secret`]s print as dots. Errors never contain a body.
//! - **Forward compatibility.** Unknown fields are ignored; unknown values (`Other`) and error codes
//!   ([`ErrorCode::Unknown`]) are kept.
//!
//! # Structure
//!
//! [`Client`] has a method for each resource ([`resources`]); requests and responses are in [`types`], errors in
//! [`Error`]. [`operations`] lists the covered operations; a test compares the list with `openapi.json`.

mod auth;
mod builder;
mod call;
mod client;
mod error;
mod etag;
mod ids;
mod list;
mod open_enum;
mod operation;
mod patch;
pub mod resources;
mod response;
mod retry;
mod secret;
mod transport;
pub mod types;

pub use builder::ClientBuilder;
pub use client::Client;
pub use error::{ApiError, Error, ErrorCode, FieldError, OAuthErrorCode};
pub use etag::{ETag, Fetched};
pub use ids::{AgentId, ClaimId, CredentialId, EventId, OrganizationId, ReportId, SessionId};
pub use list::{BoxStream, List, Paging};
pub use patch::Patch;
pub use resources::operations;
pub use secret::Secret;

/// Timestamp in responses.
pub use jiff::Timestamp;
/// UUID, the form of all IDs.
pub use uuid::Uuid;

/// Result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;
