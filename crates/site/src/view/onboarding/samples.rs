//! The first call, in five languages, with the reader's own agent.

use std::sync::LazyLock;

use super::super::samples::{Program, Samples, markup};

/// What stands for the agent's identifier and for the API's origin.
const PLACES: [&str; 2] = ["AGENT_ID", "API_ORIGIN"];

const PROGRAMS: [Program; 5] = [
    ("curl", "bash", include_str!("samples/first.sh")),
    ("Node.js", "javascript", include_str!("samples/first.mjs")),
    ("Python", "python", include_str!("samples/first.py")),
    ("Go", "go", include_str!("samples/first.go")),
    ("Rust", "rust", include_str!("samples/first.rs")),
];

static MARKUP: LazyLock<String> = LazyLock::new(|| markup(&PROGRAMS));

/// The first call of an agent at an API.
pub(super) fn first_call(agent_id: &str, api: &str) -> Samples<'static> {
    Samples::fill(&PROGRAMS, &MARKUP, &[(PLACES[0], agent_id), (PLACES[1], api)])
}
