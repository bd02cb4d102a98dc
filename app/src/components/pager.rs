//! The page before and the page after.

use leptos::prelude::*;

use crate::model::Link;

/// Two links; either may be missing. The words say which is which.
#[component]
pub(crate) fn Pager(
    /// Leads back.
    previous: Option<Link>,
    /// Leads on.
    next: Option<Link>,
    /// What they are called, such as `("Previous", "Next")`.
    words: (&'static str, &'static str),
) -> impl IntoView {
    let side = |link: Option<Link>, class: &'static str, rel: &'static str, word: &'static str| {
        link.map(|Link { title, href }| view! { <a class=class rel=rel href=href><span>{word}</span>" "{title}</a> })
    };
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label="Pages before and after">
                {side(previous, "before", "prev", words.0)}
                {side(next, "after", "next", words.1)}
            </nav>
        }
    })
}
