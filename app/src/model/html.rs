//! Markup that is inserted into a page unescaped.

use std::sync::Arc;

/// HTML from the content pipeline: the only external input to `inner_html`. (The shell passes the output of components,
/// and `meta` passes JSON-LD.)
///
/// All other input is text and is escaped. `clippy.toml` forbids [`Html::from_pipeline`]; its single caller states why
/// it is allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(Arc<str>);

impl Html {
    /// Wraps markup from the content pipeline, which escapes all text.
    pub fn from_pipeline(markup: Arc<str>) -> Self {
        Self(markup)
    }

    /// Markup as a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True for empty markup.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
