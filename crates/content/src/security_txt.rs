//! `security.txt` (RFC 9116): contact for vulnerability reports.

use std::path::Path;
use std::sync::Arc;

use jiff::{Timestamp, ToSpan as _};

use crate::problem::{Problem, ProblemKind};

/// File name. Without this file, there is no such page.
pub(crate) const FILE: &str = "security.txt";

/// Reads the file. Problems are reported, and the file is served unchanged.
pub(crate) fn read(root: &Path, now: Timestamp, problems: &mut Vec<Problem>) -> Option<Arc<str>> {
    let text = match std::fs::read_to_string(root.join(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => {
            problems.push(Problem::new(FILE, 0, ProblemKind::Unreadable(error.to_string())));
            return None;
        }
    };
    let mut wrong = |line: usize, reason: &str| {
        problems.push(Problem::new(FILE, line, ProblemKind::SecurityTxt(reason.to_owned())));
    };
    let field = |name: &str| {
        text.lines().enumerate().find_map(|(index, line)| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| (index + 1, value.trim()))
        })
    };
    if field("Contact").is_none() {
        wrong(1, "`Contact` is missing (RFC 9116 section 2.5.3)");
    }
    match field("Expires").map(|(line, value)| (line, value.parse::<Timestamp>())) {
        None => wrong(1, "`Expires` is missing (RFC 9116 section 2.5.5)"),
        Some((line, Err(_))) => wrong(line, "`Expires` is not a time such as 2027-06-30T00:00:00Z"),
        Some((line, Ok(end))) if end <= now => wrong(line, "it has expired. Review the file and set a new `Expires`"),
        Some((line, Ok(end))) if end > now + (24 * 366).hours() => {
            wrong(line, "`Expires` is more than a year away. Set an earlier date, so that the file is reviewed");
        }
        Some(_) => {}
    }
    if let Some((line, _)) = field("Canonical") {
        wrong(line, "the portal adds `Canonical` itself. Remove the line");
    }
    Some(text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expired_or_incomplete_file_is_reported() {
        let reported = |text: &str| {
            let folder = tempfile::TempDir::new().expect("a folder");
            std::fs::write(folder.path().join(FILE), text).expect("a file");
            let mut problems = Vec::new();
            let now = "2026-06-01T00:00:00Z".parse().expect("a time");
            assert!(read(folder.path(), now, &mut problems).is_some());
            problems.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let contact = "Contact: mailto:a@example.com\n";
        assert_eq!(reported(&format!("{contact}Expires: 2027-01-01T00:00:00Z\n")), Vec::<String>::new());
        assert!(
            reported(&format!("{contact}Expires: 2026-01-01T00:00:00Z\n"))[0]
                .starts_with("security.txt:2: security.txt: it has expired")
        );
        assert!(reported(&format!("{contact}Expires: 2029-01-01T00:00:00Z\n"))[0].contains("more than a year"));
        assert_eq!(reported("# nothing\n").len(), 2);
    }
}
