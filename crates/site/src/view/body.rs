//! Text of a content page, in the requested format.

use app::model::Html;
use content::Page;

use crate::context::SiteContext;

/// The format of a page's text: the other format's text is not built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyFormat {
    /// Markup, for HTML.
    Html,
    /// Markdown.
    Markdown,
}

/// Builds a page's text as markup or as Markdown; the other one is empty.
pub(super) fn page_body(context: &SiteContext, page: &Page, format: BodyFormat) -> (Html, String) {
    match format {
        BodyFormat::Html => (pipeline_html(context.site.body(page)), String::new()),
        BodyFormat::Markdown => (Html::default(), context.site.markdown(page, &context.settings.origin)),
    }
}

/// Wraps markup of the content pipeline, for the one component that renders it.
#[expect(clippy::disallowed_methods, reason = "the markup comes from the content pipeline, which escapes all text")]
pub(super) fn pipeline_html(markup: String) -> Html {
    Html::from_pipeline(markup.into())
}
