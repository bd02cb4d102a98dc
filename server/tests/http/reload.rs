use std::fs;

use crate::support::{Portal, Setup, page, until};

#[tokio::test]
async fn an_edit_shows_and_leaves_all_other_answers_as_they_are() {
    let portal = Portal::start().await;
    portal.polished().await;
    let before = portal.metric("portal_renders_total").await;
    portal.write("docs/guide.md", &page("Guide", "Edited.\n\n## Part\n"));
    until("the edit shows", || async { portal.text("/docs/guide").await.contains("Edited.") }).await;
    portal.polished().await;
    let renders = portal.metric("portal_renders_total").await - before;
    // The page and its Markdown, all pages in one, and the sitemap.
    assert!((1..=4).contains(&renders), "{renders} answers were made");
}

#[tokio::test]
async fn new_pages_appear_and_removed_ones_go() {
    let portal = Portal::start().await;
    portal.write("docs/new/one.md", &page("One", "First.\n"));
    until("the page appears", || async { portal.get("/docs/new/one").await.status() == 200 }).await;
    assert!(portal.text("/docs/guide").await.contains("href=\"/docs/new/one\""), "the sidebar names it");
    fs::remove_file(portal.content().join("docs/new/one.md")).expect("removed");
    until("the page goes", || async { portal.get("/docs/new/one").await.status() == 404 }).await;
}

#[tokio::test]
async fn a_half_written_page_stays_as_it_was() {
    let portal = Portal::start().await;
    portal.write("docs/guide.md", "---\ntitle: Gui");
    portal.write("docs/marker.md", &page("Marker", ""));
    until("the folder was read", || async { portal.get("/docs/marker").await.status() == 200 }).await;
    assert!(portal.text("/docs/guide").await.contains("Some <em>text</em>"));
    assert!(portal.metric("portal_content_problems").await > 0);
}

#[tokio::test]
async fn a_page_that_breaks_in_development_says_so() {
    let portal = Setup::new().flag("env", "development").start().await;
    portal.write("docs/guide.md", "---\ntitle: Gui");
    until("it says so", || async { portal.get("/docs/guide").await.status() == 500 }).await;
}

#[tokio::test]
async fn a_folder_that_vanishes_leaves_the_site_up_and_is_taken_up_again() {
    let portal = Portal::start().await;
    let away = portal.content().with_extension("away");
    fs::rename(portal.content(), &away).expect("moved");
    until("it was missed", || async { portal.metric("portal_failed_reloads_total").await > 0 }).await;
    assert_eq!(portal.get("/docs/guide").await.status(), 200);
    fs::write(away.join("docs/back.md"), page("Back", "")).expect("a file");
    fs::rename(&away, portal.content()).expect("moved back");
    until("it is read again", || async { portal.get("/docs/back").await.status() == 200 }).await;
    portal.write("docs/later.md", &page("Later", ""));
    until("it is watched again", || async { portal.get("/docs/later").await.status() == 200 }).await;
}
