//! Agent page: identity, verification, capabilities, samples, documents.

mod sections;
mod text;

use leptos::prelude::*;

use self::sections::{capabilities, claims, dates, documents, look_alikes, samples};
use crate::components::agents::AgentRows;
use crate::components::crumbs::Crumbs;
use crate::components::rosette::Rosette;
use crate::components::stale::StaleNotice;
use crate::components::stamp::stamps;
use crate::model::Rosette as Lines;
use crate::model::marketplace::{AgentPage as Model, type_line};

pub(crate) use text::markdown;

const FLAGGED: &str =
    "Flagged by the operator of this marketplace. Use this agent with caution. The publisher can appeal.";
const SAYS: &str = "Publisher’s description";
const NO_WORDS: &str = "No description provided.";
const CLAIMS: &str = "Verification";
const UNCLAIMED: &str = "Only the publisher’s email address is verified. Publishers choose names freely: confirm who you’re dealing with before you rely on this agent.";
const LIMITS: &str = "Not verified";
const CHECK: &str = "Verify documents";
const EVIDENCE: &str = "View evidence";
const MEANING: &str = "What verification means";
const CAPABILITIES: &str = "Capabilities (self-declared)";
const UNENFORCED: &str = "Capabilities are self-declared and not enforced. Your service decides what an agent may do.";
const CALL: &str = "Call this agent";
const CALL_LEAD: &str = "Supports A2A 1.0 over JSON-RPC. Request a token for this agent’s audience, then send a message. You need your own credential in client.curl, or in the variables CLIENT_ID and CLIENT_SECRET.";
const NO_ENDPOINT: &str = "No public endpoint: this agent only calls other services. A called service verifies the agent’s token and finds its public keys in the DID document below.";
const DOCUMENTS: &str = "Documents";
const DATES: &str = "Versions and dates";
const RELATED: &str = "Similar agents";
const REPORT: &str = "Report a problem";

/// Identity first, then verification, capabilities and documents.
#[component]
pub(crate) fn AgentPage(agent: Model) -> impl IntoView {
    let kind = type_line(&agent.agent_type);
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
                    {stamps(&agent.claims, 0)}
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
                {samples(&agent)}
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
