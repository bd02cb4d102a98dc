//! The only code that runs in the browser as WASM. Each island is rendered on the server, works without script, and is
//! hydrated in the browser.
#![allow(missing_docs, reason = "the island macro writes undocumented structs")]

pub mod agent_form;
pub mod did_web_form;
