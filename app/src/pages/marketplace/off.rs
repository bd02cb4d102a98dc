//! The marketplace where its operator has switched it off.

use leptos::prelude::*;

use crate::markdown;
use crate::model::Frame;
use crate::model::marketplace::OffPage as Model;

const TITLE: &str = "There is no marketplace here";
const LEAD: &str = "The operator of this installation has switched it off. Agents are registered, get tokens and are resolved by their DIDs all the same; they are not listed.";
const EXPLAINED: &str = "What a marketplace would show";

/// Why there is none.
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

/// The same as Markdown.
pub(crate) fn markdown(off: &Model, frame: &Frame) -> String {
    let mut out = markdown::head(TITLE, LEAD);
    if let Some(href) = &off.explained {
        out.push_str(&format!("{}\n", markdown::link(frame, EXPLAINED, href)));
    }
    out
}
