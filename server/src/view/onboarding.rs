//! Pages of sign-up. None of them is for search engines but the first, and none is kept.

pub mod links;
mod samples;

use app::model::onboarding::{AgentFields, Begun, GetStarted, Keep, Made, Stage, Start};
use app::model::{Link, Page, Place, View};
use client::types::{self, OrganizationState};
use jiff::Timestamp;

use super::frame::frame;
use crate::generation::Generation;
use crate::onboarding::{Progress, Refused, Told, form_key};
use crate::session::Session;
use crate::site_paths::{self, GET_STARTED, MARKETPLACE};

const TITLE: &str = "Get started";
const DESCRIPTION: &str = "Create an agent with a DID and a working credential. No email or password required.";
/// Read next, where such pages exist.
const NEXT: [&str; 4] = [
    "/docs/guides/issue-and-verify-a-token",
    "/docs/guides/publish-an-agent",
    "/docs/guides/prove-a-domain",
    "/docs/guides/call-another-agent",
];
/// Explained beside the first form, where such pages exist.
const EXPLAINED: [&str; 3] = ["/docs/concepts/tenants", "/docs/guides/limits-and-tiers", "/docs/security/privacy"];

/// Whose the agent will be that the first form makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Organization {
    /// That of an organization that is made with it.
    None,
    /// That of one that is there.
    Open,
    /// That of one that is somebody's, with the address that is confirmed.
    Verified(String),
}

/// The first form, with what was typed and what is wrong with it.
pub fn start(generation: &Generation, fields: &AgentFields, refused: Refused, organization: Organization) -> View {
    started(generation, fields, refused, organization, form_key())
}

/// The same, as it came back: with its own key, by which what was done already is not done again.
pub fn started(
    generation: &Generation,
    fields: &AgentFields,
    refused: Refused,
    organization: Organization,
    key: String,
) -> View {
    let site = &generation.site;
    let page = Start {
        action: site.href(GET_STARTED),
        key,
        fields: fields.clone(),
        problems: refused.problems,
        notice: refused.notice,
        has_organization: organization != Organization::None,
        verified: match organization {
            Organization::Verified(email) => Some(crate::marketplace::plain(&email)),
            Organization::None | Organization::Open => None,
        },
        recover: site.href(site_paths::RECOVER),
        explained: existing(generation, &EXPLAINED),
    };
    view(generation, Stage::Open(Box::new(page)))
}

/// How far a reader has come.
pub fn begun(
    generation: &Generation,
    progress: &Progress,
    session: &Session,
    told: &Told,
    mail_note: Option<&str>,
) -> View {
    let Some(agent) = &progress.agent else {
        return start(generation, &AgentFields::default(), Refused::default(), Organization::Open);
    };
    let site = &generation.site;
    let at = |part: &str| site.href(&format!("{GET_STARTED}/{part}"));
    let id = agent.agent_id.to_string();
    let samples = samples::first_call(&id, &generation.config.public_api());
    let page = Begun {
        agent: Made { name: crate::marketplace::plain(&agent.name), id: id.clone(), did: agent.did.clone() },
        credential: progress.credential.clone(),
        renew: at("credential"),
        key: form_key(),
        samples: samples.html(),
        call: progress.call.clone(),
        call_json: at("first-call.json"),
        here: site.href(GET_STARTED),
        keep: keep(progress, session, told, &at),
        mail_note: mail_note.map(str::to_owned),
        publish: (!agent.is_public).then(|| at("publish")),
        published: agent.published_at.map(|_| site.href(&format!("{MARKETPLACE}/{id}"))),
        leave: at("leave"),
        notice: told.notice.clone().or_else(|| deletion(&progress.organization).map(ending)),
        next: existing(generation, &NEXT),
        api: generation.config.public_api(),
    };
    view(generation, Stage::Begun(Box::new(page)))
}

/// When all of an organization is deleted, where that was asked for. What nobody claims ends by itself, be it sooner.
pub fn deletion(organization: &types::Organization) -> Option<Timestamp> {
    let at = organization.deletion_at?;
    Some(organization.expires_at.map_or(at, |own| own.min(at)))
}

/// What is said of an organization whose deletion was asked for.
fn ending(at: Timestamp) -> String {
    let at = at.strftime("%Y-%m-%d %H:%M UTC");
    format!(
        "You requested deletion of the organization. It is deleted on {at}. You can cancel on your organization’s page until then."
    )
}

/// Hours left until then, for the sentence `Claim within …`: `72 hours`.
pub fn hours_left(ends: Timestamp) -> String {
    app::model::onboarding::hours_left(ends.as_second() - Timestamp::now().as_second())
}

fn keep(progress: &Progress, session: &Session, told: &Told, at: &impl Fn(&str) -> String) -> Keep {
    let organization = &progress.organization;
    let email = organization.email.clone().unwrap_or_default();
    let sent_at = session.mailed_at.map(|at| at.strftime("%H:%M:%S UTC").to_string());
    match (&organization.state, organization.expires_at) {
        (OrganizationState::Verified, _) => Keep::Verified { email },
        (OrganizationState::Provisional, Some(ends)) => Keep::Provisional {
            seconds: (ends.as_second() - Timestamp::now().as_second()).max(0),
            ends: ends.strftime("%Y-%m-%d %H:%M UTC").to_string(),
            action: session.claim_code.as_ref().map(|_| at("keep")),
            // Until it was named it has a name that nobody chose.
            name: told.typed("name", session.mailed.as_ref().map_or("", |_| &organization.name)),
            mailed: session.mailed.clone().unwrap_or_default(),
            email: told.typed("email", session.mailed.as_deref().unwrap_or_default()),
            sent_at: sent_at.filter(|_| session.mailed.is_some()),
        },
        _ => Keep::Unverified { email, resend: at("resend"), sent_at },
    }
}

fn view(generation: &Generation, stage: Stage) -> View {
    let mut frame = frame(generation, TITLE, DESCRIPTION, Some(GET_STARTED), Some(Place::GetStarted));
    if matches!(stage, Stage::Begun(_)) {
        frame.meta.script = Some(frame.assets.started_script.clone());
    }
    View { frame, page: Page::GetStarted(GetStarted { api: generation.config.public_api(), stage }) }
}

fn existing(generation: &Generation, addresses: &[&str]) -> Vec<Link> {
    addresses
        .iter()
        .filter_map(|address| generation.site.index_of(address))
        .map(|index| super::link(generation, index))
        .collect()
}
