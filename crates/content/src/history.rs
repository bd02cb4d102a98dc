//! Date of the last update of each file, from the content's git repository.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jiff::civil::Date;

/// Dates of the last commits.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// Commit at which the dates were read.
    head: String,
    days: HashMap<PathBuf, Date>,
}

impl History {
    /// Reads the history, or reuses `previous` if there is no newer commit. Empty without git, without a repository,
    /// and for a shallow clone, whose dates would be those of the clone.
    pub(crate) fn read(root: &Path, previous: Option<&Self>) -> Option<Self> {
        let head = git(root, &["rev-parse", "HEAD", "--is-shallow-repository"]).unwrap_or_default();
        if previous.is_some_and(|previous| previous.head == head) {
            return None;
        }
        let is_whole = head.lines().nth(1) == Some("false");
        let log = if is_whole {
            git(
                root,
                &[
                    "-c",
                    "core.quotePath=false",
                    "log",
                    "--no-show-signature",
                    "--format=%x01%cs",
                    "--name-only",
                    "--relative",
                    "--",
                    ".",
                ],
            )
        } else {
            None
        };
        Some(Self { head, days: days(&log.unwrap_or_default()) })
    }

    /// Returns the date of the last commit that changed `path`.
    pub(crate) fn day(&self, path: &Path) -> Option<Date> {
        self.days.get(path).copied()
    }
}

/// Parses a log, newest first: the first date of a file is its last change.
fn days(log: &str) -> HashMap<PathBuf, Date> {
    let mut days = HashMap::new();
    let mut day = None;
    for line in log.lines() {
        if let Some(text) = line.strip_prefix('\u{1}') {
            day = text.parse().ok();
        } else if let Some(day) = day.filter(|_| !line.is_empty()) {
            days.entry(PathBuf::from(line)).or_insert(day);
        }
    }
    days
}

fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(root).args(arguments).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_commit_sets_the_date() {
        let days = days("\u{1}2026-02-02\n\na.md\n\u{1}2026-01-01\n\na.md\nb/c.md\n");
        assert_eq!(days[Path::new("a.md")].to_string(), "2026-02-02");
        assert_eq!(days[Path::new("b/c.md")].to_string(), "2026-01-01");
    }
}
