//! What every request passes, outermost first: its id and its end (`request`), who it is and how often (`authenticate`),
//! and on some routes how often readers and clients of the token endpoints may come (`readers`, `clients`), what caches
//! may keep (`public`) and what is answered again (`idempotency`).

pub mod authenticate;
pub mod clients;
pub mod idempotency;
pub mod public;
pub mod readers;
pub mod request;
