//! Samples that call an agent, in four languages, with its own endpoint.

use std::sync::LazyLock;

use crate::view::samples::{Program, Samples, markup};

/// Placeholders for the agent's endpoint and the API's origin.
const PLACEHOLDERS: [&str; 2] = ["AGENT_ENDPOINT", "AGENT_API"];

const PROGRAMS: [Program; 4] = [
    ("curl", "bash", include_str!("examples/call.sh")),
    ("Node.js", "javascript", include_str!("examples/call.mjs")),
    ("Python", "python", include_str!("examples/call.py")),
    ("Rust", "rust", include_str!("examples/call.rs")),
];

static MARKUP: LazyLock<String> = LazyLock::new(|| markup(&PROGRAMS));

/// Fills in the endpoint of an agent and the origin of the API.
pub(super) fn call(endpoint: &str, api: &str) -> Samples<'static> {
    Samples::fill(&PROGRAMS, &MARKUP, &[(PLACEHOLDERS[0], endpoint), (PLACEHOLDERS[1], api)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_escaped_in_code_and_markup() {
        let samples = call("https://a.example/x'\"`$(id)\\</code><script>", "https://api.example");
        assert!(!samples.html().as_str().contains("<script>"));
        for example in samples.examples() {
            assert!(
                example.code.contains("https://a.example/x%27%22%60%24%28id%29%5C%3C/code%3E%3Cscript%3E"),
                "{}",
                example.title
            );
            assert!(!example.code.contains("AGENT_"), "{}", example.title);
        }
    }

    #[test]
    fn highlighting_does_not_split_placeholders() {
        for place in PLACEHOLDERS {
            let count = PROGRAMS.iter().map(|one| one.2.matches(place).count()).sum::<usize>();
            assert_eq!(MARKUP.matches(place).count(), count, "{place}");
        }
    }
}
