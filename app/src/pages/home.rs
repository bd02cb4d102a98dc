//! The home page.

use leptos::prelude::*;

use crate::components::listing::Listings;
use crate::components::rosette::Rosette;
use crate::markdown;
use crate::model::{Frame, Home, SiteLinks};

const TITLE: &str = "Papers for AI agents.";
const LEAD: &str = "Give every agent an identity of its own: a registered name, short-lived tokens, a DID that anyone can resolve, and an audit trail that shows tampering.";
const FOR_WHOM: &str =
    "For teams whose agents act for people, and for those who must decide whether to let such an agent in.";
const TODAY: &str = "Portal and API are here today: the samples of the guides are run against the API before each change lands. Nothing is documented as running before it does.";
/// The example's DID, whose rosette stands on its paper.
const DID: &str = "did:web:example.com:agents:invoice-screener";

/// What an agent's identity is made of: title, and what it does. The model's `PARTS` are the pages that explain them.
const TEXTS: [(&str, &str); 4] = [
    (
        "A name that leads to keys",
        "A stranger resolves the agent’s DID, finds a key, and checks a signature with it. No account, no shared registry.",
    ),
    ("Tokens that end soon", "What travels is good for minutes and for one audience. The credential stays at home."),
    (
        "A record that shows tampering",
        "Each event holds the hash of the one before it. Whoever changes the past has to change everything after it.",
    ),
    (
        "Claims that are checked again",
        "Every claim says what was checked, by which method, when, and until when it holds.",
    ),
];

/// What this is in one screen, then where to begin.
#[component]
pub(crate) fn HomePage(home: Home, links: SiteLinks) -> impl IntoView {
    let parts = TEXTS.into_iter().zip(home.parts).map(|((title, text), page)| {
        let title = match page {
            Some(href) => view! { <a href=href>{title}</a> }.into_any(),
            None => title.into_any(),
        };
        view! { <li><h3>{title}</h3><p>{text}</p></li> }
    });
    view! {
        <main id="page--main" class="home">
            <div class="hero">
                <div class="hero-text">
                    <h1>{TITLE}</h1>
                    <p class="lead">{LEAD}</p>
                    <p>{FOR_WHOM}</p>
                    <p class="actions">
                        <a class="button" href=home.identity>"Start reading"</a>
                        <a class="button quiet" href=links.quickstarts>"Quickstarts"</a>
                    </p>
                    <p class="note">{TODAY}</p>
                </div>
                <div class="hero-show">
                    <figure class="code terminal">
                        <figcaption>"Somebody changes the record"</figcaption>
                        <pre><code class="language-console">
                            <span class="p">"$ "</span><span class="cmd">"python3 chain.py check < trail.jsonl"</span>"\n"
                            <span class="out">"3 events, last hash 98a70b807cbb"</span>"\n"
                            <span class="p">"$ "</span><span class="cmd">"sed -i '2s/issued/revoked/' trail.jsonl"</span>"\n"
                            <span class="p">"$ "</span><span class="cmd">"python3 chain.py check < trail.jsonl"</span>"\n"
                            <span class="out bad">"event 2: content and hash differ"</span>
                        </code></pre>
                    </figure>
                    <div class="paper">
                        <Rosette did=DID large=true/>
                        <p class="paper-name">"Invoice screener"<span>"Example"</span></p>
                        <dl>
                            <dt>"Type"</dt>
                            <dd>"screener"</dd>
                            <dt>"May"</dt>
                            <dd><code>"invoices:read"</code></dd>
                            <dt>"DID"</dt>
                            <dd><code>{DID}</code></dd>
                        </dl>
                    </div>
                    {home.chain.map(|href| view! { <p class="note"><a href=href>"Run this check yourself"</a></p> })}
                </div>
            </div>
            <section aria-labelledby="page--parts">
                <h2 id="page--parts">"What the identity is made of"</h2>
                <ul class="parts">{parts.collect_view()}</ul>
            </section>
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

/// The same as Markdown.
pub(crate) fn markdown(home: &Home, frame: &Frame) -> String {
    let mut out = markdown::head(TITLE, LEAD);
    let (start, quickstarts) = (
        markdown::link(frame, "Start reading", &home.identity),
        markdown::link(frame, "Quickstarts", &frame.links.quickstarts),
    );
    out.push_str(&format!("{FOR_WHOM}\n\n{start} {quickstarts}\n\n{TODAY}\n\n"));
    out.push_str("Somebody changes the record\n\n```console\n$ python3 chain.py check < trail.jsonl\n3 events, last hash 98a70b807cbb\n$ sed -i '2s/issued/revoked/' trail.jsonl\n$ python3 chain.py check < trail.jsonl\nevent 2: content and hash differ\n```\n\n");
    out.push_str(&format!(
        "Invoice screener\n\nExample\n\n- Type\n- screener\n- May\n- `invoices:read`\n- DID\n- `{DID}`\n\n"
    ));
    if let Some(chain) = &home.chain {
        out.push_str(&format!("{}\n\n", markdown::link(frame, "Run this check yourself", chain)));
    }
    out.push_str("## What the identity is made of\n\n");
    for ((title, text), page) in TEXTS.into_iter().zip(&home.parts) {
        let title = page.as_ref().map_or_else(|| markdown::text(title), |page| markdown::link(frame, title, page));
        out.push_str(&format!("### {title}\n\n{text}\n\n"));
    }
    out.push_str(&format!("## Begin here\n\n{}", markdown::listings(frame, &home.quickstarts)));
    out.push_str(&format!("## Read up\n\n{}", markdown::listings(frame, &home.sections)));
    out
}
