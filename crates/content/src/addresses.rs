//! Committed list of all URLs ever published: each must keep working.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use crate::problem::{Problem, ProblemKind};
use crate::site::Site;

/// File name of the list. Without this file, published URLs are not checked.
pub(crate) const FILE: &str = "addresses.txt";

const HEADER: &str =
    "# Every address that this site ever published. `make check RECORD=1` adds new ones; no line is ever removed.\n";

/// Reports published URLs that no longer exist, and URLs that are missing from the list.
pub(crate) fn check(site: &Site, root: &Path, problems: &mut Vec<Problem>) {
    let text = match fs::read_to_string(root.join(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return,
        Err(error) => return problems.push(Problem::new(FILE, 0, ProblemKind::Unreadable(error.to_string()))),
    };
    let mut listed = BTreeSet::new();
    for (index, line) in text.lines().enumerate() {
        let address = line.trim();
        if address.is_empty() || address.starts_with('#') {
            continue;
        }
        listed.insert(address);
        if !site.has_path(address) {
            problems.push(Problem::new(FILE, index + 1, ProblemKind::GoneAddress(address.to_owned())));
        }
    }
    for address in site.published().filter(|address| !listed.contains(address)) {
        problems.push(Problem::new(FILE, 1, ProblemKind::UnlistedAddress(address.to_owned())));
    }
}

/// Adds the URLs of `site` to the list; returns the number of new ones.
pub fn record(site: &Site, root: &Path) -> io::Result<usize> {
    let file = root.join(FILE);
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    let mut lines: BTreeSet<&str> =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let before = lines.len();
    lines.extend(site.published());
    let added = lines.len() - before;
    if added > 0 {
        let list = lines.into_iter().collect::<Vec<_>>().join(
            "
",
        );
        fs::write(file, format!("{HEADER}{list}\n"))?;
    }
    Ok(added)
}
