//! Contents of the log at the most verbose level.

use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::process::{Process, enterprise};
use crate::support::TestApp;

#[tokio::test]
async fn the_log_contains_no_secrets_and_no_addresses() {
    let folder = tempfile::tempdir().expect("a folder");
    let process = Process::start(folder.path(), "TRUSTED_PROXIES=127.0.0.1; export TRUSTED_PROXIES;", "trace");
    let (_, secret, mut caller) = enterprise(&process, folder.path()).await;
    caller.address = Some("198.51.100.234".to_owned());
    let mut secrets =
        vec![secret, caller.token.clone().expect("a token"), "198.51.100.234".to_owned(), "crash.example".to_owned()];
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let provisional = caller.post("/api/v1/signup", &json!({})).await.expect(StatusCode::CREATED);
    secrets.extend([text(&provisional["claimCode"]), text(&provisional["credential"]["clientSecret"])]);
    let claim = json!({ "claimCode": provisional["claimCode"], "email": "someone@claimed.example" });
    caller.post("/api/v1/signup/claim", &claim).await.expect(StatusCode::ACCEPTED);
    secrets.push("someone@claimed.example".to_owned());
    let session = caller.post("/api/v1/sessions", &json!({})).await.expect(StatusCode::CREATED);
    secrets.push(text(&session["handle"]));
    caller.with_token(&secrets[secrets.len() - 1]).get("/api/v1/agents").await.expect(StatusCode::OK);
    let fields =
        json!({ "name": "A", "agentType": "custom", "capabilities": ["a:b"], "email": "agent@logged.example" });
    let key = "9d0ac2c1-4f27-4e35-8f1c-1de1d8a3c001";
    let request = caller.request(Method::POST, "/api/v1/agents").header("idempotency-key", key);
    let agent = caller
        .send(request.header("content-type", "application/json").body(fields.to_string()))
        .await
        .expect(StatusCode::CREATED);
    secrets.extend([key.to_owned(), "agent@logged.example".to_owned()]);
    let path = format!("/api/v1/agents/{}/credentials", agent["agentId"].as_str().expect("text"));
    let credential = caller.post(&path, &json!({})).await.expect(StatusCode::CREATED);
    secrets.push(text(&credential["clientSecret"]));
    // Code in an unexpected URL.
    caller.get("/verify/slink_in-an-address").await.refused(404, "NOT_FOUND");
    caller.get("/api/v1/agents?slink_in-an-address=1").await.wrong_fields();
    secrets.push("slink_in-an-address".to_owned());
    let wrong = [("grant_type", "client_credentials"), ("client_id", "someone"), ("client_secret", "a-wrong-secret")];
    let last = caller.form("/api/v1/token", &wrong).await;
    let last = last.header("x-request-id").to_owned();
    secrets.push("a-wrong-secret".to_owned());
    let log = process.log_until(&last).await;
    assert!(log.contains("/api/v1/agents/{agentId}/credentials"), "the request is logged: {log}");
    for secret in secrets {
        let line = log.lines().find(|line| line.contains(&secret));
        assert!(line.is_none(), "{secret} is in: {line:?}");
    }
}

#[tokio::test]
async fn client_addresses_are_logged_only_if_enabled() {
    let quiet = TestApp::start().await;
    quiet.anonymous().get("/health").await.expect(StatusCode::OK);
    assert!(!quiet.data_dir().join("addresses").exists());

    let app = TestApp::with(&["--address-log-days", "3"]).await;
    let response = app.anonymous().get("/health").await;
    let id = response.header("x-request-id").to_owned();
    let files = || std::fs::read_dir(app.data_dir().join("addresses")).expect("the folder");
    let texts = || files().map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("text"));
    app.until(|| texts().any(|text| text.contains(&id))).await;
    let line = texts()
        .flat_map(|text| text.lines().map(ToOwned::to_owned).collect::<Vec<_>>())
        .find(|line| line.contains(&id));
    let line: serde_json::Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
    assert_eq!(line["address"], "127.0.0.1");
    app.clock.advance(Duration::from_hours(72));
    api::jobs::delete_expired(&app.app).await.expect("removed");
    assert_eq!(files().count(), 1, "stored for at least three days");
    app.clock.advance(Duration::from_hours(24));
    api::jobs::delete_expired(&app.app).await.expect("removed");
    assert_eq!(files().count(), 0);
}
