//! The portal's content: without problems, and up to date where it is generated from code.

use std::path::Path;

fn content() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../content")
}

#[test]
fn the_configuration_page_matches_the_code() {
    let written = std::fs::read_to_string(content().join("docs/operate/configuration.md")).expect("the page");
    assert!(
        written == server::cli::config_page(),
        "regenerate it: target/release/portal config > content/docs/operate/configuration.md"
    );
}

#[test]
fn the_portal_content_has_no_problems() {
    let options = content::Options {
        root: content(),
        drafts: true,
        site_paths: site::paths::published(),
        ..content::Options::default()
    };
    let site = content::Site::load(&options, None).expect("the site");
    assert!(site.problems().is_empty(), "{:#?}", site.problems());
}
