//! An agent that an operator took away.

use leptos::prelude::*;

use crate::markdown;
use crate::model::Frame;
use crate::model::marketplace::GonePage as Model;

const TITLE: &str = "This agent was taken away";
const EXPLAINED: &str = "How moderation works, and how to appeal";

fn lead(gone: &Model) -> String {
    let reason = match gone.reason.as_str() {
        "impersonation" => "it said to be somebody else’s",
        "malware" => "it harmed those who used it",
        "spam" => "it was there to be seen, not to be used",
        "illegal" => "it broke the law",
        "misleading" => "it was not what it said",
        _ => "for another reason",
    };
    format!(
        "An operator of this marketplace took it out: {reason} ({}). Its identifier is not given to any other.",
        gone.reason
    )
}

/// Why, and where to go.
#[component]
pub(crate) fn GonePage(gone: Model) -> impl IntoView {
    let lead = lead(&gone);
    view! {
        <main id="page--main" class="single">
            <p class="crumbs">"Error 410"</p>
            <h1>{TITLE}</h1>
            <p class="lead">{lead}</p>
            {gone.explained.map(|href| view! { <p><a href=href>{EXPLAINED}</a></p> })}
            <p class="actions"><a class="button" href=gone.list>"All agents"</a></p>
        </main>
    }
    .into_any()
}

/// The same as Markdown.
pub(crate) fn markdown(gone: &Model, frame: &Frame) -> String {
    let mut out = markdown::head(TITLE, &lead(gone)) + "Error 410\n\n";
    if let Some(href) = &gone.explained {
        out.push_str(&format!("{}\n\n", markdown::link(frame, EXPLAINED, href)));
    }
    out + &markdown::link(frame, "All agents", &gone.list) + "\n"
}
