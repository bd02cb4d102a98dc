//! The home page.

mod terminal;

use leptos::prelude::*;
use terminal::{REGISTERED, TAMPERED, Terminal, member};

use crate::components::agents::{self, AgentRows};
use crate::components::listing::Listings;
use crate::components::rosette::Rosette;
use crate::markdown;
use crate::model::{Frame, Home, Rosette as Lines, SiteLinks};

const TITLE: &str = "Papers for AI agents.";
const LEAD: &str = "Give every agent an identity of its own: a registered name, short-lived tokens, a DID that anyone can resolve, and an audit trail that shows tampering.";
const FOR_WHOM: &str =
    "For teams whose agents act for people, and for those who must decide whether to let such an agent in.";
const TODAY: &str = "Portal and API are here today: the samples of the guides are run against the API before each change lands. Nothing is documented as running before it does.";
const BEGIN: &str = "Get started";
const READ: &str = "What an agent’s identity is";
const ASKED: &str = "An agent is registered";
const CHANGED: &str = "Somebody changes the record";
const CHANGES: &str = "Every event of the audit trail holds the hash of the one before. Export the trail, change a word in it, and a program of twenty lines finds the place.";
const BAD: &str = "event 2: content and hash differ";
const TRY_REGISTER: &str = "Register one yourself";
const NEWEST: &str = "Newest agents of which something was checked";
const ALL_AGENTS: &str = "All agents in the marketplace";
const TRY_CHAIN: &str = "Run this check yourself";

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
                <h2 id="page--parts">"What the identity is made of"</h2>
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
    out.push_str("## What the identity is made of\n\n");
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
    out.push_str(&format!("## Begin here\n\n{}", markdown::listings(frame, &home.quickstarts)));
    out.push_str(&format!("## Read up\n\n{}", markdown::listings(frame, &home.sections)));
    out
}
