//! `/account`: the organization of the signed-in reader. Works without script.

mod agent;
mod organization;

use std::fmt::Write as _;

use leptos::prelude::*;

use crate::components::summary::summary;
use crate::markdown;
use crate::model::account::{AccountPage as Model, AccountState};
use crate::model::{Frame, Link};

const TITLE: &str = "Your organization";
const GUEST: &str = "You’re not signed in. To sign in on this browser, create an agent, open the link of a confirmation email, or replace a lost secret.";

/// Account page.
#[component]
pub(crate) fn AccountPage(account: Model) -> impl IntoView {
    let Model { notice, state } = account;
    let title = match &state {
        AccountState::Agent(agent) => agent.name.clone(),
        AccountState::SignedOut(_) | AccountState::Organization(_) | AccountState::Inactive(_) => TITLE.to_owned(),
    };
    let summary = match &state {
        AccountState::Organization(own) => summary(notice, &organization::filled_fields(own)),
        AccountState::SignedOut(_) | AccountState::Agent(_) | AccountState::Inactive(_) => summary(notice, &[]),
    };
    let state = match state {
        AccountState::SignedOut(sign_in_links) => guest(sign_in_links),
        AccountState::Organization(own) => organization::view(*own),
        AccountState::Agent(agent) => agent::view(*agent),
        AccountState::Inactive(own) => organization::inactive(own),
    };
    view! {
        <main id="page--main" class="single started account">
            <h1><bdi>{title}</bdi></h1>
            {summary}
            {state}
        </main>
    }
    .into_any()
}

fn guest(sign_in_links: Vec<Link>) -> AnyView {
    view! {
        <p class="lead">{GUEST}</p>
        <ul class="next">{sign_in_links.into_iter().map(|Link { title, href }| view! { <li><a href=href>{title}</a></li> }).collect_view()}</ul>
    }
    .into_any()
}

/// Markdown form. Programs use the API instead, so the text refers to the API.
pub(crate) fn markdown(account: &Model, frame: &Frame) -> String {
    let mut out = markdown::head(TITLE, "");
    if let Some(notice) = &account.notice {
        let _ = write!(out, "{}\n\n", markdown::text(notice));
    }
    match &account.state {
        AccountState::SignedOut(sign_in_links) => {
            let _ = write!(out, "{GUEST}\n\n");
            for Link { title, href } in sign_in_links {
                let _ = writeln!(out, "- {}", markdown::link(frame, title, href));
            }
        }
        AccountState::Organization(own) => {
            let _ = write!(out, "`{}`. {}", own.id, markdown::text(&own.status));
            if let Some(href) = &own.claim_url {
                let _ = write!(out, " {}", markdown::link(frame, "Claim organization", href));
            }
            out.push_str("\n\n");
            for agent in &own.agents {
                let link = markdown::link(frame, &agent.link.title, &agent.link.href);
                let _ = writeln!(out, "- {link} `{}` · {}", agent.id, markdown::text(&agent.status));
            }
        }
        AccountState::Inactive(own) => {
            let _ = write!(out, "`{}`. {}\n\n", own.id, markdown::text(&own.text));
        }
        AccountState::Agent(agent) => {
            let _ = write!(
                out,
                "## {}\n\n`{}`. {}\n\n",
                markdown::text(&agent.name),
                agent.id,
                markdown::text(&agent.status)
            );
        }
    }
    out.push_str("\nPrograms manage all of this through the API, with the organization’s credential.\n");
    out
}
