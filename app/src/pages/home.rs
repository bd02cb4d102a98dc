//! The home page.

use leptos::prelude::*;

use crate::components::listing::Listings;
use crate::model::{Home, SiteLinks};

/// What this is in one screen, then where to begin.
#[component]
pub(crate) fn HomePage(home: Home, links: SiteLinks) -> impl IntoView {
    view! {
        <main id="page--main" class="home">
            <div class="hero">
                <h1>"Papers for AI agents."</h1>
                <p class="lead">
                    "Give every agent an identity of its own: a registered name, short-lived tokens, a DID that anyone can resolve, and an audit trail that shows tampering."
                </p>
                <p class="actions">
                    <a class="button" href=links.docs>"Read the docs"</a>
                    <a class="button quiet" href=links.quickstarts>"Quickstarts"</a>
                </p>
                <p class="note">
                    "This portal is here today; the registry that it describes is being built in the open. Nothing is documented as running before it does."
                </p>
            </div>
            <section aria-labelledby="page--begin">
                <h2 id="page--begin">"Begin here"</h2>
                <Listings listings=home.quickstarts/>
            </section>
            <section aria-labelledby="page--read">
                <h2 id="page--read">"Read up"</h2>
                <Listings listings=home.sections/>
            </section>
        </main>
    }
    .into_any()
}
