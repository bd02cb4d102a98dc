//! Confirmation page after feedback.

use leptos::prelude::*;

use crate::markdown;
use crate::model::{Frame, SiteLinks, Thanks};

/// Thanks, and a link back to the page.
#[component]
pub(crate) fn ThanksPage(thanks: Thanks, links: SiteLinks) -> impl IntoView {
    let back =
        thanks.back.map(|link| view! { <a class="button" href=link.href>{format!("Back to {}", link.title)}</a> });
    view! {
        <main id="page--main" class="single">
            <h1>"Thank you"</h1>
            <p class="lead">"Your feedback was recorded. We use it when we revise the page."</p>
            <p class="actions">{back}<a class="button quiet" href=links.docs>"All docs"</a></p>
        </main>
    }
    .into_any()
}

/// Markdown form.
pub(crate) fn markdown(thanks: &Thanks, frame: &Frame) -> String {
    let mut out = markdown::head("Thank you", "Your feedback was recorded. We use it when we revise the page.");
    if let Some(link) = &thanks.back {
        out.push_str(&format!("- {}\n", markdown::link(frame, &format!("Back to {}", link.title), &link.href)));
    }
    out.push_str(&format!("- {}\n", markdown::link(frame, "All docs", &frame.links.docs)));
    out
}
