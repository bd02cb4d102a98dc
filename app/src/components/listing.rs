//! List of pages with descriptions.

use leptos::prelude::*;

use crate::model::Listing;

/// Ruled list of pages.
#[component]
pub(crate) fn Listings(listings: Vec<Listing>) -> impl IntoView {
    (!listings.is_empty()).then(|| {
        let rows = listings.into_iter().map(|Listing { link, description }| {
            view! { <li><a href=link.href>{link.title}</a><p>{description}</p></li> }
        });
        view! { <ul class="listing">{rows.collect_view()}</ul> }
    })
}
