//! Tests of the portal over HTTP, with one module per feature.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod base_path;
mod caching;
mod changelog;
mod docs;
mod feedback;
mod health;
mod hostile;
mod listings;
mod markdown;
mod not_found;
mod own_content;
mod redirects;
mod reload;
mod search;
mod security;
mod shutdown;
mod support;
mod tools_did_web;
