//! Sections of the agent page.

use leptos::prelude::*;

use super::{
    CALL, CALL_LEAD, CAPABILITIES, CHECK, CLAIMS, DATES, DOCUMENTS, EVIDENCE, LIMITS, MEANING, NO_ENDPOINT, UNCLAIMED,
    UNENFORCED,
};
use crate::components::prose::Prose;
use crate::model::marketplace::{AgentPage, Capability, Claim, JsonDocument, LookAlike};

/// Warning about publishers with a similar name.
pub(super) fn look_alike_words(agent: &AgentPage) -> String {
    format!("Check the publisher. {} is published by {}. This name is similar to:", agent.name, agent.publisher.title)
}

pub(super) fn look_alikes(agent: &AgentPage) -> AnyView {
    if agent.look_alikes.is_empty() {
        return ().into_any();
    }
    let one = |LookAlike { publisher, domain }: LookAlike| {
        view! { <li><a href=publisher.href><bdi>{publisher.title}</bdi></a>{format!(" (verified domain: {domain})")}</li> }
    };
    let words = look_alike_words(agent);
    view! {
        <div class="notice bad">
            <p><bdi>{words}</bdi></p>
            <ul>{agent.look_alikes.clone().into_iter().map(one).collect_view()}</ul>
        </div>
    }
    .into_any()
}

pub(super) fn claims(agent: &AgentPage) -> AnyView {
    let one = |claim: Claim| {
        let title = format!("{} {}", claim.kind.title(), claim.target);
        let (description, recheck_rule, days) = (claim.description(), claim.recheck_rule(), days(&claim));
        view! {
            <li>
                <h3>{title}</h3>
                <p>{description}</p>
                <p>{days}" "{recheck_rule}</p>
                <p><strong>{LIMITS}": "</strong>{claim.kind.limits()}</p>
                {claim.evidence.map(|href| view! { <p><a href=href rel="nofollow ugc noopener">{EVIDENCE}</a></p> })}
            </li>
        }
    };
    let body = if agent.claims.is_empty() {
        view! { <p>{UNCLAIMED}</p> }.into_any()
    } else {
        view! { <ul class="claims">{agent.claims.clone().into_iter().map(one).collect_view()}</ul> }.into_any()
    };
    view! {
        <section aria-labelledby="agent--claims">
            <h2 id="agent--claims">{CLAIMS}</h2>
            {body}
            <p class="actions"><a class="button" href=agent.check.clone()>{CHECK}</a></p>
            {agent.explained.clone().map(|href| view! { <p class="note"><a href=href>{MEANING}</a></p> })}
        </section>
    }
    .into_any()
}

/// Dates of the last check and of the expiry.
pub(super) fn days(claim: &Claim) -> String {
    let until = if claim.is_expired { "Expired on" } else { "Expires on" };
    format!("Verified on {}. {until} {}.", claim.checked, claim.until)
}

pub(super) fn capabilities(agent: &AgentPage) -> AnyView {
    let one = |Capability { text, meaning, href }: Capability| {
        view! { <dt><a href=href rel="nofollow"><code>{text}</code></a></dt><dd>{meaning}</dd> }
    };
    view! {
        <section aria-labelledby="agent--capabilities">
            <h2 id="agent--capabilities">{CAPABILITIES}</h2>
            <dl class="facts">{agent.capabilities.clone().into_iter().map(one).collect_view()}</dl>
            <p class="note">{UNENFORCED}</p>
        </section>
    }
    .into_any()
}

pub(super) fn samples(agent: &AgentPage) -> AnyView {
    let body = match &agent.endpoint {
        Some(endpoint) => view! {
            <p>{CALL_LEAD}</p>
            <p class="did"><code>{endpoint.clone()}</code><button type="button" data-copy="">"Copy"</button></p>
            <Prose body=agent.samples.clone()/>
        }
        .into_any(),
        None => view! { <p>{NO_ENDPOINT}</p> }.into_any(),
    };
    view! {
        <section aria-labelledby="agent--talk">
            <h2 id="agent--talk">{CALL}</h2>
            {body}
        </section>
    }
    .into_any()
}

pub(super) fn documents(agent: &AgentPage) -> AnyView {
    let one = |JsonDocument { title, about, raw, html, text }: JsonDocument| {
        let lines = format!("{} lines", text.lines().count());
        view! {
            <h3>{title}</h3>
            <p>{about}</p>
            <p class="raw"><a href=raw.clone()>{raw.clone()}</a></p>
            <details class="fold code-fold">
                <summary>"Show document "<span>{lines}</span></summary>
                <Prose body=html/>
            </details>
        }
    };
    view! {
        <section aria-labelledby="agent--documents">
            <h2 id="agent--documents">{DOCUMENTS}</h2>
            {agent.documents.clone().into_iter().map(one).collect_view()}
        </section>
    }
    .into_any()
}

pub(super) fn dates(agent: &AgentPage) -> AnyView {
    let rows = facts(agent).into_iter().map(|(title, value)| view! { <dt>{title}</dt><dd><bdi>{value}</bdi></dd> });
    view! {
        <section aria-labelledby="agent--dates">
            <h2 id="agent--dates">{DATES}</h2>
            <dl class="facts">{rows.collect_view()}</dl>
        </section>
    }
    .into_any()
}

/// Facts about the agent: label and value.
pub(super) fn facts(agent: &AgentPage) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        ("Version", agent.version.clone()),
        ("Environment", agent.environment.clone()),
        ("Owner", agent.owner.clone()),
        ("Agent ID", agent.agent_id.clone()),
    ];
    facts.extend(agent.dates.iter().cloned());
    facts
}
