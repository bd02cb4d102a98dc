//! The site's footer.

use leptos::prelude::*;

use crate::model::{Frame, Link};

/// Footer with links to the site, to pages about it, and to machine-readable resources.
#[component]
pub(crate) fn Footer(frame: Frame) -> impl IntoView {
    let Frame { links, meta, .. } = frame;
    let link = |title: &'static str, href: String| Link { title: title.to_owned(), href };
    let site = vec![
        link("Docs", links.docs),
        link("Quickstarts", links.quickstarts),
        link("Marketplace", links.marketplace),
        link("Search", links.search),
        link("did:web tool", links.did_web),
        link("Your organization", links.account),
        link("Status", links.status),
    ];
    let mut machines =
        vec![link("llms.txt", links.llms), link("Atom feed", links.feed), link("Changelog", links.changelog)];
    machines.extend(meta.markdown.map(|href| link("This page as Markdown", href)));
    let column = |id: &'static str, title: &'static str, links: Vec<Link>| {
        let rows = links.into_iter().map(|Link { title, href }| view! { <li><a href=href>{title}</a></li> });
        view! {
            <section aria-labelledby=id>
                <h2 id=id>{title}</h2>
                <ul>{rows.collect_view()}</ul>
            </section>
        }
        .into_any()
    };
    view! {
        <footer class="site-footer">
            <p>"SentryAgent.ai: identity for AI agents."</p>
            {column("page--footer-site", "Site", site)}
            {(!links.about.is_empty()).then(|| column("page--footer-about", "About", links.about))}
            {column("page--footer-text", "Resources", machines)}
        </footer>
    }
    .into_any()
}
