//! Any error but a 404.

use leptos::prelude::*;

use crate::markdown;
use crate::model::{ErrorPage, SiteLinks};

/// What happened, what to do, and the id to name when asking for help.
#[component]
pub(crate) fn ErrorPageView(error: ErrorPage, links: SiteLinks) -> impl IntoView {
    view! {
        <main id="page--main" class="single">
            <p class="crumbs">{format!("Error {}", error.status)}</p>
            <h1>{error.title}</h1>
            <p class="lead">{error.advice}</p>
            <p class="note">"Request id: "<code>{error.request_id}</code></p>
            <p class="actions"><a class="button" href=links.home>"Home"</a></p>
        </main>
    }
    .into_any()
}

/// The same as Markdown.
pub(crate) fn markdown(error: &ErrorPage) -> String {
    let head = markdown::head(&error.title, &error.advice);
    format!("{head}Error {}. Request id: {}\n", error.status, markdown::text(&error.request_id))
}
