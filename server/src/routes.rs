//! Handlers of GET requests beyond prepared responses: pages on first request, search, tools, account, health.

pub mod account;
pub mod did_web;
pub mod get_started;
pub mod health;
pub mod marketplace;
pub mod page;
pub mod search;
pub mod status;
