//! The document's head: the one place where titles, descriptions and addresses are written, as attributes and text
//! that Leptos escapes.

use leptos::prelude::*;

use crate::model::Frame;

/// The site's name, behind each page's own title.
const SITE: &str = "SentryAgent";

/// All that stands in the head.
#[component]
pub(crate) fn Head(frame: Frame, has_island: bool) -> impl IntoView {
    let Frame { meta, assets, .. } = frame;
    let title = format!("{} · {SITE}", meta.title);
    view! {
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>{title}</title>
        <meta name="description" content=meta.description.clone()/>
        <meta name="color-scheme" content="light dark"/>
        {meta.noindex.then(|| view! { <meta name="robots" content="noindex"/> })}
        <script src=assets.early_script></script>
        <link rel="stylesheet" href=assets.style/>
        <link rel="icon" href=assets.icon type="image/svg+xml"/>
        {meta.canonical.map(|address| view! {
            <link rel="canonical" href=address.clone()/>
            {property("og:url", address)}
            {property("og:type", "website".to_owned())}
            {property("og:site_name", SITE.to_owned())}
            {property("og:title", meta.title)}
            {property("og:description", meta.description)}
        })}
        {meta.feed.map(|feed| view! { <link rel="alternate" type="application/atom+xml" title=feed.title href=feed.href/> })}
        <script defer src=assets.site_script></script>
        {has_island.then(|| view! {
            <script defer src=assets.islands_script data-module=assets.module data-wasm=assets.wasm></script>
        })}
    }
    .into_any()
}

/// A property of the Open Graph protocol, which uses an attribute that HTML does not know.
fn property(name: &'static str, content: String) -> impl IntoView {
    leptos::html::meta().attr("property", name).attr("content", content)
}
