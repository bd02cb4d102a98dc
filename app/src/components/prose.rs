//! Markup of the content pipeline.

use leptos::prelude::*;

use crate::model::Html;

/// Inserts markup into the page unescaped; [`Html`] comes from the content pipeline only.
#[component]
pub(crate) fn Prose(body: Html) -> impl IntoView {
    let markup = Some(body).filter(|body| !body.is_empty());
    markup.map(|body| view! { <div class="prose" inner_html=body.as_str().to_owned()></div> })
}
