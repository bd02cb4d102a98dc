//! Every kind of problem is reported, with its file and its line, in one run.

use crate::support::Folder;

/// The body begins on line 5.
#[track_caller]
fn reports(body: &str, line: usize, text: &str) {
    let problems = Folder::new().page("docs/a.md", body).problems();
    let expected = format!("docs/a.md:{line}: ");
    assert!(
        problems.iter().any(|problem| problem.starts_with(&expected) && problem.contains(text)),
        "expected {expected}…{text}\nin {problems:#?}"
    );
    assert_eq!(problems.len(), 1, "{problems:#?}");
}

#[test]
fn problem_messages_are_one_bounded_line_without_control_characters() {
    let page = format!("---\ntitle: A\ndescription: b\nslug: \"a\\n\\e[31m\\u202e{}\"\n---\n", "x".repeat(5000));
    let problems = Folder::new().file("docs/a.md", page).problems();
    assert_eq!(problems.len(), 1, "{problems:#?}");
    let told = &problems[0];
    assert!(told.starts_with("docs/a.md:4: ") && told.chars().count() <= 1000, "{told}");
    assert!(!told.contains(|character: char| character.is_control() || character == '\u{202e}'), "{told:?}");
}

#[test]
fn each_mistake_in_the_text_is_reported_with_its_line() {
    reports("\n[x](gone.md)\n", 6, "broken link: there is no gone.md");
    reports("[x](index.md#nothing)\n", 5, "broken anchor: docs/index.md has no heading with the id `nothing`");
    reports("## Setup\n\n[x](#setpu)\n", 7, "Did you mean `setup`?");
    reports("[x](/docs/gone)\n", 5, "broken link: there is no /docs/gone");
    reports("![x](gone.png)\n", 5, "missing image");
    reports("![x](https://example.com/a.png)\n", 5, "another host");
    reports("## A\n\n## A\n", 7, "duplicate ID `a`: line 5");
    reports("## A\n\n#### B\n", 7, "a level is skipped");
    reports("### B\n", 5, "a level is skipped");
    reports("# Top\n", 5, "heading of level 1");
    reports("##\n", 5, "heading without text");
    reports("text\n\n```\nx\n```\n", 7, "without a language");
    reports("```rsut\nx\n```\n", 5, "unknown language `rsut`. Did you mean `rust`?");
    reports("```rust tilte=x\nx\n```\n", 5, "unknown attribute `tilte`");
    reports("```rust\nx\n", 5, "not closed");
    reports(":::details A\ntext\n", 5, "directive `:::details` is not closed");
    reports("- a\n\n  :::details A\n  b\n- c\n", 7, "not closed");
    reports("text\n\n:::\n", 7, "`:::` closes no directive");
    reports(":::stpes\n1. a\n:::\n", 5, "unknown directive `:::stpes`. Did you mean `steps`?");
    reports(":::details\na\n:::\n", 5, "needs a title");
    reports("[x](javascript:alert(1))\n", 5, "not allowed");
    reports("a\n<marquee>x\n", 6, "raw HTML `<marquee>`");
    reports("a\n\n[^1]: never\n", 7, "not referenced");
    reports("a[^n]\n\n[^n]: one\n\n[^N]: two\n", 9, "only the first definition is shown");
}

#[test]
fn a_missing_alt_text_is_reported() {
    let problems = Folder::new().file("docs/a.png", png()).page("docs/a.md", "![](a.png)\n").problems();
    assert_eq!(problems, ["docs/a.md:5: missing alt text for the image a.png. Describe what it shows"]);
}

#[test]
fn each_mistake_in_the_front_matter_is_reported() {
    let problems = Folder::new()
        .file("docs/a.md", "no front matter\n")
        .file("docs/b.md", "---\ntitle: B\n---\n")
        .file("docs/c.md", "---\ntitle: C\ndescription: C.\ntilte: x\n---\n")
        .file("docs/d.md", "---\ntitle: D\ndescription: D.\norder: much\n---\n")
        .file("docs/e.md", "---\ntitle: E\ndescription: E.\nslug: A B\n---\n")
        .file("changelog/f.md", "---\ntitle: F\ndescription: F.\n---\n")
        .problems();
    let starts = [
        "changelog/f.md:1: `date` is missing",
        "docs/a.md:1: front matter is missing",
        "docs/b.md:1: `description` is missing",
        "docs/c.md:4: unknown front-matter key `tilte`",
        "docs/d.md:4: front matter: ",
        "docs/e.md:4: `slug: A B`",
    ];
    assert_eq!(problems.len(), starts.len(), "{problems:#?}");
    for (problem, start) in problems.iter().zip(starts) {
        assert!(problem.starts_with(start), "{problem} does not begin with {start}");
    }
}

#[test]
fn unreadable_files_are_reported_and_other_pages_are_served() {
    let folder = Folder::new()
        .page("docs/good.md", "Fine.\n")
        .file("docs/binary.md", b"---\ntitle: x\n\0\x01")
        .file("docs/latin.md", b"---\ntitle: caf\xe9\n---\n")
        .file("docs/huge.md", vec![b'a'; 2 << 20]);
    let site = folder.load();
    let problems: Vec<String> = site.problems().iter().map(ToString::to_string).collect();
    assert!(problems[0].starts_with("docs/binary.md:3: contains the control character U+0000"), "{problems:#?}");
    assert!(problems[1].starts_with("docs/huge.md:1: has 2097152 bytes"), "{problems:#?}");
    assert!(problems[2].starts_with("docs/latin.md:1: is not UTF-8"), "{problems:#?}");
    assert_eq!(problems.len(), 3, "{problems:#?}");
    for name in ["binary", "latin", "huge"] {
        let page = site.page(&format!("/docs/{name}")).expect("a placeholder page");
        assert!(page.document().is_broken() && site.body(page).is_empty());
        assert_eq!(page.title(), name);
    }
    assert!(site.body(site.page("/docs/good").expect("good")).contains("Fine."));
}

#[cfg(unix)]
#[test]
fn symlinks_out_of_the_content_folder_are_reported_and_not_followed() {
    let outside = tempfile::TempDir::new().expect("a folder");
    std::fs::write(outside.path().join("secret.md"), "---\ntitle: Secret\ndescription: No.\n---\n").expect("a file");
    let folder = Folder::new().page("docs/a.md", "Text.\n");
    std::os::unix::fs::symlink(outside.path().join("secret.md"), folder.path().join("docs/secret.md")).expect("a link");
    std::os::unix::fs::symlink(outside.path(), folder.path().join("docs/all")).expect("a link");
    std::os::unix::fs::symlink("/nowhere/at/all", folder.path().join("docs/dangling.md")).expect("a link");
    std::os::unix::fs::symlink(folder.path().join("docs/a.md"), folder.path().join("docs/inside.md")).expect("a link");
    let site = folder.load();
    let problems: Vec<String> = site.problems().iter().map(ToString::to_string).collect();
    assert_eq!(problems.len(), 3, "{problems:#?}");
    assert!(problems.iter().all(|problem| problem.contains("outside the content folder")), "{problems:#?}");
    assert!(site.page("/docs/secret").is_none() && site.page("/docs/all/secret").is_none());
    assert!(site.page("/docs/inside").is_some());
}

#[test]
fn duplicate_paths_are_reported_and_the_first_page_is_served() {
    let folder = Folder::new()
        .page("docs/a.md", "First.\n")
        .file("docs/b.md", "---\ntitle: B\ndescription: B.\nslug: a\n---\nSecond.\n");
    let site = folder.load();
    assert!(site.problems()[0].to_string().starts_with("docs/b.md:1: has the same address /docs/a as docs/a.md"));
    assert!(site.body(site.page("/docs/a").expect("a")).contains("First."));
}

#[test]
fn stale_looping_and_invalid_redirects_are_reported() {
    let folder = Folder::new().page("docs/a.md", "").file(
        "redirects.toml",
        "[[redirect]]\nfrom = \"/old\"\nto = \"/docs/a\"\n\n[[redirect]]\nfrom = \"/stale\"\nto = \"/docs/gone\"\n\n[[redirect]]\nfrom = \"/docs/a\"\nto = \"/docs\"\n\n[[redirect]]\nfrom = \"/x\"\nto = \"/y\"\n\n[[redirect]]\nfrom = \"/y\"\nto = \"/x\"\n\n[[redirect]]\nfrom = \"/old\"\nto = \"/docs\"\nstatus = 302\n",
    );
    let problems = folder.problems();
    let starts = [
        "redirects.toml:5: stale redirect: /stale points to /docs/gone",
        "redirects.toml:9: stale redirect: /docs/a is a page",
        "redirects.toml:13: redirects form a loop: /x → /y → /x",
        "redirects.toml:17: redirects form a loop",
        "redirects.toml:21: redirects: status 302",
    ];
    assert_eq!(problems.len(), starts.len(), "{problems:#?}");
    for (problem, start) in problems.iter().zip(starts) {
        assert!(problem.starts_with(start), "{problem} does not begin with {start}");
    }
    assert_eq!(
        folder.load().redirect("/old/").map(|redirect| (redirect.to.as_str(), redirect.status)),
        Some(("/docs/a", 301))
    );
}

#[test]
fn removed_published_urls_require_a_redirect() {
    let folder = Folder::new().page("docs/a.md", "").page("docs/b.md", "");
    let site = folder.load();
    assert_eq!(content::record_addresses(&site, folder.path()).expect("recorded"), 5);
    assert!(folder.problems().is_empty());
    std::fs::remove_file(folder.path().join("docs/b.md")).expect("removed");
    let gone = folder.problems();
    assert!(gone[0].contains("the published address /docs/b no longer exists"), "{gone:#?}");
    folder.write("redirects.toml", "[[redirect]]\nfrom = \"/docs/b\"\nto = \"/docs/a\"\n");
    assert!(folder.problems().is_empty());
    folder.write("docs/c.md", "---\ntitle: C\ndescription: C.\n---\n");
    assert!(folder.problems()[0].contains("the address /docs/c is not in the list"));
}

#[test]
fn drafts_are_loaded_only_on_request_and_links_to_them_are_reported() {
    let folder = Folder::new()
        .file("docs/d.md", "---\ntitle: D\ndescription: D.\ndraft: true\n---\n")
        .page("docs/a.md", "[d](d.md)\n");
    assert!(folder.load().page("/docs/d").is_none());
    assert!(folder.problems()[0].contains("link to the draft docs/d.md"));
    let site = content::Site::load(&content::Options { drafts: true, ..folder.options() }, None).expect("a site");
    assert!(site.page("/docs/d").is_some());
    assert!(site.problems()[0].to_string().contains("link to the draft docs/d.md"));
}

#[test]
fn navigation_entries_without_a_folder_are_reported() {
    let problems =
        Folder::new().file("navigation.toml", "[[section]]\npath = \"docs/gone\"\ntitle = \"Gone\"\n").problems();
    assert_eq!(problems, ["navigation.toml:2: navigation: there is no folder docs/gone"]);
}

fn png() -> Vec<u8> {
    let mut bytes = vec![0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13];
    bytes.extend_from_slice(b"IHDR\0\0\0\x02\0\0\0\x03\x08\x02\0\0\0");
    bytes
}

const VOCABULARY: &str = "[[term]]\navoid = [\"whoever\"]\nwrite = \"anyone who\"\n";

#[test]
fn avoided_words_are_reported_in_prose_and_not_in_code_or_quotations() {
    let folder = Folder::new()
        .file("vocabulary.toml", VOCABULARY)
        .file("docs/a.md", "---\ntitle: For whoever reads\ndescription: A page.\n---\n")
        .page("docs/b.md", "`whoever` and \"whoever\"\n\n```text\nwhoever\n```\n\n- A list\n  for **whoever**\n");
    assert_eq!(
        folder.problems(),
        ["docs/a.md:2: `whoever`: write `anyone who`", "docs/b.md:12: `whoever`: write `anyone who`"]
    );
}

#[test]
fn changing_the_vocabulary_rechecks_unchanged_pages() {
    let folder = Folder::new().page("docs/a.md", "Whoever reads.\n");
    let before = folder.load();
    assert!(before.problems().is_empty());
    folder.write("vocabulary.toml", VOCABULARY);
    let after = content::Site::load(&folder.options(), Some(&before)).expect("a site");
    assert_eq!(after.problems().len(), 1, "{:?}", after.problems());
}
