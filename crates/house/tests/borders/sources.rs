//! Rust sources of the workspace, by crate and module.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::root;

/// Folders of crates at the top of the workspace; the others are in `crates`.
const TOP: [&str; 4] = ["api", "app", "client", "server"];

/// The folders of all crates, by name.
pub(crate) fn crates() -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    for name in TOP {
        found.insert(name.to_owned(), root().join(name));
    }
    for entry in std::fs::read_dir(root().join("crates")).expect("crates").map(|entry| entry.expect("an entry")) {
        if entry.path().join("Cargo.toml").exists() {
            found.insert(entry.file_name().to_string_lossy().into_owned(), entry.path());
        }
    }
    found
}

/// All files below a folder with one of the extensions, sorted.
pub(crate) fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if path.is_dir() {
                if !name.starts_with('.') && name != "node_modules" && name != "target" {
                    waiting.push(path);
                }
            } else if path.extension().is_some_and(|found| extensions.iter().any(|wanted| found == *wanted)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The modules of a crate: module path (empty for the root) and file.
pub(crate) fn modules(crate_folder: &Path) -> BTreeMap<Vec<String>, PathBuf> {
    let src = crate_folder.join("src");
    let mut modules = BTreeMap::new();
    for file in files(&src, &["rs"]) {
        let relative = file.strip_prefix(&src).expect("below src").with_extension("");
        let mut path: Vec<String> = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        // A binary beside a library uses the library by its name, as other crates do.
        if path == ["main"] && src.join("lib.rs").exists() {
            continue;
        }
        if path == ["lib"] || path == ["main"] {
            path.clear();
        } else if path.last().is_some_and(|last| last == "mod") {
            path.pop();
        }
        modules.insert(path, file);
    }
    modules
}
