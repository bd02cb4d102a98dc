//! Middleware, outermost first: request ID and log line (`request`), authentication and limits (`authenticate`); on
//! some routes rate limits of marketplace readers and token clients (`readers`, `clients`), public caching (`public`)
//! and idempotency (`idempotency`).

pub mod authenticate;
pub mod clients;
pub mod idempotency;
pub mod public;
pub mod readers;
pub mod request;
