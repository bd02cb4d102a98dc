//! Files of the repository that no crate owns.

use crate::root;

#[test]
fn the_early_script_is_at_most_a_kilobyte() {
    let size = std::fs::metadata(root().join("public/early.js")).expect("the script").len();
    assert!(size <= 1024, "{size} bytes");
}

/// Pages beside the code.
const PAGES: [&str; 6] =
    ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "bench/results.md", "bench/audit.md", "bench/first-run.md"];

#[test]
fn links_of_the_repositorys_own_pages_lead_somewhere() {
    use pulldown_cmark::{Event, Parser, Tag};
    for file in PAGES {
        let path = root().join(file);
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
        for event in Parser::new(&text) {
            let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event else {
                continue;
            };
            if dest_url.contains("://") || dest_url.starts_with('#') {
                continue;
            }
            let target = dest_url.split('#').next().unwrap_or_default();
            assert!(path.with_file_name("").join(target).exists(), "{file} links to {dest_url}");
        }
    }
}
