//! The length of files.

use crate::root;
use crate::sources::files;

/// The longest file, in lines.
const LONGEST: usize = 300;
/// Folders of source files.
const FOLDERS: [&str; 9] = ["api", "app", "client", "crates", "end2end", "scripts", "server", "style", "fuzz"];
/// Extensions of source files.
const EXTENSIONS: [&str; 4] = ["rs", "css", "ts", "sh"];

/// Files that are longer, with the reason.
const EXEMPT: [(&str, &str); 0] = [];

#[test]
fn no_file_is_long_without_a_reason() {
    let mut long = Vec::new();
    for file in FOLDERS.iter().flat_map(|folder| files(&root().join(folder), &EXTENSIONS)) {
        let relative = file.strip_prefix(root()).expect("in the workspace").display().to_string();
        let lines = std::fs::read_to_string(&file).map_or(0, |text| text.lines().count());
        let is_exempt = EXEMPT.iter().any(|(exempt, _)| *exempt == relative);
        if lines > LONGEST && !is_exempt {
            long.push(format!("{relative} has {lines} lines"));
        }
        assert!(lines > LONGEST || !is_exempt, "{relative} is short enough: remove its exemption");
    }
    assert!(long.is_empty(), "split at {LONGEST} lines: {long:#?}");
}
