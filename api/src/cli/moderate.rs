//! `api moderate`

mod decide;
mod list;

use clap::{Args, Subcommand};
use domain::agent::Word as _;
use domain::id::AgentId;
use domain::moderation::{Moderation, Reason};
use store::Store;

use super::DataDir;
use crate::clock::Clock;
use crate::config;

/// What operators can do about published agents.
#[derive(Debug, Subcommand)]
pub enum Moderate {
    /// List open reports, by agent.
    List {
        /// Where the database is.
        #[command(flatten)]
        data: DataDir,
    },
    /// Show an agent with a warning.
    Flag(Box<Decision>),
    /// Take an agent out of the marketplace: its address there answers 410 with the class of the reason.
    Hide(Box<Decision>),
    /// Show an agent as any other again.
    Restore(Box<Decision>),
}

/// About which agent, and why. Its open reports are closed; it is an event of the publisher's audit trail, and the
/// publisher is mailed.
#[derive(Args, Clone, Debug)]
pub struct Decision {
    /// Its identifier.
    pub agent_id: AgentId,
    /// The class of the reason: impersonation, malware, spam, illegal, misleading or other.
    #[arg(long, value_parser = |text: &str| Reason::read(text).map_err(|refusal| refusal.0))]
    pub reason: Reason,
    /// Where the database is.
    #[command(flatten)]
    pub data: DataDir,
    /// How mail leaves.
    #[command(flatten)]
    pub mail: config::Mail,
}

/// Does it.
pub(super) async fn run(command: Moderate) -> Result<(), String> {
    let (to, decision) = match command {
        Moderate::List { data } => {
            let store = Store::existing(&data.data_dir).await.map_err(|error| error.to_string())?;
            return list::print(&store).await.map_err(|error| error.to_string());
        }
        Moderate::Flag(decision) => (Moderation::Flagged, decision),
        Moderate::Hide(decision) => (Moderation::Hidden, decision),
        Moderate::Restore(decision) => (Moderation::Visible, decision),
    };
    decide::run(*decision, to, &Clock::default()).await
}
