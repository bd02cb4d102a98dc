//! Rules of the workspace that no compiler checks: crate borders, module cycles, file lengths, links of the repository's
//! own pages, and the vocabulary.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests")]

mod crates;
mod cycles;
mod lengths;
mod repository;
mod scanner;
mod sources;
mod tokens;
mod words;

use std::path::{Path, PathBuf};

/// The root of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace")
}
