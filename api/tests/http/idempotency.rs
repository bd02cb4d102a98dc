//! `Idempotency-Key`

use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::database::Database;
use crate::support::{Caller, Response, TestApp};

const KEY: &str = "6f1f2a34-98aa-4c0e-9f6b-0d3a55a1c001";

async fn post(caller: &Caller, path: &str, key: &str, body: &Value) -> Response {
    let request = caller.request(Method::POST, path).header("idempotency-key", key);
    caller.send(request.header("content-type", "application/json").body(body.to_string())).await
}

#[tokio::test]
async fn a_repeated_call_runs_once_and_returns_the_first_response() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let fields = json!({ "name": "A", "agentType": "custom", "capabilities": ["a:b"] });
    let first = post(&tenant, "/api/v1/agents", KEY, &fields).await;
    let second = post(&tenant, "/api/v1/agents", KEY, &fields).await;
    assert_eq!((second.header("idempotent-replayed"), first.header("idempotent-replayed")), ("true", ""));
    assert_eq!((second.header("location"), second.header("etag")), (first.header("location"), first.header("etag")));
    assert_eq!(second.expect(StatusCode::CREATED), first.expect(StatusCode::CREATED));
    assert_eq!(tenant.get("/api/v1/agents").await.body["total"], json!(1));
    let other = json!({ "name": "B", "agentType": "custom", "capabilities": ["a:b"] });
    post(&tenant, "/api/v1/agents", KEY, &other).await.refused(422, "IDEMPOTENCY_KEY_REUSED");
    // The key is scoped to the caller and the route.
    let stranger = app.provisional().await;
    post(&stranger, "/api/v1/agents", KEY, &fields).await.expect(StatusCode::CREATED);
    let agent = tenant.get("/api/v1/agents").await.body["data"][0]["agentId"].as_str().expect("text").to_owned();
    post(&tenant, &format!("/api/v1/agents/{agent}/credentials"), KEY, &json!({})).await.expect(StatusCode::CREATED);
}

#[tokio::test]
async fn concurrent_calls_with_the_same_key_run_once() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let fields = json!({ "name": "A", "agentType": "custom", "capabilities": ["a:b"] });
    let calls = (0..8).map(|_| post(&tenant, "/api/v1/agents", KEY, &fields));
    for response in futures_util::future::join_all(calls).await {
        response.expect(StatusCode::CREATED);
    }
    assert_eq!(tenant.get("/api/v1/agents").await.body["total"], json!(1));
}

#[tokio::test]
async fn a_secret_is_repeated_for_ten_minutes_only() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let agent = tenant.agent("A").await;
    let credentials = format!("/api/v1/agents/{agent}/credentials");
    let fields = json!({ "name": "B", "agentType": "custom", "capabilities": ["a:b"] });
    let first = post(&tenant, &credentials, KEY, &json!({})).await.expect(StatusCode::CREATED);
    post(&tenant, "/api/v1/agents", KEY, &fields).await.expect(StatusCode::CREATED);
    app.clock.advance(Duration::from_mins(9));
    assert_eq!(post(&tenant, &credentials, KEY, &json!({})).await.expect(StatusCode::CREATED), first);
    app.clock.advance(Duration::from_mins(2));
    post(&tenant, &credentials, KEY, &json!({})).await.refused(409, "IDEMPOTENCY_ANSWER_LOST");
    assert_eq!(tenant.get(&credentials).await.body["total"], json!(1), "nothing was created again");
    // Other responses are repeated for a day.
    let again = post(&tenant, "/api/v1/agents", KEY, &fields).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
}

#[tokio::test]
async fn stored_responses_are_encrypted_in_the_database() {
    let app = TestApp::start().await;
    let made = post(&app.anonymous(), "/api/v1/signup", KEY, &json!({})).await.expect(StatusCode::CREATED);
    let again = post(&app.anonymous(), "/api/v1/signup", KEY, &json!({})).await.expect(StatusCode::CREATED);
    assert_eq!(again, made);
    let secret = made["credential"]["clientSecret"].as_str().expect("a secret").as_bytes();
    for file in ["sentryagent.db", "sentryagent.db-wal"] {
        let bytes = std::fs::read(app.data_dir().join(file)).unwrap_or_default();
        assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{file}");
    }
}

#[tokio::test]
async fn errors_are_not_stored_and_weak_keys_are_rejected() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    post(&tenant, "/api/v1/agents", KEY, &json!({ "name": "A" })).await.wrong_fields();
    let fields = json!({ "name": "A", "agentType": "custom", "capabilities": ["a:b"] });
    post(&tenant, "/api/v1/agents", KEY, &fields).await.expect(StatusCode::CREATED);
    assert_eq!(post(&tenant, "/api/v1/agents", "1", &fields).await.wrong_fields(), ["Idempotency-Key"]);
}

#[tokio::test]
async fn responses_are_stored_for_a_day() {
    let app = TestApp::start().await;
    post(&app.anonymous(), "/api/v1/signup", KEY, &json!({})).await.expect(StatusCode::CREATED);
    app.clock.advance(std::time::Duration::from_hours(25));
    api::jobs::delete_expired(&app.app).await.expect("removed");
    let again = post(&app.anonymous(), "/api/v1/signup", KEY, &json!({})).await;
    assert_eq!(again.header("idempotent-replayed"), "");
}

#[tokio::test]
async fn a_client_that_disconnects_gets_the_response_on_retry() {
    use tokio::io::AsyncWriteExt as _;
    let app = TestApp::start().await;
    let tenant = app.verified("gone-away").await;
    let address = app.url.strip_prefix("http://").expect("an address").to_owned();
    let token = tenant.token.clone().expect("a token");
    let fields = json!({ "name": "A", "agentType": "custom", "capabilities": ["a:b"] });
    for index in 0..6 {
        let key = format!("9f1f2a34-98aa-4c0e-9f6b-0d3a55a1c{index:03}");
        // Every second connection closes while its write waits, the others as soon as the request is sent.
        let writer = if index % 2 == 0 { None } else { Some(app.hold_writer().await) };
        let mut stream = tokio::net::TcpStream::connect(&address).await.expect("a connection");
        let body = fields.to_string();
        let head = format!(
            "POST /api/v1/agents HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\nidempotency-key: {key}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.expect("sent");
        stream.flush().await.expect("sent");
        if let Some(writer) = writer {
            writer.until_waiting(1).await;
            drop(stream);
            writer.release().await;
        } else {
            drop(stream);
        }
        post(&tenant, "/api/v1/agents", &key, &fields).await.expect(StatusCode::CREATED);
    }
    assert_eq!(tenant.get("/api/v1/agents").await.body["total"], json!(6));
}

#[tokio::test]
async fn a_call_completed_before_a_kill_does_not_run_again() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let fields = json!({ "name": "A", "agentType": "custom", "capabilities": ["a:b"] });
    post(&tenant, "/api/v1/agents", KEY, &fields).await.expect(StatusCode::CREATED);
    // State between the commit of the agent and its response.
    let updated = Database::of(&app).await.run("UPDATE idempotent_answers SET sealed = x''").await;
    assert_eq!(updated, 1);
    post(&tenant, "/api/v1/agents", KEY, &fields).await.refused(409, "IDEMPOTENCY_ANSWER_LOST");
    assert_eq!(tenant.get("/api/v1/agents").await.body["total"], json!(1));
}

#[tokio::test]
async fn a_wrong_code_is_refused_again_with_the_same_key() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    for path in ["/api/v1/signup/verify", "/api/v1/signup/recover/confirm"] {
        for _ in 0..2 {
            let response = post(&caller, path, KEY, &json!({ "token": "slink_wrong" })).await;
            assert_eq!(response.wrong_fields(), ["token"], "{path}");
        }
    }
}
