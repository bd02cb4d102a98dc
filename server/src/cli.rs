//! Command line: `portal serve`, `portal check`, `portal config`.

mod check;
mod config_page;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::config::Config;

pub use config_page::config_page;

/// The portal of SentryAgent.ai: docs, quickstarts and changelog from Markdown, the marketplace, and sign-up.
#[derive(Debug, Parser)]
#[command(name = "portal", version, disable_help_subcommand = true)]
pub struct Cli {
    /// Command to run.
    #[command(subcommand)]
    pub command: Command,
}

/// Commands of the portal.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the site.
    Serve(Box<Config>),
    /// Check the content and report each problem with its file and line. Exits with 1 if there are any.
    Check {
        /// Folder with the Markdown files.
        #[arg(long, env = "CONTENT_DIR", value_name = "FOLDER", default_value = "content")]
        content_dir: PathBuf,
        /// Add new page URLs to the list of published ones (addresses.txt) before checking.
        #[arg(long)]
        record: bool,
    },
    /// Print the documentation page of all settings, as Markdown.
    Config,
}

/// Runs the command. Exit code: 0 for success, 1 for a failure or problems found by a check, 2 for invalid arguments.
#[expect(clippy::print_stderr, clippy::print_stdout, reason = "this is the command line")]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return web::usage::explain(&error, &mut Cli::command()),
    };
    match cli.command {
        Command::Serve(config) => match crate::serve::run(&config) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("portal: {error}");
                ExitCode::FAILURE
            }
        },
        Command::Check { content_dir, record } => check::run(&content_dir, record),
        Command::Config => {
            print!("{}", config_page());
            ExitCode::SUCCESS
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;
    use web::usage::describe;

    use super::Cli;

    fn usage_error(flag: &str) -> String {
        let mut command = Cli::command();
        let error = command.try_get_matches_from_mut(["portal", "serve", flag]).expect_err("a wrong value");
        describe(&error, &mut command).expect("a line")
    }

    #[test]
    fn a_usage_error_quotes_the_value_unless_it_may_be_a_secret() {
        assert!(
            usage_error("--base-path=developers").starts_with("BASE_PATH (--base-path): \"developers\" is not usable")
        );
        let line = usage_error("--cookie-keys=c2hvcnQ");
        assert!(line.starts_with("COOKIE_KEYS (--cookie-keys): the value is not usable"), "{line}");
    }
}
