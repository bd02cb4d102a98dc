//! The portal's pages: Leptos components rendered on the server from plain values, and islands, the only code that runs
//! in the browser as WASM.
//!
//! - [`model`]: page content as data. No I/O, no framework.
//! - `shell`, `meta`, `routes`, `pages`, `components` (feature `ssr`): the document as HTML; `markdown_page`: the same
//!   document as Markdown.
//! - [`islands`]: compiled twice, for the server and for the browser (feature `hydrate`).
//!
//! No router: axum routes a request, and `routes` renders the page. The browser routes nothing, so a second routing
//! table would only duplicate the first.

// Types of views nest as deep as the page, unless they are erased.
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

/// Prepares the reactive system in the browser. `public/islands.js` calls it, then the export of each island.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
