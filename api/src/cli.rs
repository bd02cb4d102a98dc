//! Command line: `api serve`, `api openapi`, `api keys`, …

mod backup;
mod keys;
mod migrate;
pub mod moderate;
mod openapi;
mod organizations;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory as _, Parser, Subcommand};

use store::Store;

use crate::config::Config;

/// SentryAgent.ai's API: sign-up, registry, tokens, DIDs, audit trail, marketplace.
#[derive(Debug, Parser)]
#[command(name = "api", version, disable_help_subcommand = true)]
pub struct Cli {
    /// Command to run.
    #[command(subcommand)]
    pub command: Command,
}

/// Subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API.
    Serve(Box<Config>),
    /// Print the OpenAPI 3.1 document as JSON.
    Openapi,
    /// Run database migrations (also run at startup).
    Migrate(DataDir),
    /// Back up the database to a file, also while a server is running.
    Backup {
        /// Target file. Must not exist yet.
        file: PathBuf,
        /// Location of the database.
        #[command(flatten)]
        data: DataDir,
    },
    /// Restore the database from a backup.
    Restore {
        /// Backup file.
        file: PathBuf,
        /// Location of the database.
        #[command(flatten)]
        data: DataDir,
        /// Replace an existing database.
        #[arg(long)]
        replace: bool,
    },
    /// Manage signing keys.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Manage organizations.
    #[command(subcommand)]
    Organizations(organizations::Organizations),
    /// Moderate reported agents.
    #[command(subcommand)]
    Moderate(moderate::Moderate),
}

/// Location of the database.
#[derive(Args, Clone, Debug)]
pub struct DataDir {
    /// Directory of the SQLite database.
    #[arg(long, env = "DATA_DIR", value_name = "FOLDER", default_value = "data")]
    data_dir: PathBuf,
}

impl DataDir {
    /// Opens the database without keys: for commands that add nothing to audit trails.
    async fn open(&self) -> Result<Store, String> {
        Store::open_existing(&self.data_dir, None).await.map_err(|error| error.to_string())
    }
}

/// Location of the database and the keys.
#[derive(Args, Clone, Debug)]
pub struct Installation {
    /// Location of the database.
    #[command(flatten)]
    data: DataDir,
    /// Directory of the keys.
    #[arg(long, env = "KEY_DIR", value_name = "FOLDER", default_value = "keys")]
    key_dir: PathBuf,
}

impl Installation {
    /// Opens the database and the keys.
    async fn open(&self) -> Result<(Store, crate::keys::Keys), String> {
        let keys = keys::open(&self.key_dir)?;
        let head_key = keys.head_key().map_err(|error| error.to_string())?;
        let store = Store::open_existing(&self.data.data_dir, Some(head_key)).await;
        Ok((store.map_err(|error| error.to_string())?, keys))
    }
}

/// Runs the command. Exit codes: 0 for success, 1 for failure, 2 for invalid usage.
#[expect(clippy::print_stderr, reason = "this is the command line")]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    // The database, backups and emails are private to this user.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return web::usage::explain(&error, &mut Cli::command()),
    };
    let result = match cli.command {
        Command::Serve(config) => crate::serve::run(*config).map_err(|error| error.to_string()),
        Command::Openapi => openapi::run(),
        Command::Migrate(data) => block_on(migrate::run(&data.data_dir)),
        Command::Backup { file, data } => block_on(backup::backup(&data.data_dir, &file)),
        Command::Restore { file, data, replace } => block_on(backup::restore(&data.data_dir, &file, replace)),
        Command::Keys(command) => keys::run(command),
        Command::Organizations(command) => block_on(organizations::run(command)),
        Command::Moderate(command) => block_on(moderate::run(command)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("api: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a future on a new runtime.
fn block_on(work: impl Future<Output = Result<(), String>>) -> Result<(), String> {
    tokio::runtime::Runtime::new().map_err(|error| error.to_string())?.block_on(work)
}
