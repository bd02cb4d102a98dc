//! Rules of the house that no compiler checks: who may know whom, and pages that are made from code.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::path::Path;

use cargo_metadata::{DependencyKind, MetadataCommand};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace")
}

/// Which crates of the workspace each one may use, and which of others it may not.
const BORDERS: [(&str, &[&str], &[&str]); 5] = [
    ("api", &[], &["leptos", "leptos_axum"]),
    ("app", &[], &["axum", "tokio", "reqwest", "leptos_axum", "leptos_router", "leptos_meta"]),
    ("client", &[], &["axum", "leptos", "leptos_axum"]),
    ("content", &[], &["axum", "leptos", "leptos_axum", "tokio", "hyper", "reqwest"]),
    ("server", &["app", "client", "content"], &["leptos_router", "leptos_meta"]),
];

#[test]
fn nobody_knows_whom_they_should_not() {
    let metadata = MetadataCommand::new().manifest_path(root().join("Cargo.toml")).no_deps().exec().expect("metadata");
    let members: BTreeSet<String> = metadata.packages.iter().map(|package| package.name.to_string()).collect();
    let listed: BTreeSet<String> = BORDERS.iter().map(|(name, ..)| (*name).to_owned()).collect();
    assert_eq!(members, listed, "every crate has its borders here");
    for package in &metadata.packages {
        let (_, may, may_not) = BORDERS.iter().find(|(name, ..)| *name == package.name.as_str()).expect("listed");
        for dependency in package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal) {
            let name = dependency.name.as_str();
            assert!(!members.contains(name) || may.contains(&name), "{} may not know {name}", package.name);
            assert!(!may_not.contains(&name), "{} may not use {name}", package.name);
        }
    }
}

#[test]
fn the_page_of_settings_is_that_of_the_code() {
    let written = std::fs::read_to_string(root().join("content/docs/operate/configuration.md")).expect("the page");
    assert!(
        written == server::cli::config_page(),
        "write it anew: target/release/portal config > content/docs/operate/configuration.md"
    );
}

#[test]
fn our_own_content_has_no_problems() {
    let options = content::Options {
        root: root().join("content"),
        drafts: true,
        site_paths: server::site_paths::all(),
        ..content::Options::default()
    };
    let site = content::Site::load(&options, None).expect("the site");
    assert!(site.problems().is_empty(), "{:#?}", site.problems());
}

#[test]
fn the_early_script_is_at_most_a_kilobyte() {
    let size = std::fs::metadata(root().join("public/early.js")).expect("the script").len();
    assert!(size <= 1024, "{size} bytes");
}

/// What stands beside the code and is read on its own.
const READ_ME: [&str; 6] =
    ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "bench/results.md", "bench/audit.md", "bench/first-run.md"];

#[test]
fn links_of_the_repositorys_own_pages_lead_somewhere() {
    use pulldown_cmark::{Event, Parser, Tag};
    for file in READ_ME {
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
