//! A wrong call or setting, explained in one line: which, what was given, what is wanted.

use std::error::Error as _;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

#[expect(clippy::print_stderr, reason = "this is the command line")]
pub(super) fn explain(error: &Error, command: &mut Command) -> ExitCode {
    match one_line(error, command) {
        Some(line) => {
            eprintln!("portal: {line}");
            ExitCode::from(2)
        }
        None => {
            // Help and version are no errors; all else clap says well itself.
            let _ = error.print();
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        }
    }
}

/// `BASE_PATH: "developers" is wrong: expected a path such as /developers…`
fn one_line(error: &Error, command: &mut Command) -> Option<String> {
    if !matches!(error.kind(), ErrorKind::ValueValidation | ErrorKind::InvalidValue) {
        return None;
    }
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let argument = text(ContextKind::InvalidArg)?;
    let given = text(ContextKind::InvalidValue).unwrap_or_default();
    let wanted = match (error.source(), text(ContextKind::ValidValue)) {
        (Some(source), _) => source.to_string(),
        (None, Some(values)) => format!("expected one of {values}"),
        (None, None) => "the value can't be read".to_owned(),
    };
    let (name, is_secret) = variable_of(&argument, command).unwrap_or((argument, false));
    // What may be a secret is not told: the line goes into a log.
    let given = if is_secret { "what was given".to_owned() } else { format!("{given:?}") };
    Some(format!("{name}: {given} is not usable: {wanted}"))
}

/// The environment variable that stands for a flag, with the flag; and whether its value may be a secret.
fn variable_of(argument: &str, command: &mut Command) -> Option<(String, bool)> {
    command.build();
    let flag = argument.split(' ').next()?.trim_start_matches("--").to_owned();
    let argument = command
        .get_subcommands()
        .flat_map(Command::get_arguments)
        .find(|argument| argument.get_long() == Some(flag.as_str()))?;
    let variable = argument.get_env()?.to_string_lossy().into_owned();
    Some((format!("{variable} (--{flag})"), argument.is_hide_env_values_set()))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::one_line;
    use crate::cli::Cli;

    fn told(flag: &str) -> String {
        let mut command = Cli::command();
        let error = command.try_get_matches_from_mut(["portal", "serve", flag]).expect_err("a wrong value");
        one_line(&error, &mut command).expect("a line")
    }

    #[test]
    fn a_wrong_value_is_told_unless_it_may_be_a_secret() {
        assert!(told("--base-path=developers").starts_with("BASE_PATH (--base-path): \"developers\" is not usable"));
        let line = told("--cookie-keys=c2hvcnQ");
        assert!(line.starts_with("COOKIE_KEYS (--cookie-keys): what was given is not usable"), "{line}");
    }
}
