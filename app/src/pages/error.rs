//! Error page for all errors except 404.

use leptos::prelude::*;

use crate::markdown;
use crate::model::{ErrorPage, SiteLinks};

/// Error, advice, and the request ID for support.
#[component]
pub(crate) fn ErrorPageView(error: ErrorPage, links: SiteLinks) -> impl IntoView {
    view! {
        <main id="page--main" class="single">
            <p class="crumbs">{format!("Error {}", error.status)}</p>
            <h1>{error.title}</h1>
            <p class="lead">{error.advice}</p>
            <p class="note">"Request ID: "<code>{error.request_id}</code></p>
            <p class="actions"><a class="button" href=links.home>"Home"</a></p>
        </main>
    }
    .into_any()
}

/// Markdown form.
pub(crate) fn markdown(error: &ErrorPage) -> String {
    let head = markdown::head(&error.title, &error.advice);
    format!("{head}Error {}. Request ID: {}\n", error.status, markdown::text(&error.request_id))
}
