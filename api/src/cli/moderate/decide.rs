//! `api moderate flag`, `hide` and `restore`

use domain::agent::TextForm as _;
use domain::email::Email as EmailAddress;
use domain::id::AgentId;
use domain::moderation::{Moderation, Reason};
use store::{Store, moderation};

use super::Decision;
use crate::clock::Clock;
use crate::mail::Email;
use crate::mail::Mailer;

/// Records the decision, and notifies the publisher if it changes the listing: dismissed reports are not news to them.
#[expect(clippy::print_stdout, reason = "this is the command line")]
pub(super) async fn run(decision: Decision, to: Moderation, clock: &Clock) -> Result<(), String> {
    let Decision { agent_id, reason, data, mail } = decision;
    let store = Store::open_existing(&data.data_dir).await.map_err(|error| error.to_string())?;
    let folder = mail.mail_dir.clone().unwrap_or_else(|| data.data_dir.join("mail"));
    // Checks the email settings before writing: a decision must reach the publisher.
    let mailer = Mailer::start(&mail, folder, false).map_err(|error| error.to_string())?;
    let now = clock.now();
    let decided = moderation::decide(&store, agent_id, to, reason, now).await.map_err(|error| error.to_string())?;
    println!(
        "{} is {}{}; {} closed",
        agent_id,
        to.as_str(),
        if decided.is_changed { "" } else { " (unchanged, no email sent)" },
        if decided.closed_reports == 1 { "1 report".to_owned() } else { format!("{} reports", decided.closed_reports) },
    );
    if !decided.is_changed {
        return Ok(());
    }
    let Some(email) = decided.publisher_email.as_deref().and_then(|email| EmailAddress::parse(email).ok()) else {
        return Ok(());
    };
    let message = write_email(&decided.agent_name, agent_id, to, reason);
    if mailer.deliver(&email, &message).await {
        Ok(())
    } else {
        Err("The decision is recorded, but the email to the publisher could not be sent.".to_owned())
    }
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
