use crate::support::Setup;

fn entry(title: &str, date: &str) -> String {
    format!("---\ntitle: {title}\ndescription: About {title}.\ndate: {date}\n---\n## New & good\n")
}

#[tokio::test]
async fn changelog_entries_are_newest_first_and_each_has_a_page() {
    let portal = Setup::new()
        .file("changelog/a.md", &entry("Old", "2026-01-01"))
        .file("changelog/b.md", &entry("New", "2026-02-01"))
        .start()
        .await;
    let html = portal.text("/changelog").await;
    let at = |text: &str| html.find(text).expect("an entry");
    assert!(at("href=\"/changelog/b\"") < at("href=\"/changelog/a\""), "{html}");
    assert!(html.contains("<link rel=\"alternate\" type=\"application/atom+xml\""), "{html}");
    let page = portal.text("/changelog/b").await;
    assert!(page.contains("<time datetime=\"2026-02-01\">") && page.contains("Older"), "{page}");
}

#[tokio::test]
async fn the_changelog_feed_is_valid_atom() {
    let portal = Setup::new()
        .file("changelog/a.md", &entry("Old", "2026-01-01"))
        .file("changelog/b.md", &entry("New", "2026-02-01"))
        .flag("site-url", "https://example.com")
        .start()
        .await;
    let response = portal.get("/changelog/feed.xml").await;
    assert_eq!(response.headers()["content-type"], "application/atom+xml; charset=utf-8");
    let text = response.text().await.expect("text");
    let feed = text.parse::<atom_syndication::Feed>().expect("Atom");
    let ids: Vec<&str> = feed.entries().iter().map(atom_syndication::Entry::id).collect();
    assert_eq!(ids, ["https://example.com/changelog/b", "https://example.com/changelog/a"]);
    assert_eq!(feed.updated().to_rfc3339(), "2026-02-01T00:00:00+00:00");
    assert!(
        feed.entries()[0]
            .content()
            .and_then(|content| content.value())
            .is_some_and(|html| html.contains("<h2 id=\"new--good\">"))
    );
}
