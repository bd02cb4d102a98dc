//! The site's footer.

use leptos::prelude::*;

use crate::model::Frame;

/// Where else to go.
#[component]
pub(crate) fn Footer(frame: Frame) -> impl IntoView {
    let links = frame.links;
    view! {
        <footer class="site-footer">
            <p>"SentryAgent.ai: an identity of their own for AI agents."</p>
            <ul>
                <li><a href=links.docs>"Docs"</a></li>
                <li><a href=links.quickstarts>"Quickstarts"</a></li>
                <li><a href=links.did_web>"did:web tool"</a></li>
                <li><a href=links.changelog>"Changelog"</a></li>
                <li><a href=links.feed>"Atom feed"</a></li>
            </ul>
        </footer>
    }
    .into_any()
}
