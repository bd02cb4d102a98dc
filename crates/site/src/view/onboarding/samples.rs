//! Samples of the first call, in five languages, with the reader's own agent.

use std::sync::LazyLock;

use crate::view::samples::{Program, Samples, markup};

/// Placeholders for the agent's ID and the API's origin.
const PLACEHOLDERS: [&str; 2] = ["AGENT_ID", "API_ORIGIN"];

const PROGRAMS: [Program; 5] = [
    ("curl", "bash", include_str!("samples/first.sh")),
    ("Node.js", "javascript", include_str!("samples/first.mjs")),
    ("Python", "python", include_str!("samples/first.py")),
    ("Go", "go", include_str!("samples/first.go")),
    ("Rust", "rust", include_str!("samples/first.rs")),
];

static MARKUP: LazyLock<String> = LazyLock::new(|| markup(&PROGRAMS));

/// Fills in the ID of an agent and the origin of the API.
pub(super) fn first_call(agent_id: &str, api: &str) -> Samples<'static> {
    Samples::fill(&PROGRAMS, &MARKUP, &[(PLACEHOLDERS[0], agent_id), (PLACEHOLDERS[1], api)])
}
