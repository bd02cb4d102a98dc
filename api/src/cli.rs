//! The command line: `api serve`, `api openapi`, `api keys`, …

mod keys;
pub mod moderate;
mod openapi;
mod organizations;
mod usage;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

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

/// Runs the command; the exit code is 0 for success, 1 for what failed, 2 for a wrong call.
#[expect(clippy::print_stderr, reason = "this is the command line")]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return usage::explain(&error, &mut Cli::command()),
    };
    let result = match cli.command {
        Command::Serve(config) => crate::serve::run(*config).map_err(|error| error.to_string()),
        Command::Openapi => openapi::run(),
        Command::Keys(command) => keys::run(command),
        Command::Organizations(command) => organizations::run(command),
        Command::Moderate(command) => moderate::run(command),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("api: {error}");
            ExitCode::FAILURE
        }
    }
}
