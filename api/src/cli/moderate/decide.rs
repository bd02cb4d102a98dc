//! `api moderate flag`, `hide` and `restore`

use domain::agent::Word as _;
use domain::email::Email;
use domain::id::AgentId;
use domain::moderation::{Moderation, Reason};
use store::{Store, moderation};

use super::Decision;
use crate::clock::Clock;
use crate::mail::Letter;
use crate::mail::Mailer;

/// Decides, and mails the publisher where something changed: a report that is dismissed is no news to them.
#[expect(clippy::print_stdout, reason = "this is the command line")]
pub(super) async fn run(decision: Decision, to: Moderation, clock: &Clock) -> Result<(), String> {
    let Decision { agent_id, reason, data, mail } = decision;
    let store = Store::existing(&data.data_dir).await.map_err(|error| error.to_string())?;
    let folder = mail.mail_dir.clone().unwrap_or_else(|| data.data_dir.join("mail"));
    // Before anything is written: a decision that nobody can be told of is none.
    let mailer = Mailer::start(&mail, folder, false).map_err(|error| error.to_string())?;
    let now = clock.now();
    let decided = moderation::decide(&store, agent_id, to, reason, now).await.map_err(|error| error.to_string())?;
    println!(
        "{} is {}{}; {} closed",
        agent_id,
        to.word(),
        if decided.is_changed { "" } else { " as before, so nobody is mailed" },
        if decided.closed_reports == 1 { "1 report".to_owned() } else { format!("{} reports", decided.closed_reports) },
    );
    if !decided.is_changed {
        return Ok(());
    }
    let Some(email) = decided.publisher_email.as_deref().and_then(|email| Email::read(email).ok()) else {
        return Ok(());
    };
    let letter = words(&decided.agent_name, agent_id, to, reason);
    if mailer.deliver(&email, &letter).await {
        Ok(())
    } else {
        Err("done, but the mail to the publisher could not be sent".to_owned())
    }
}

/// The mail.
fn words(name: &str, id: AgentId, to: Moderation, reason: Reason) -> Letter {
    let (subject, done) = match to {
        Moderation::Hidden => (
            "Your agent was taken out of the marketplace",
            "was taken out of the marketplace. It keeps its identifier, its credentials and its DID",
        ),
        Moderation::Flagged => {
            ("Your agent has a warning in the marketplace", "is shown in the marketplace with a warning")
        }
        Moderation::Visible => (
            "Your agent is shown in the marketplace again",
            "is shown in the marketplace without a warning, as any other",
        ),
    };
    Letter::new(subject)
        .text(format!("Your agent {name} ({id}) {done}."))
        .text(format!("Class of the reason: {}.", reason.word()))
        .text(
            "If you think that this is wrong, answer this mail: a person reads it and decides again. It is an event of your \
             audit trail (agent.moderated).",
        )
}
