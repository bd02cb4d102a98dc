//! Usage errors of a command line, each on one line: the setting, the given value, the expected form.

use std::error::Error as _;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

/// Prints a usage error, help or version to standard error or output, and returns the exit code.
#[expect(clippy::print_stderr, reason = "this is the command line")]
pub fn explain(error: &Error, command: &mut Command) -> ExitCode {
    match describe(error, command) {
        Some(line) => {
            eprintln!("{}: {line}", command.get_name());
            ExitCode::from(2)
        }
        None => {
            // Help and version are not errors, and clap's own messages suffice for everything else.
            let _ = error.print();
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        }
    }
}

/// Describes a rejected value: `BASE_PATH (--base-path): "developers" is not usable: expected a path…`. Other errors
/// have no description.
pub fn describe(error: &Error, command: &mut Command) -> Option<String> {
    if !matches!(error.kind(), ErrorKind::ValueValidation | ErrorKind::InvalidValue) {
        return None;
    }
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let argument = text(ContextKind::InvalidArg)?;
    let value = text(ContextKind::InvalidValue).unwrap_or_default();
    let expected = match (error.source(), text(ContextKind::ValidValue)) {
        (Some(source), _) => source.to_string(),
        (None, Some(values)) => format!("expected one of {values}"),
        (None, None) => "the value can't be read".to_owned(),
    };
    let (name, is_secret) = variable_of(&argument, command).unwrap_or((argument, false));
    // A value that may be a secret is not printed: the line goes into a log.
    let value = if is_secret { "the value".to_owned() } else { format!("{value:?}") };
    Some(format!("{name}: {value} is not usable: {expected}"))
}

/// Returns the environment variable of a flag, with the flag; and true if its value may be a secret.
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
    use clap::Arg;

    use super::*;

    fn described(arguments: &[&str]) -> Option<String> {
        let port = Arg::new("port").long("port").env("TEST_PORT").value_parser(clap::value_parser!(u16));
        let key = Arg::new("key").long("key").env("TEST_KEY").hide_env_values(true);
        let key = key.value_parser(|text: &str| text.parse::<u16>().map_err(|_| "expected a number"));
        let serve = Command::new("serve").args([port, key]);
        let mut command = Command::new("test").subcommand_required(true).subcommand(serve);
        let error = command.try_get_matches_from_mut(arguments).expect_err("a usage error");
        describe(&error, &mut command)
    }

    #[test]
    fn invalid_values_are_reported_with_variable_and_flag() {
        let line = described(&["test", "serve", "--port=x"]).expect("a line");
        assert!(line.starts_with("TEST_PORT (--port): \"x\" is not usable: "), "{line}");
    }

    #[test]
    fn possible_secrets_are_not_printed() {
        let line = described(&["test", "serve", "--key=hunter2"]).expect("a line");
        assert_eq!(line, "TEST_KEY (--key): the value is not usable: expected a number");
    }

    #[test]
    fn other_errors_are_reported_by_clap() {
        for arguments in [&["test"][..], &["test", "serve", "--unknown"], &["test", "--help"]] {
            assert_eq!(described(arguments), None, "{arguments:?}");
        }
    }
}
