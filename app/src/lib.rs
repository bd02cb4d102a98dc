//! The portal's pages: Leptos components, drawn on the server from plain values; and the islands, the only code
//! that reaches the browser as WASM.
//!
//! - [`model`]: what pages say, as data. No I/O, no framework.
//! - `shell`, `meta`, `routes`, `pages`, `components` (feature `ssr`): the document as HTML; `markdown_page`: the same
//!   as Markdown.
//! - [`islands`]: compiled twice, for the server and for the browser (feature `hydrate`).
//!
//! There is no router here: axum routes a request and `routes` draws the kind of page that it found. Nothing is
//! routed in the browser, so a second table of routes would only be a second truth.

// Views have types as deep as the page, where they are not erased.
#![recursion_limit = "512"]
#![allow(unreachable_pub, reason = "the component macro writes public structs")]

pub mod islands;
pub mod model;

#[cfg(feature = "ssr")]
mod components;
#[cfg(feature = "ssr")]
mod markdown;
#[cfg(feature = "ssr")]
pub mod markdown_page;
#[cfg(feature = "ssr")]
mod meta;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod shell;

#[cfg(feature = "ssr")]
pub use shell::document;

/// Prepares the reactive system in the browser. `public/islands.js` calls it, then each island's own export.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
