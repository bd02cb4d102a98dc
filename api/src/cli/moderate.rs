//! `api moderate`

mod decide;
mod list;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::clock::Clock;
use crate::config;
use crate::domain::agent::Word as _;
use crate::domain::id::AgentId;
use crate::domain::moderation::{Moderation, Reason};
use crate::store::Store;

/// What operators can do about published agents.
#[derive(Debug, Subcommand)]
pub enum Moderate {
    /// List open reports, by agent.
    List {
        /// Folder of the SQLite database.
        #[arg(long, env = "DATA_DIR", value_name = "FOLDER", default_value = "data")]
        data_dir: PathBuf,
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
    /// Folder of the SQLite database.
    #[arg(long, env = "DATA_DIR", value_name = "FOLDER", default_value = "data")]
    pub data_dir: PathBuf,
    /// How mail leaves.
    #[command(flatten)]
    pub mail: config::Mail,
}

/// Does it.
pub(super) fn run(command: Moderate) -> Result<(), String> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let (to, decision) = match command {
            Moderate::List { data_dir } => {
                let store = Store::sqlite(&data_dir).await.map_err(|error| error.to_string())?;
                return list::print(&store).await.map_err(|error| error.to_string());
            }
            Moderate::Flag(decision) => (Moderation::Flagged, decision),
            Moderate::Hide(decision) => (Moderation::Hidden, decision),
            Moderate::Restore(decision) => (Moderation::Visible, decision),
        };
        decide::run(*decision, to, &Clock::default()).await
    })
}
