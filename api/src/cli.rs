//! The command line: `api serve`, `api openapi`, `api keys`, …

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

use crate::config::Config;

/// SentryAgent.ai's API: sign-up, registry, tokens, DIDs, audit trail, marketplace.
#[derive(Debug, Parser)]
#[command(name = "api", version, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the command can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API.
    Serve(Box<Config>),
    /// Print the contract: OpenAPI 3.1 as JSON.
    Openapi,
    /// Bring the database up to date. A server does the same when it starts.
    Migrate(DataDir),
    /// Write a copy of the database to a file, while a server may be running.
    Backup {
        /// The file, which must not be there yet.
        file: PathBuf,
        /// Where the database is.
        #[command(flatten)]
        data: DataDir,
    },
    /// Put a copy in the place of the database.
    Restore {
        /// The file.
        file: PathBuf,
        /// Where the database is.
        #[command(flatten)]
        data: DataDir,
        /// Replace a database that is there.
        #[arg(long)]
        replace: bool,
    },
    /// Look after the signing keys.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Look after organizations.
    #[command(subcommand)]
    Organizations(organizations::Organizations),
    /// Decide about agents that were reported.
    #[command(subcommand)]
    Moderate(moderate::Moderate),
}

/// Where the database is.
#[derive(Args, Clone, Debug)]
pub struct DataDir {
    /// Folder of the SQLite database.
    #[arg(long, env = "DATA_DIR", value_name = "FOLDER", default_value = "data")]
    data_dir: PathBuf,
}

/// Runs the command; the exit code is 0 for success, 1 for what failed, 2 for a wrong call.
#[expect(clippy::print_stderr, reason = "this is the command line")]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    // The database, its copies and mails hold what is nobody else's business on this machine.
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

/// Runs what takes a runtime.
fn block_on(work: impl Future<Output = Result<(), String>>) -> Result<(), String> {
    tokio::runtime::Runtime::new().map_err(|error| error.to_string())?.block_on(work)
}
