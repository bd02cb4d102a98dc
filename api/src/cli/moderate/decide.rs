//! `api moderate flag`, `hide` and `restore`

use domain::agent::TextForm as _;
use domain::email::Email as EmailAddress;
use domain::id::AgentId;
use domain::moderation::{Moderation, Reason};
use store::{moderation, parse_stored};

use super::Decision;
use crate::clock::Clock;
use crate::mail::{Email, EmailSeal};

/// Records the decision, and notifies the publisher if it changes the listing: dismissed reports are not news to them.
#[expect(clippy::print_stdout, reason = "this is the command line")]
pub(super) async fn run(decision: Decision, to: Moderation, clock: &Clock) -> Result<(), String> {
    let Decision { agent_id, reason, installation } = decision;
    let (store, keys) = installation.open().await?;
    let seal = EmailSeal::new(keys.pepper()).map_err(|error| error.to_string())?;
    let (agent, owner) = moderation::find_reported(&store, agent_id.to_string())
        .await
        .map_err(|error| error.to_string())?
        .ok_or_else(|| format!("There is no agent {agent_id}."))?;
    let address = owner.and_then(|owner| owner.email).and_then(|email| EmailAddress::parse(&email).ok());
    let email = match &address {
        Some(address) => {
            let organization = parse_stored(&agent.organization_id).map_err(|error| error.to_string())?;
            let message = write_email(&agent.name, agent_id, to, reason);
            Some(seal.seal(organization, Some(address), message).map_err(|error| error.to_string())?)
        }
        None => None,
    };
    let decided = moderation::decide(&store, agent_id, to, reason, email, clock.now()).await;
    let decided = decided.map_err(|error| error.to_string())?;
    println!(
        "{} is {}{}; {} closed",
        agent_id,
        to.as_str(),
        if decided.is_changed { "" } else { " (unchanged, no email sent)" },
        if decided.closed_reports == 1 { "1 report".to_owned() } else { format!("{} reports", decided.closed_reports) },
    );
    Ok(())
}

/// Builds the email.
fn write_email(name: &str, id: AgentId, to: Moderation, reason: Reason) -> Email {
    let (subject, change) = match to {
        Moderation::Hidden => (
            "Your agent was hidden from the marketplace",
            "was hidden from the marketplace. Its ID, credentials and DID don't change",
        ),
        Moderation::Flagged => {
            ("Your agent is flagged in the marketplace", "is now shown in the marketplace with a warning")
        }
        Moderation::Visible => {
            ("Your agent is listed in the marketplace again", "is listed in the marketplace without a warning")
        }
    };
    Email::new(subject)
        .text(format!("Your agent {name} ({id}) {change}."))
        .text(format!("Reason: {}.", reason.as_str()))
        .text(
            "To appeal, reply to this email; a person will review the decision. It is recorded in your audit trail (agent.moderated).",
        )
}
