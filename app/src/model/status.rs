//! `/status`: how the registry stands.

/// The page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusPage {
    /// How it stands, in a sentence.
    pub said: String,
    /// Whether that is well.
    pub is_well: bool,
    /// What it leans on.
    pub parts: Vec<Part>,
    /// When it was asked, as `2026-11-28 09:40:11 UTC`.
    pub at: String,
}

/// Something that the registry leans on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub title: String,
    /// How it stands, in a word.
    pub said: &'static str,
    /// How long its check took, in milliseconds.
    pub milliseconds: String,
}
