//! Pages together: order, reuse, and a folder that changes.

use crate::support::Folder;
use content::{LoadError, Options, Section, Site};

fn titled(title: &str, more: &str) -> String {
    format!("---\ntitle: {title}\ndescription: D.\n{more}---\nText.\n")
}

#[test]
fn the_tree_is_sorted_by_navigation_order_and_title() {
    let folder = Folder::new()
        .file("docs/z.md", titled("Z", "order: 1\n"))
        .file("docs/a.md", titled("A", ""))
        .file("docs/first/index.md", titled("Ignored", ""))
        .file("docs/first/b.md", titled("B", ""))
        .file("docs/other-things/c.md", titled("C", ""))
        .file("navigation.toml", "[[section]]\npath = \"docs/first\"\ntitle = \"First\"\n");
    let site = folder.load();
    let tree = site.tree(Section::Docs);
    let titles: Vec<&str> = tree.children.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["Z", "A", "First", "Other things"]);
    let order: Vec<&str> = tree.pages().iter().map(|index| site.pages()[*index].address()).collect();
    assert_eq!(order, ["/docs", "/docs/z", "/docs/a", "/docs/first", "/docs/first/b", "/docs/other-things/c"]);
}

#[test]
fn only_changed_pages_are_parsed_again() {
    let folder = Folder::new().file("docs/a.md", titled("A", "")).file("docs/b.md", titled("B", ""));
    let before = folder.load();
    folder.write("docs/a.md", titled("A changed", ""));
    let after = Site::load(&folder.options(), Some(&before)).expect("a site");
    let page = |site: &Site, address: &str| site.page(address).expect("a page").clone();
    assert_eq!(page(&after, "/docs/a").title(), "A changed");
    assert!(!page(&after, "/docs/a").is_same(&page(&before, "/docs/a")));
    assert!(page(&after, "/docs/b").is_same(&page(&before, "/docs/b")));
}

#[test]
fn missing_or_empty_content_folders_are_errors() {
    let folder = Folder::new();
    let mut options = folder.options();
    std::fs::remove_file(folder.path().join("docs/index.md")).expect("removed");
    assert!(matches!(Site::load(&options, None), Err(LoadError::Empty(_))));
    options.root.push("gone");
    assert!(matches!(Site::load(&options, None), Err(LoadError::NoFolder(..))));
}

#[test]
fn similar_pages_are_suggested_for_mistyped_paths() {
    let folder = Folder::new()
        .file("docs/operate/self-hosting.md", titled("Run the portal", ""))
        .file("docs/tokens.md", titled("Tokens and scopes", ""));
    let site = folder.load();
    let near = |path: &str| site.near(path, 3).first().map(|page| page.address().to_owned());
    assert_eq!(near("/docs/self-hostng").as_deref(), Some("/docs/operate/self-hosting"));
    assert_eq!(near("/docs/guides/token").as_deref(), Some("/docs/tokens"));
    assert_eq!(near("/wp-admin/setup.php"), None);
}

#[test]
fn pages_are_dated_from_git_history_or_front_matter() {
    let folder =
        Folder::new().file("docs/a.md", titled("A", "")).file("docs/b.md", titled("B", "updated: 2020-02-02\n"));
    let git = |arguments: &[&str]| {
        let status = std::process::Command::new("git")
            .arg("-C")
            .arg(folder.path())
            .args(["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .env("GIT_COMMITTER_DATE", "2021-03-04T05:06:07Z")
            .output()
            .expect("git");
        assert!(status.status.success(), "{status:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "x"]);
    let site = Site::load(&Options { history: true, ..folder.options() }, None).expect("a site");
    let day = |address: &str| site.page(address).and_then(content::Page::updated).map(|day| day.to_string());
    assert_eq!(day("/docs/a").as_deref(), Some("2021-03-04"));
    assert_eq!(day("/docs/b").as_deref(), Some("2020-02-02"));
}
