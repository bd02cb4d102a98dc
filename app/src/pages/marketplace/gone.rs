//! Agent or publisher that was removed (410).

use leptos::prelude::*;

use crate::markdown;
use crate::model::Frame;
use crate::model::marketplace::{DELETED_PUBLISHER, GonePage as Model};

const EXPLAINED: &str = "Moderation and appeals";

fn lead(gone: &Model) -> String {
    let (_, what) = gone.title();
    if !gone.is_moderated() {
        let kept = if gone.reason == DELETED_PUBLISHER {
            "Its name and URL stay reserved."
        } else {
            "The agent’s ID is never reused."
        };
        return format!("{what} {kept}");
    }
    let reason = match gone.reason.as_str() {
        "impersonation" => "it impersonates someone",
        "malware" => "it harms users",
        "spam" => "it is spam",
        "illegal" => "it is illegal",
        "misleading" => "its description is misleading",
        _ => "another reason",
    };
    format!(
        "An operator of this marketplace removed this agent. Reason: {reason} ({}). The agent’s ID is never reused.",
        gone.reason
    )
}

/// Reason and links.
#[component]
pub(crate) fn GonePage(gone: Model) -> impl IntoView {
    let lead = lead(&gone);
    view! {
        <main id="page--main" class="single">
            <p class="crumbs">"Error 410"</p>
            <h1>{gone.title().0}</h1>
            <p class="lead">{lead}</p>
            {gone.explained.map(|href| view! { <p><a href=href>{EXPLAINED}</a></p> })}
            <p class="actions"><a class="button" href=gone.list>"All agents"</a></p>
        </main>
    }
    .into_any()
}

/// Markdown form.
pub(crate) fn markdown(gone: &Model, frame: &Frame) -> String {
    let mut out = markdown::head(gone.title().0, &lead(gone)) + "Error 410\n\n";
    if let Some(href) = &gone.explained {
        out.push_str(&format!("{}\n\n", markdown::link(frame, EXPLAINED, href)));
    }
    out + &markdown::link(frame, "All agents", &gone.list) + "\n"
}
