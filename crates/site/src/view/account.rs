//! Pages of the reader's organization: neither indexed nor cached.

mod inactive;

use app::model::account::{
    AccountAgent, AccountClaim, AccountCredential, AccountPage, AccountSession, AccountState, AgentLine, DeletionForm,
    NamesForm, NewClaimForm, OrganizationPage,
};
use app::model::onboarding::NewCredential;
use app::model::{Link, Page, View};
use client::List;
use client::types::{
    Agent, AgentStatus, Claim, ClaimKind, ClaimState, Credential, CredentialStatus, Organization, OrganizationState,
    Session, TierStatus,
};
use jiff::Timestamp;

use super::frame::frame;
use super::links::page_link;
use super::onboarding::hours_left;
use crate::context::SiteContext;
use crate::forms::{FormFeedback, new_form_key};
use crate::paths::{self, ACCOUNT, GET_STARTED, MARKETPLACE, RECOVER};
use crate::plain_text::plain_text;

const DESCRIPTION: &str = "Agents, credentials, verifications and sessions of your organization.";
/// The guide to claims, if it exists.
const CLAIMS_GUIDE: &str = "/docs/guides/prove-a-domain";

/// An organization with everything that its page shows.
#[derive(Clone, Debug)]
pub struct AccountOverview {
    /// The organization.
    pub organization: Organization,
    /// Its tier with limits and usage.
    pub tier: TierStatus,
    /// Its agents.
    pub agents: List<Agent>,
    /// Its claims.
    pub claims: Vec<Claim>,
    /// Its sessions.
    pub sessions: Vec<Session>,
}

/// An agent with its credentials.
#[derive(Clone, Debug)]
pub struct AgentDetail {
    /// The agent.
    pub agent: Agent,
    /// Its credentials.
    pub credentials: Vec<Credential>,
    /// A new credential whose secret was not shown yet.
    pub new_credential: Option<NewCredential>,
}

pub use inactive::inactive;

/// Builds the page for a browser without a session.
pub fn signed_out(context: &SiteContext, notice: Option<&str>) -> View {
    let link = |title: &str, path: &str| Link { title: title.to_owned(), href: context.site.href(path) };
    let sign_in_links = vec![link("Create agent", GET_STARTED), link("Replace a lost secret", RECOVER)];
    view(context, "Your organization", notice.map(str::to_owned), AccountState::SignedOut(sign_in_links))
}

/// Builds the page of the organization.
pub fn organization(context: &SiteContext, overview: &AccountOverview, feedback: &FormFeedback) -> View {
    let AccountOverview { organization, tier, agents, claims, sessions } = overview;
    let site = &context.site;
    let at = |part: &str| site.href(&format!("{ACCOUNT}/{part}"));
    let status = match (&organization.state, organization.expires_at) {
        (OrganizationState::Provisional, Some(ends)) => {
            let left = hours_left(ends);
            format!("Unclaimed. Claim within {left}: the organization is deleted on {}.", minute(ends))
        }
        (OrganizationState::Verified, _) => {
            format!("Owner: {} (confirmed)", plain_text(organization.email.as_deref().unwrap_or("email address")))
        }
        _ => format!(
            "{} is not confirmed. Open the link in the confirmation email.",
            plain_text(organization.email.as_deref().unwrap_or("Your email address"))
        ),
    };
    // On that page, an email address is entered, and its email can be resent.
    let is_open = organization.state != OrganizationState::Verified;
    let naming = NamesForm {
        action: at("names"),
        name: feedback.field("name", &organization.name),
        display_name: feedback.field("displayName", organization.display_name.as_deref().unwrap_or_default()),
        slug: (organization.state == OrganizationState::Verified).then(|| feedback.field("slug", &organization.slug)),
        publisher: agents
            .data
            .iter()
            .any(|agent| agent.is_public && agent.published_at.is_some())
            .then(|| site.href(&format!("{MARKETPLACE}/publishers/{}", organization.slug))),
    };
    let deletion = DeletionForm {
        action: at("delete"),
        name: plain_text(&organization.name),
        confirm: feedback.field("confirm", ""),
    };
    let page = OrganizationPage {
        id: organization.organization_id.to_string(),
        status,
        claim_url: is_open.then(|| format!("{}#started--keep", site.href(GET_STARTED))),
        usage: usage(tier),
        naming,
        more_agents: agents.total.saturating_sub(agents.data.len() as u64),
        agents: agents.data.iter().map(|agent| line(agent, &at)).collect(),
        another: format!("{}?another", site.href(GET_STARTED)),
        claims: claims.iter().map(|claim| self::claim(claim, &at)).collect(),
        claiming: (!is_open).then(|| NewClaimForm {
            action: at("claims"),
            target: feedback.field("target", ""),
            explained: site.index_of(CLAIMS_GUIDE).map(|index| page_link(context, index)),
        }),
        sessions: sessions.iter().map(|open| session(open, &at)).collect(),
        sign_out_url: site.href(&format!("{GET_STARTED}/leave")),
        is_provisional: organization.state == OrganizationState::Provisional,
        // Recovery emails are sent to confirmed email addresses only.
        recover: (!is_open).then(|| site.href(paths::RECOVER)),
        deletion,
    };
    view(context, "Your organization", feedback.notice.clone(), AccountState::Organization(Box::new(page)))
}

/// Builds the page of one of its agents.
pub fn agent(context: &SiteContext, detail: &AgentDetail, feedback: &FormFeedback) -> View {
    let AgentDetail { agent, credentials, new_credential } = detail;
    let site = &context.site;
    let id = agent.agent_id.to_string();
    let at = |part: &str| site.href(&format!("{ACCOUNT}/agents/{id}/{part}"));
    let link = |title: &str, part: &str| Link { title: title.to_owned(), href: at(part) };
    let is_decommissioned = agent.status == AgentStatus::Decommissioned;
    let mut actions = Vec::new();
    if !is_decommissioned {
        actions.push(if agent.is_public { link("Unpublish", "hide") } else { link("Publish", "publish") });
        actions.push(match agent.status {
            AgentStatus::Suspended => link("Resume", "resume"),
            _ => link("Suspend", "suspend"),
        });
    }
    let page = AccountAgent {
        name: plain_text(&agent.name),
        did: agent.did.clone(),
        status: format_status(agent),
        back: site.href(ACCOUNT),
        published: (agent.is_public && agent.published_at.is_some() && !is_decommissioned)
            .then(|| site.href(&format!("{MARKETPLACE}/{id}"))),
        credential: new_credential.clone(),
        credentials: credentials.iter().map(|credential| self::credential(credential, &at)).collect(),
        key: new_form_key(),
        create: (!is_decommissioned).then(|| at("credentials")),
        actions,
        decommission_url: (!is_decommissioned).then(|| at("end")),
        id: id.clone(),
    };
    let title = page.name.clone();
    view(context, &title, feedback.notice.clone(), AccountState::Agent(Box::new(page)))
}

fn view(context: &SiteContext, title: &str, notice: Option<String>, state: AccountState) -> View {
    let page = Page::Account(Box::new(AccountPage { notice, state }));
    View { frame: frame(context, title, DESCRIPTION, None, None), page }
}

fn usage(tier: &TierStatus) -> Vec<String> {
    let of = |used: u64, limit: Option<u64>, what: &str| match limit {
        Some(limit) => format!("{used} of {limit} {what}"),
        None => format!("{used} {what}"),
    };
    let (limits, usage) = (&tier.limits, &tier.usage);
    vec![
        of(usage.agent_count, limits.max_agents, "agents"),
        of(usage.calls_today, limits.max_calls_per_day, "calls today"),
        of(usage.tokens_today, limits.max_tokens_per_day, "tokens today"),
    ]
}

fn line(agent: &Agent, at: &impl Fn(&str) -> String) -> AgentLine {
    let id = agent.agent_id.to_string();
    let link = Link { title: plain_text(&agent.name), href: at(&format!("agents/{id}")) };
    AgentLine { link, id, status: format_status(agent) }
}

/// Status and publication, such as `Active · Not published`.
fn format_status(agent: &Agent) -> String {
    let status = match agent.status {
        AgentStatus::Active => "Active",
        AgentStatus::Suspended => "Suspended",
        _ => return "Decommissioned".to_owned(),
    };
    match (agent.is_public, agent.published_at) {
        (true, Some(_)) => format!("{status} · Published"),
        (true, None) => format!("{status} · Published after you claim the organization"),
        (false, _) => format!("{status} · Not published"),
    }
}

fn credential(credential: &Credential, at: &impl Fn(&str) -> String) -> AccountCredential {
    let id = credential.credential_id.to_string();
    let created = format!("Created {}", minute(credential.created_at));
    let used = if credential.first_call_at.is_some() { " · Used" } else { " · Never used" };
    let status = match (&credential.status, credential.revoked_at, credential.expires_at) {
        (CredentialStatus::Active, _, Some(ends)) => format!("Active · Expires {} · {created}{used}", minute(ends)),
        (CredentialStatus::Active, ..) => format!("Active · {created}{used}"),
        (CredentialStatus::Revoked, Some(revoked), _) => format!("Revoked {} · {created}{used}", minute(revoked)),
        _ => format!("Inactive · {created}{used}"),
    };
    let actions = (credential.status == CredentialStatus::Active)
        .then(|| (at(&format!("credentials/{id}/replace")), at(&format!("credentials/{id}/end"))));
    AccountCredential { id, status, actions }
}

fn claim(claim: &Claim, at: &impl Fn(&str) -> String) -> AccountClaim {
    let kind = match claim.kind {
        ClaimKind::Domain => "Domain",
        ClaimKind::Key => "Key",
        ClaimKind::Repository => "Repository",
        _ => "Verification",
    };
    let status = match (&claim.state, claim.checked_at, claim.expires_at) {
        (ClaimState::Valid, Some(checked), Some(ends)) => {
            format!("Verified {} · Expires {}", minute(checked), minute(ends))
        }
        (ClaimState::Expired, ..) => "Expired. Verify again.".to_owned(),
        _ => "Pending verification".to_owned(),
    };
    let proof = &claim.proof;
    let proof_line = |label, text: &Option<String>| text.clone().map(|text| (label, text));
    let lines = [
        proof_line("TXT record name", &proof.dns_name),
        proof_line("TXT record value", &proof.dns_value),
        proof_line("File URL", &proof.file_url),
        proof_line("File path", &proof.file_path),
        Some(("Line", proof.nonce.clone())),
    ];
    let id = claim.claim_id;
    AccountClaim {
        title: format!("{kind} {}", plain_text(&claim.target)),
        status,
        failure: claim.last_failure.as_deref().map(plain_text),
        instruction: match claim.kind {
            ClaimKind::Domain => {
                "Publish the TXT record, or a file that contains the line. Then select Verify.".to_owned()
            }
            ClaimKind::Repository => {
                "Add a file that contains the line to the default branch. Then select Verify.".to_owned()
            }
            ClaimKind::Key => "Sign the line with the key and enter the signature. Then select Verify.".to_owned(),
            _ => plain_text(&proof.instruction),
        },
        proof: lines.into_iter().flatten().collect(),
        check: at(&format!("claims/{id}/check")),
        is_signed: claim.kind == ClaimKind::Key,
        remove: at(&format!("claims/{id}/remove")),
    }
}

fn session(open: &Session, at: &impl Fn(&str) -> String) -> AccountSession {
    let times = format!(
        "Created {} · Last used {} · Expires {}",
        minute(open.created_at),
        minute(open.last_used_at),
        minute(open.expires_at)
    );
    AccountSession { is_current: open.is_current, times, revoke_url: at(&format!("sessions/{}/end", open.session_id)) }
}

fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
