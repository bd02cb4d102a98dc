//! The documentation page of all settings, generated from their definitions so that it stays correct.

use std::fmt::Write as _;

use clap::{Arg, Command, CommandFactory};

use super::Cli;

/// Builds the page, front matter included. A test compares it with the page in `content/`.
pub fn config_page() -> String {
    let mut page = String::from(
        "---\ntitle: Configuration\ndescription: All settings of the portal with flag, default and effect.\norder: 20\n---\n\
         Each setting is an environment variable and a flag of `portal serve`. The flag takes precedence. If a value is\n\
         invalid, the server doesn't start and prints one line with the variable, the value and the expected form.\n\n\
         This page is generated from the code by `portal config`.\n\n\
         ## Settings\n\n",
    );
    let mut command = Cli::command();
    command.build();
    let serve = command.get_subcommands().find(|command| command.get_name() == "serve");
    for argument in serve.into_iter().flat_map(Command::get_arguments) {
        if let Some(variable) = argument.get_env() {
            write_setting(&mut page, argument, &variable.to_string_lossy());
        }
    }
    page.push_str(
        "## Invalid values {#a-wrong-value}\n\n```console\n$ BASE_PATH=developers portal serve\nportal: BASE_PATH (--base-path): \"developers\" is not usable: expected a path such as /developers, without a trailing slash\n```\n",
    );
    page
}

fn write_setting(page: &mut String, argument: &Arg, variable: &str) {
    let flag = argument.get_long().unwrap_or_default();
    let value = argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string).unwrap_or_default();
    let values: Vec<String> =
        argument.get_possible_values().iter().map(|value| format!("`{}`", value.get_name())).collect();
    let default: Vec<String> =
        argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    let default = match default.join(",").as_str() {
        "" if argument.get_default_values().is_empty() => "none".to_owned(),
        "" => "empty".to_owned(),
        text => format!("`{text}`"),
    };
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let kind = if values.is_empty() { format!("`{value}`") } else { values.join(" or ") };
    // Writing into a string can't fail.
    let _ = write!(
        page,
        "### {variable}\n\n{}\n\n| Flag | Value | Default |\n| --- | --- | --- |\n| `--{flag}` | {kind} | {default} |\n\n",
        help.trim_end_matches('.').to_owned() + "."
    );
}
