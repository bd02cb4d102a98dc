//! The site's header: logo, navigation, search, theme.

use leptos::prelude::*;

use crate::model::{Frame, Place};

/// Site header. On a phone the links open in a popover without script. Search is a plain form; with script, the search
/// dialog replaces it.
#[component]
pub(crate) fn Header(frame: Frame) -> impl IntoView {
    let Frame { links, assets, place, .. } = frame;
    let entry = |title: &'static str, href: String, of: Place| {
        let current = (place == Some(of)).then_some("true");
        view! { <li><a href=href aria-current=current>{title}</a></li> }
    };
    // The search page has its own field. A phone has room for a link only.
    let search = (place != Some(Place::Search)).then(|| {
        view! {
            <a class="icon-button search-link" href=links.search.clone() aria-label="Search">
                <svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="10.5" cy="10.5" r="6"></circle><path d="m15 15 5 5"></path></svg>
            </a>
            <form class="site-search" method="get" action=links.search role="search"
                data-script=assets.search_script data-answers=links.search_json>
                <label class="visually-hidden" for="page--search">"Search"</label>
                <input id="page--search" name="q" type="search" placeholder="Search" maxlength="200"
                    autocomplete="off" autocapitalize="none" spellcheck="false" enterkeyhint="search"/>
                <button type="submit" aria-label="Search">
                    <svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="10.5" cy="10.5" r="6"></circle><path d="m15 15 5 5"></path></svg>
                </button>
                <kbd aria-hidden="true">"/"</kbd>
            </form>
        }
    });
    view! {
        <header class="site-header">
            <a class="brand" href=links.home>
                <img src=assets.icon alt="" width="28" height="28"/>
                "SentryAgent"
            </a>
            <button class="menu-button" type="button" popovertarget="page--site">"Menu"</button>
            <nav class="site-nav" id="page--site" popover="auto" aria-label="Site">
                <ul>
                    {entry("Docs", links.docs, Place::Docs)}
                    {entry("Quickstarts", links.quickstarts, Place::Quickstarts)}
                    {entry("Marketplace", links.marketplace, Place::Marketplace)}
                    {entry("Changelog", links.changelog, Place::Changelog)}
                </ul>
            </nav>
            {search}
            <button class="icon-button theme" type="button" hidden aria-label="Theme" data-theme-switch>
                <svg viewBox="0 0 24 24" aria-hidden="true">
                    <path class="of-system" d="M12 4a8 8 0 1 0 0 16zm0 0a8 8 0 0 1 0 16"></path>
                    <path class="of-light" d="M12 8a4 4 0 1 0 .01 0M12 2.5v2.5M12 19v2.5M2.5 12h2.5M19 12h2.5M5.3 5.3l1.8 1.8M16.9 16.9l1.8 1.8M5.3 18.7l1.8-1.8M16.9 7.1l1.8-1.8"></path>
                    <path class="of-dark" d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z"></path>
                </svg>
            </button>
        </header>
    }
    .into_any()
}
