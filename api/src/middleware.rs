//! What every request passes, outermost first: its id and its end (`request`), who it is and how often (`authenticate`),
//! and on some routes how often readers may come (`readers`), what caches may keep (`public`) and what is answered again
//! (`idempotency`).

pub mod authenticate;
pub mod idempotency;
pub mod public;
pub mod readers;
pub mod request;
