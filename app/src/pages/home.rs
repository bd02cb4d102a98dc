//! Home page.

mod terminal;

use leptos::prelude::*;
use terminal::{REGISTERED, TAMPERED, Terminal, member};

use crate::components::agents::{self, AgentRows};
use crate::components::listing::Listings;
use crate::components::rosette::Rosette;
use crate::markdown;
use crate::model::{Frame, Home, Rosette as Lines, SiteLinks};

const TITLE: &str = "Identity for AI agents that anyone can verify.";
const LEAD: &str = "Give each agent its own identity: a registered name, short-lived tokens, a DID that anyone can resolve, and a tamper-evident audit trail.";
const FOR_WHOM: &str = "For teams that run AI agents, and for services that decide which agents to trust.";
const TODAY: &str =
    "Start without an email address or a password. All samples in the guides are tested against the API.";
const BEGIN: &str = "Get started";
const READ: &str = "What is an agent identity?";
const ASKED: &str = "Register an agent";
const CHANGED: &str = "Detect tampering";
const CHANGES: &str = "Each event in the audit trail contains the hash of the previous event. Export the trail, change one word, and a program of twenty lines finds the modified event.";
const BAD: &str = "event 2: content and hash differ";
const TRY_REGISTER: &str = "Register your own agent";
const NEWEST: &str = "Newest verified agents";
const ALL_AGENTS: &str = "Browse the marketplace";
const TRY_CHAIN: &str = "Run this check yourself";

/// Parts of an agent identity: title and description. The model's `PARTS` are the pages that explain them.
const TEXTS: [(&str, &str); 4] = [
    (
        "Resolvable DIDs",
        "Anyone can resolve an agent’s DID, read its public keys and verify a signature. No account or shared registry required.",
    ),
    (
        "Short-lived tokens",
        "Tokens expire within an hour and work for one audience. The client secret is sent only to request them.",
    ),
    (
        "Tamper-evident audit trail",
        "Each event contains the hash of the previous event. Changing an event invalidates every event after it.",
    ),
    (
        "Verification that expires",
        "Each verification states what was verified, by which method, on which day, and when it expires.",
    ),
];

/// Introduction in one screen, then the first steps.
#[component]
pub(crate) fn HomePage(home: Home, links: SiteLinks) -> impl IntoView {
    let parts = TEXTS.into_iter().zip(home.parts).map(|((title, text), page)| {
        let title = match page {
            Some(href) => view! { <a href=href>{title}</a> }.into_any(),
            None => title.into_any(),
        };
        view! { <li><h3>{title}</h3><p>{text}</p></li> }
    });
    let begin = links.get_started;
    let did = member(REGISTERED, "did");
    view! {
        <main id="page--main" class="home">
            <div class="hero">
                <div class="hero-text">
                    <h1>{TITLE}</h1>
                    <p class="lead">{LEAD}</p>
                    <p>{FOR_WHOM}</p>
                    <p class="actions">
                        <a class="button" href=begin>{BEGIN}</a>
                        <a class="button quiet" href=home.identity>{READ}</a>
                    </p>
                    <p class="note">{TODAY}</p>
                </div>
                <div class="hero-show">
                    <figure class="code terminal">
                        <figcaption>{ASKED}</figcaption>
                        <Terminal transcript=REGISTERED/>
                    </figure>
                    <div class="paper">
                        <Rosette lines=Lines::of(did, true) large=true/>
                        <p class="paper-name">{member(REGISTERED, "name")}<span>"Just registered"</span></p>
                        <dl>
                            <dt>"Type"</dt>
                            <dd>{member(REGISTERED, "agentType")}</dd>
                            <dt>"Status"</dt>
                            <dd>{member(REGISTERED, "status")}</dd>
                            <dt>"DID"</dt>
                            <dd><code>{did}</code></dd>
                        </dl>
                    </div>
                    {home.first_agent.map(|href| view! { <p class="note"><a href=href>{TRY_REGISTER}</a></p> })}
                </div>
            </div>
            <section aria-labelledby="page--parts">
                <h2 id="page--parts">"What an agent identity includes"</h2>
                <ul class="parts">{parts.collect_view()}</ul>
            </section>
            <section class="aside" aria-labelledby="page--changed">
                <div>
                    <h2 id="page--changed">{CHANGED}</h2>
                    <p>{CHANGES}</p>
                    {home.chain.map(|href| view! { <p><a href=href>{TRY_CHAIN}</a></p> })}
                </div>
                <figure class="code terminal">
                    <Terminal transcript=TAMPERED bad=BAD/>
                </figure>
            </section>
            {(!home.newest.agents.is_empty()).then(|| view! {
                <section aria-labelledby="page--newest">
                    <h2 id="page--newest">{NEWEST}</h2>
                    <AgentRows agents=home.newest.agents level=3/>
                    <p><a href=home.newest.all>{ALL_AGENTS}</a></p>
                </section>
            })}
            <section aria-labelledby="page--begin">
                <h2 id="page--begin">"Quickstarts"</h2>
                <Listings listings=home.quickstarts/>
            </section>
            <section aria-labelledby="page--read">
                <h2 id="page--read">"Documentation"</h2>
                <Listings listings=home.sections/>
            </section>
        </main>
    }
    .into_any()
}

/// Markdown form.
pub(crate) fn markdown(home: &Home, frame: &Frame) -> String {
    let mut out = markdown::head(TITLE, LEAD);
    let begin = &frame.links.get_started;
    let (begin, read) = (markdown::link(frame, BEGIN, begin), markdown::link(frame, READ, &home.identity));
    out.push_str(&format!("{FOR_WHOM}\n\n{begin} {read}\n\n{TODAY}\n\n"));
    out.push_str(&format!("{ASKED}\n\n```console\n{}\n```\n\n", REGISTERED.trim_end()));
    out.push_str(&format!(
        "{}\n\nJust registered\n\n- Type\n- {}\n- Status\n- {}\n- DID\n- `{}`\n\n",
        member(REGISTERED, "name"),
        member(REGISTERED, "agentType"),
        member(REGISTERED, "status"),
        member(REGISTERED, "did"),
    ));
    if let Some(href) = &home.first_agent {
        out.push_str(&format!("{}\n\n", markdown::link(frame, TRY_REGISTER, href)));
    }
    out.push_str("## What an agent identity includes\n\n");
    for ((title, text), page) in TEXTS.into_iter().zip(&home.parts) {
        let title = page.as_ref().map_or_else(|| markdown::text(title), |page| markdown::link(frame, title, page));
        out.push_str(&format!("### {title}\n\n{text}\n\n"));
    }
    out.push_str(&format!("## {CHANGED}\n\n{CHANGES}\n\n"));
    if let Some(chain) = &home.chain {
        out.push_str(&format!("{}\n\n", markdown::link(frame, TRY_CHAIN, chain)));
    }
    out.push_str(&format!("```console\n{TAMPERED}```\n\n"));
    if !home.newest.agents.is_empty() {
        let rows = agents::markdown(frame, &home.newest.agents, 3);
        out.push_str(&format!("## {NEWEST}\n\n{rows}{}\n\n", markdown::link(frame, ALL_AGENTS, &home.newest.all)));
    }
    out.push_str(&format!("## Quickstarts\n\n{}", markdown::listings(frame, &home.quickstarts)));
    out.push_str(&format!("## Documentation\n\n{}", markdown::listings(frame, &home.sections)));
    out
}
