//! `/status`: health of the registry.

/// Status page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusPage {
    /// Overall status, as a sentence.
    pub summary: String,
    /// True where all components are operational.
    pub is_operational: bool,
    /// Components.
    pub parts: Vec<Part>,
    /// Time of the check, as `2026-11-28 09:40:11 UTC`.
    pub at: String,
}

/// Component of the registry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Name.
    pub title: String,
    /// Status, in one word.
    pub status: &'static str,
    /// Latency of its check, in milliseconds.
    pub milliseconds: String,
}
