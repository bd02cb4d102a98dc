//! An agent's page: its paper, how to talk to it, its documents, what was checked.

mod sections;
mod text;

use leptos::prelude::*;

use self::sections::{capabilities, claims, dates, documents, look_alikes, talk};
use crate::components::agents::AgentRows;
use crate::components::crumbs::Crumbs;
use crate::components::rosette::Rosette;
use crate::components::stale::StaleNotice;
use crate::components::stamp::stamps;
use crate::model::Rosette as Lines;
use crate::model::marketplace::{AgentPage as Model, type_meaning};

pub(crate) use text::markdown;

const FLAGGED: &str = "The operator of this marketplace warns of this agent. Its publisher can appeal; until that is decided, use it with care.";
const SAYS: &str = "In its publisher’s words";
const NO_WORDS: &str = "Its publisher gave no description.";
const CLAIMS: &str = "What was checked";
const UNCLAIMED: &str = "Nothing but the e-mail address of the organization that publishes it. Names can be chosen freely: be sure by other means with whom you deal.";
const LIMITS: &str = "What it does not mean";
const CHECK: &str = "Repeat the check yourself";
const EVIDENCE: &str = "See the proof where it lives";
const MEANING: &str = "What claims mean, and what not";
const CAPABILITIES: &str = "What it says it can do";
const UNENFORCED: &str = "Capabilities are words of the publisher. They say what to look for; what an agent may do with you is what you let it.";
const TALK: &str = "How to talk to it";
const TALK_LEAD: &str = "It answers A2A 1.0 over JSON-RPC. Get a token that is good for it alone, then send it a message. In client.curl, or in the variables CLIENT_ID and CLIENT_SECRET, is a credential of your own.";
const NO_TALK: &str = "It has no public endpoint: it calls others. A service that it calls checks its token, and finds its keys in its DID document below.";
const DOCUMENTS: &str = "Its documents";
const DATES: &str = "Versions and dates";
const RELATED: &str = "Others like it";
const REPORT: &str = "Report a problem";

/// The paper, then what it is good for.
#[component]
pub(crate) fn AgentPage(agent: Model) -> impl IntoView {
    let kind = format!("{}: {}", agent.agent_type, type_meaning(&agent.agent_type));
    let Model { crumbs, name, publisher, description, did, stale, is_flagged, .. } = agent.clone();
    view! {
        <main id="page--main" class="single wide">
            <Crumbs crumbs/>
            <StaleNotice stale/>
            <article>
                <header class="agent-paper">
                    <Rosette lines=Lines::of(&did, true) large=true/>
                    <h1 class="said"><bdi>{name}</bdi></h1>
                    <p class="by">"Published by "<a href=publisher.href><bdi>{publisher.title}</bdi></a></p>
                    <p class="kind">{kind}</p>
                    <p class="did"><code>{did}</code><button type="button" data-copy="">"Copy"</button></p>
                    {stamps(&agent.claims)}
                    <p class="check"><a href=agent.check.clone()>{CHECK}</a></p>
                </header>
                {is_flagged.then(|| view! { <p class="notice bad">{FLAGGED}</p> })}
                {look_alikes(&agent)}
                <section class="said" aria-labelledby="agent--says">
                    <h2 id="agent--says">{SAYS}</h2>
                    {if description.is_empty() {
                        view! { <p>{NO_WORDS}</p> }.into_any()
                    } else {
                        view! { <blockquote dir="auto">{description}</blockquote> }.into_any()
                    }}
                    {(!agent.tags.is_empty()).then(|| view! { <p class="note"><bdi>{agent.tags.join(", ")}</bdi></p> })}
                </section>
                {claims(&agent)}
                {capabilities(&agent)}
                {talk(&agent)}
                {documents(&agent)}
                {dates(&agent)}
                {(!agent.related.is_empty()).then(|| view! {
                    <section aria-labelledby="agent--related">
                        <h2 id="agent--related">{RELATED}</h2>
                        <AgentRows agents=agent.related level=3/>
                    </section>
                })}
                <p class="note"><a href=agent.report rel="nofollow">{REPORT}</a></p>
            </article>
        </main>
    }
    .into_any()
}
