//! Middleware, outermost first: request ID and log line (`request`), authentication and limits (`authenticate`); on
//! other routes rate limits of marketplace readers, token clients and readers of documents (`readers`, `clients`,
//! `documents`); public caching (`public`) and idempotency (`idempotency`).

pub mod authenticate;
pub mod clients;
pub mod documents;
pub mod idempotency;
pub mod public;
pub mod readers;
pub mod request;
