//! Pages of sign-up: only the first is indexed, none is cached.

pub mod links;
mod samples;

use app::model::onboarding::{
    AgentFields, CreatedAgent, EmailStep, FirstCall, GetStarted, NewCredential, ProgressPage, Stage, Start,
};
use app::model::{Page, Place, View};
use client::types::{self, OrganizationState};
use jiff::Timestamp;

use super::frame::frame;
use super::links::existing_links;
use crate::context::SiteContext;
use crate::forms::{FormErrors, FormFeedback, new_form_key};
use crate::paths::{self, GET_STARTED, MARKETPLACE};
use crate::plain_text::plain_text;

const TITLE: &str = "Get started";
const DESCRIPTION: &str = "Create an agent with a DID and a working credential. No email or password required.";
/// Next pages to read, where they exist.
const NEXT: [&str; 4] = [
    "/docs/guides/issue-and-verify-a-token",
    "/docs/guides/publish-an-agent",
    "/docs/guides/prove-a-domain",
    "/docs/guides/call-another-agent",
];
/// Pages linked from the first form, where they exist.
const EXPLAINED: [&str; 3] = ["/docs/concepts/tenants", "/docs/guides/limits-and-tiers", "/docs/security/privacy"];

/// Progress of a sign-up, from the API.
#[derive(Clone, Debug)]
pub struct SignupProgress {
    /// The organization.
    pub organization: types::Organization,
    /// Its first agent, if there is one.
    pub agent: Option<types::Agent>,
    /// The agent's first call, once made.
    pub call: Option<FirstCall>,
    /// A new credential whose secret was not shown yet.
    pub credential: Option<NewCredential>,
}

/// The verification email of a provisional organization.
#[derive(Clone, Copy, Debug, Default)]
pub struct EmailStatus<'a> {
    /// True if the session can claim the organization.
    pub is_claimable: bool,
    /// The email address, once an email was sent.
    pub address: Option<&'a str>,
    /// Time of the last email.
    pub sent_at: Option<Timestamp>,
}

/// The organization of the agent that the first form creates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Organization {
    /// A new organization.
    None,
    /// An existing organization.
    Open,
    /// A verified organization, with its email address.
    Verified(String),
}

/// Builds the first form, with its submitted fields and their errors.
pub fn start(context: &SiteContext, fields: &AgentFields, errors: FormErrors, organization: Organization) -> View {
    start_with_key(context, fields, errors, organization, new_form_key())
}

/// Builds the first form with the key of a submitted one, so that completed steps are not repeated.
pub fn start_with_key(
    context: &SiteContext,
    fields: &AgentFields,
    errors: FormErrors,
    organization: Organization,
    key: String,
) -> View {
    let site = &context.site;
    let page = Start {
        // The new secret is in view, without script too.
        action: format!("{}#started--credential", site.href(GET_STARTED)),
        key,
        fields: fields.clone(),
        problems: errors.problems,
        notice: errors.notice,
        has_organization: organization != Organization::None,
        verified: match organization {
            Organization::Verified(email) => Some(plain_text(&email)),
            Organization::None | Organization::Open => None,
        },
        recover: site.href(paths::RECOVER),
        explained: existing_links(context, &EXPLAINED),
    };
    view(context, Stage::Open(Box::new(page)))
}

/// Builds the page with the reader's progress.
pub fn progress(
    context: &SiteContext,
    progress: &SignupProgress,
    email: &EmailStatus<'_>,
    feedback: &FormFeedback,
    mail_note: Option<&str>,
) -> View {
    let Some(agent) = &progress.agent else {
        return start(context, &AgentFields::default(), FormErrors::default(), Organization::Open);
    };
    let site = &context.site;
    let at = |part: &str| site.href(&format!("{GET_STARTED}/{part}"));
    let id = agent.agent_id.to_string();
    let samples = samples::first_call(&id, &context.settings.api_origin);
    let page = ProgressPage {
        agent: CreatedAgent { name: plain_text(&agent.name), id: id.clone(), did: agent.did.clone() },
        credential: progress.credential.clone(),
        create_credential_url: format!("{}#started--credential", at("credential")),
        key: new_form_key(),
        samples: samples.html(),
        call: progress.call.clone(),
        call_json: at("first-call.json"),
        page_url: site.href(GET_STARTED),
        claim: claim_step(progress, email, feedback, &at),
        mail_note: mail_note.map(str::to_owned),
        publish: (!agent.is_public).then(|| at("publish")),
        published: agent.published_at.map(|_| site.href(&format!("{MARKETPLACE}/{id}"))),
        sign_out_url: at("leave"),
        notice: feedback.notice.clone(),
        next: existing_links(context, &NEXT),
        api: context.settings.api_origin.clone(),
    };
    view(context, Stage::InProgress(Box::new(page)))
}

/// The time of a requested deletion; an unclaimed organization may expire sooner.
pub(super) fn deletion_time(organization: &types::Organization) -> Option<Timestamp> {
    let at = organization.deletion_at?;
    Some(organization.expires_at.map_or(at, |own| own.min(at)))
}

/// Formats the remaining time as the beginning of a sentence: `72 hours are left`.
pub(super) fn hours_left(ends: Timestamp) -> String {
    app::model::onboarding::hours_left(ends.as_second() - Timestamp::now().as_second())
}

fn claim_step(
    progress: &SignupProgress,
    sent: &EmailStatus<'_>,
    feedback: &FormFeedback,
    at: &impl Fn(&str) -> String,
) -> EmailStep {
    let organization = &progress.organization;
    let email = organization.email.clone().unwrap_or_default();
    let sent_at = sent.sent_at.map(|at| at.strftime("%H:%M:%S UTC").to_string());
    match (&organization.state, organization.expires_at) {
        (OrganizationState::Verified, _) => EmailStep::Verified { email },
        (OrganizationState::Provisional, Some(ends)) => EmailStep::Provisional {
            seconds: (ends.as_second() - Timestamp::now().as_second()).max(0),
            ends: ends.strftime("%Y-%m-%d %H:%M UTC").to_string(),
            action: sent.is_claimable.then(|| at("keep")),
            // Until the first email, the name is a generated one.
            name: feedback.field("name", sent.address.map_or("", |_| &organization.name)),
            mailed: sent.address.unwrap_or_default().to_owned(),
            email: feedback.field("email", sent.address.unwrap_or_default()),
            sent_at: sent_at.filter(|_| sent.address.is_some()),
        },
        _ => EmailStep::Unverified { email, resend: at("resend"), sent_at },
    }
}

fn view(context: &SiteContext, stage: Stage) -> View {
    let mut frame = frame(context, TITLE, DESCRIPTION, Some(GET_STARTED), Some(Place::GetStarted));
    if matches!(stage, Stage::InProgress(_)) {
        frame.meta.script = Some(frame.assets.started_script.clone());
    }
    View { frame, page: Page::GetStarted(GetStarted { api: context.settings.api_origin.clone(), stage }) }
}
