//! Disabled marketplace.

use leptos::prelude::*;

use crate::markdown;
use crate::model::Frame;
use crate::model::marketplace::OffPage as Model;

const TITLE: &str = "Marketplace disabled";
const LEAD: &str = "The operator of this installation has disabled the marketplace. Registration, tokens and DID resolution work; agents are not listed.";
const EXPLAINED: &str = "About the marketplace";

/// Explanation and a link to the docs.
#[component]
pub(crate) fn OffPage(off: Model) -> impl IntoView {
    view! {
        <main id="page--main" class="single">
            <h1>{TITLE}</h1>
            <p class="lead">{LEAD}</p>
            {off.explained.map(|href| view! { <p><a href=href>{EXPLAINED}</a></p> })}
        </main>
    }
    .into_any()
}

/// Markdown form.
pub(crate) fn markdown(off: &Model, frame: &Frame) -> String {
    let mut out = markdown::head(TITLE, LEAD);
    if let Some(href) = &off.explained {
        out.push_str(&format!("{}\n", markdown::link(frame, EXPLAINED, href)));
    }
    out
}
