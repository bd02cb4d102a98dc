//! `api moderate`

mod decide;
mod list;

use clap::{Args, Subcommand};
use domain::agent::TextForm as _;
use domain::id::AgentId;
use domain::moderation::{Moderation, Reason};

use super::{DataDir, Installation};
use crate::clock::Clock;

/// Commands for moderation.
#[derive(Debug, Subcommand)]
pub enum Moderate {
    /// List open reports by agent.
    List {
        /// Location of the database.
        #[command(flatten)]
        data: DataDir,
    },
    /// Show an agent with a warning.
    Flag(Box<Decision>),
    /// Hide an agent from the marketplace: its URL there returns 410 with the reason.
    Hide(Box<Decision>),
    /// Remove a warning, or show a hidden agent again.
    Restore(Box<Decision>),
}

/// Agent and reason of a decision. Closes the agent's open reports, records the decision in the publisher's audit
/// trail; the server notifies the publisher by email.
#[derive(Args, Clone, Debug)]
pub struct Decision {
    /// ID of the agent.
    pub agent_id: AgentId,
    /// Reason: impersonation, malware, spam, illegal, misleading or other.
    #[arg(long, value_parser = |text: &str| Reason::parse(text).map_err(|error| error.0))]
    pub reason: Reason,
    /// Location of the database and the keys.
    #[command(flatten)]
    pub installation: Installation,
}

/// Runs the command.
pub(super) async fn run(command: Moderate) -> Result<(), String> {
    let (to, decision) = match command {
        Moderate::List { data } => {
            return list::print(&data.open().await?).await.map_err(|error| error.to_string());
        }
        Moderate::Flag(decision) => (Moderation::Flagged, decision),
        Moderate::Hide(decision) => (Moderation::Hidden, decision),
        Moderate::Restore(decision) => (Moderation::Visible, decision),
    };
    decide::run(*decision, to, &Clock::default()).await
}
