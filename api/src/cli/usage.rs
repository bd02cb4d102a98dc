//! Usage errors in one line: setting, given value, expected value.

use std::error::Error as _;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

#[expect(clippy::print_stderr, reason = "this is the command line")]
pub(super) fn explain(error: &Error, command: &mut Command) -> ExitCode {
    match one_line(error, command) {
        Some(line) => {
            eprintln!("api: {line}");
            ExitCode::from(2)
        }
        None => {
            // clap prints help, version and all other errors itself.
            let _ = error.print();
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        }
    }
}

/// `ISSUER_URL (--issuer): "x" is invalid: expected an origin…`
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
        (None, None) => "the value is invalid".to_owned(),
    };
    let (name, is_secret) = variable_of(&argument, command).unwrap_or((argument, false));
    // Values that may be secrets are not printed: the line goes into a log.
    let given = if is_secret { "the value".to_owned() } else { format!("{given:?}") };
    Some(format!("{name}: {given} is invalid: {wanted}"))
}

/// Returns the environment variable of a flag, with the flag; true if its value may be a secret.
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
