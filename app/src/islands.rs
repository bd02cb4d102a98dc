//! The only code that reaches the browser as WASM. Each island is drawn on the server first, works there without
//! script, and comes alive in the browser.
#![allow(missing_docs, reason = "the island macro writes undocumented structs")]

pub mod agent_form;
pub mod did_web_form;
