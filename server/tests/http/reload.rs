use std::fs;

use crate::support::{Portal, Setup, page, until};

#[tokio::test]
async fn an_edit_rerenders_only_the_affected_responses() {
    let portal = Portal::start().await;
    portal.recompressed().await;
    let before = portal.metric("portal_renders_total").await;
    portal.write("docs/guide.md", &page("Guide", "Edited.\n\n## Part\n"));
    until("the edit appears", || async { portal.text("/docs/guide").await.contains("Edited.") }).await;
    portal.recompressed().await;
    let renders = portal.metric("portal_renders_total").await - before;
    // The page, its Markdown, `llms-full.txt`, and the sitemap.
    assert!((1..=4).contains(&renders), "{renders} renders");
}

#[tokio::test]
async fn a_new_page_appears_and_a_removed_page_returns_404() {
    let portal = Portal::start().await;
    portal.write("docs/new/one.md", &page("One", "First.\n"));
    until("the page appears", || async { portal.get("/docs/new/one").await.status() == 200 }).await;
    assert!(portal.text("/docs/guide").await.contains("href=\"/docs/new/one\""), "the sidebar links to the new page");
    fs::remove_file(portal.content().join("docs/new/one.md")).expect("removed");
    until("the removed page returns 404", || async { portal.get("/docs/new/one").await.status() == 404 }).await;
}

#[tokio::test]
async fn an_invalid_edit_keeps_the_last_valid_version_of_a_page() {
    let portal = Portal::start().await;
    portal.write("docs/guide.md", "---\ntitle: Gui");
    portal.write("docs/marker.md", &page("Marker", ""));
    until("the content is reloaded", || async { portal.get("/docs/marker").await.status() == 200 }).await;
    assert!(portal.text("/docs/guide").await.contains("Some <em>text</em>"));
    assert!(portal.metric("portal_content_problems").await > 0);
}

#[tokio::test]
async fn an_invalid_edit_returns_500_in_development() {
    let portal = Setup::new().flag("env", "development").start().await;
    portal.write("docs/guide.md", "---\ntitle: Gui");
    until("the page returns 500", || async { portal.get("/docs/guide").await.status() == 500 }).await;
}

#[tokio::test]
async fn a_missing_content_folder_causes_no_outage_and_is_reloaded_when_restored() {
    let portal = Portal::start().await;
    let away = portal.content().with_extension("away");
    fs::rename(portal.content(), &away).expect("moved");
    until("the reload fails", || async { portal.metric("portal_failed_reloads_total").await > 0 }).await;
    assert_eq!(portal.get("/docs/guide").await.status(), 200);
    fs::write(away.join("docs/back.md"), page("Back", "")).expect("a file");
    fs::rename(&away, portal.content()).expect("moved back");
    until("the restored folder is reloaded", || async { portal.get("/docs/back").await.status() == 200 }).await;
    portal.write("docs/later.md", &page("Later", ""));
    until("the restored folder is watched", || async { portal.get("/docs/later").await.status() == 200 }).await;
}
