//! Markup that may go into a page unescaped.

use std::sync::Arc;

/// HTML that the content pipeline made: of what comes from elsewhere, the only type that `inner_html` is given. (The shell
/// gives it what components drew, and `meta` its JSON-LD.)
///
/// Anything else that reaches a page is text and is escaped. `clippy.toml` forbids
/// [`Html::from_pipeline`] everywhere; its one caller states why it may.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(Arc<str>);

impl Html {
    /// Takes over markup from the content pipeline, which escapes all text that it did not write itself.
    pub fn from_pipeline(markup: Arc<str>) -> Self {
        Self(markup)
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
