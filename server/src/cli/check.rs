//! `portal check`: all problems of the content, in one run.

use std::path::Path;
use std::process::ExitCode;

use content::{Options, Site};
use site::paths;

#[expect(clippy::print_stderr, clippy::print_stdout, reason = "this is the command line")]
pub(super) fn run(content_dir: &Path, record: bool) -> ExitCode {
    // Drafts are checked like all other pages, since they will be published.
    let options =
        Options { root: content_dir.to_owned(), drafts: true, site_paths: paths::published(), ..Options::default() };
    let load = || Site::load(&options, None);
    let mut site = match load() {
        Ok(site) => site,
        Err(error) => {
            eprintln!("portal check: {error}");
            return ExitCode::FAILURE;
        }
    };
    if record {
        match content::record_addresses(&site, content_dir) {
            Ok(added) => eprintln!("recorded {}", counted(added, "new address")),
            Err(error) => {
                eprintln!("portal check: can't write addresses.txt: {error}");
                return ExitCode::FAILURE;
            }
        }
        match load() {
            Ok(again) => site = again,
            Err(error) => {
                eprintln!("portal check: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    for problem in site.problems() {
        println!("{}/{problem}", content_dir.display());
    }
    let pages = site.pages().len();
    match site.problems().len() {
        0 => {
            eprintln!("{pages} pages, no problems");
            ExitCode::SUCCESS
        }
        count => {
            eprintln!("{pages} pages, {}", counted(count, "problem"));
            ExitCode::FAILURE
        }
    }
}

/// Formats a number with its noun.
fn counted(count: usize, noun: &str) -> String {
    match (count, noun.ends_with('s')) {
        (1, _) => format!("1 {noun}"),
        (_, true) => format!("{count} {noun}es"),
        (_, false) => format!("{count} {noun}s"),
    }
}
