//! What a browser, a proxy or a CDN sees: finished answers, their encodings, validators and policies.

pub mod answer;
pub mod assets;
pub mod compress;
pub mod finished;
pub mod front;
mod logged;
pub mod negotiate;
pub mod policy;
pub mod security;
