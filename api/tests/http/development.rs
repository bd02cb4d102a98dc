//! Routes for development.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::database::Database;
use crate::support::TestApp;

async fn agents(app: &TestApp) -> i64 {
    Database::of(app).await.number("SELECT count(*) FROM agents").await
}

#[tokio::test]
async fn demo_data_is_loaded_in_development_only() {
    let app = TestApp::with(&["--env=development"]).await;
    assert_eq!(agents(&app).await, 61);
    assert_eq!(api::demo::load(&app.app).await.expect("no agents"), 0);
    let production = TestApp::with(&["--env=production"]).await;
    assert_eq!(agents(&production).await, 0);
}

#[tokio::test]
async fn emails_are_listed_in_development_only() {
    let app = TestApp::with(&["--env=development"]).await;
    app.anonymous().post("/api/v1/signup", &json!({ "email": "dev@dev.example" })).await.expect(StatusCode::CREATED);
    let sent = app.mail("dev@dev.example", "/verify/").await;
    let forms = ["multipart/alternative", "Content-Type: text/plain", "Content-Type: text/html"];
    assert!(forms.iter().all(|form| sent.contains(form)), "{sent}");
    let mails = app.anonymous().get("/dev/mail").await.expect(StatusCode::OK);
    assert!(
        mails
            .as_str()
            .is_some_and(|text| text.starts_with("To: dev@dev.example\nSubject: ") && text.contains("/verify/slink_"))
    );
    let html = app.anonymous().request(Method::GET, "/dev/mail").header("accept", "text/html,*/*;q=0.8");
    let html = html.send().await.expect("a response");
    assert_eq!(html.headers()["content-type"], "text/html; charset=utf-8");
    let policy = html.headers()["content-security-policy"].to_str().expect("ASCII").to_owned();
    assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe-inline"), "{policy}");
    let html = html.text().await.expect("a page");
    assert!(html.contains("<p>To: dev@dev.example</p>") && html.contains("href=\"http"), "{html}");
    let production = TestApp::with(&["--env=production"]).await;
    production.anonymous().get("/dev/mail").await.refused(404, "NOT_FOUND");
}

#[tokio::test]
async fn a_database_with_keys_of_another_is_not_served() {
    let folder = tempfile::tempdir().expect("a folder");
    let start = |keys: &str| {
        let mut config = crate::support::config(folder.path(), &[]);
        config.files.key_dir = folder.path().join(keys);
        async move {
            loop {
                match api::serve::Server::start(config.clone(), api::clock::Clock::default()).await {
                    // The tasks of the server before end in their own time.
                    Err(error) if error.to_string().contains("already uses the database") => {
                        tokio::task::yield_now().await;
                    }
                    started => return started,
                }
            }
        }
    };
    drop(start("keys").await.expect("a server"));
    let refused = start("other").await.expect_err("other keys").to_string();
    assert!(refused.starts_with("KEY_DIR: ") && refused.contains("restore it from a backup"), "{refused}");
    drop(start("keys").await.expect("a server"));
}
