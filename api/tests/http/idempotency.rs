//! `Idempotency-Key`

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
async fn the_same_call_is_done_once_and_answered_twice() {
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
    // The key is this caller's and this route's alone.
    let stranger = app.provisional().await;
    post(&stranger, "/api/v1/agents", KEY, &fields).await.expect(StatusCode::CREATED);
    let agent = tenant.get("/api/v1/agents").await.body["data"][0]["agentId"].as_str().expect("text").to_owned();
    post(&tenant, &format!("/api/v1/agents/{agent}/credentials"), KEY, &json!({})).await.expect(StatusCode::CREATED);
}

#[tokio::test]
async fn two_at_the_same_time_are_done_once() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let fields = json!({ "name": "A", "agentType": "custom", "capabilities": ["a:b"] });
    let calls = (0..8).map(|_| post(&tenant, "/api/v1/agents", KEY, &fields));
    for answer in futures_util::future::join_all(calls).await {
        answer.expect(StatusCode::CREATED);
    }
    assert_eq!(tenant.get("/api/v1/agents").await.body["total"], json!(1));
}

#[tokio::test]
async fn a_kept_answer_with_a_secret_is_not_readable_in_the_database() {
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
async fn a_refusal_is_not_kept_and_a_weak_key_is_none() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    post(&tenant, "/api/v1/agents", KEY, &json!({ "name": "A" })).await.wrong_fields();
    let fields = json!({ "name": "A", "agentType": "custom", "capabilities": ["a:b"] });
    post(&tenant, "/api/v1/agents", KEY, &fields).await.expect(StatusCode::CREATED);
    assert_eq!(post(&tenant, "/api/v1/agents", "1", &fields).await.wrong_fields(), ["Idempotency-Key"]);
}

#[tokio::test]
async fn an_answer_is_kept_for_a_day() {
    let app = TestApp::start().await;
    post(&app.anonymous(), "/api/v1/signup", KEY, &json!({})).await.expect(StatusCode::CREATED);
    app.clock.advance(std::time::Duration::from_hours(25));
    api::jobs::remove_what_has_ended(&app.app).await.expect("removed");
    let again = post(&app.anonymous(), "/api/v1/signup", KEY, &json!({})).await;
    assert_eq!(again.header("idempotent-replayed"), "");
}

#[tokio::test]
async fn who_goes_away_before_the_answer_finds_it_when_he_asks_again() {
    use tokio::io::AsyncWriteExt as _;
    let app = TestApp::start().await;
    let tenant = app.verified("gone-away").await;
    let address = app.url.strip_prefix("http://").expect("an address").to_owned();
    let token = tenant.token.clone().expect("a token");
    let fields = json!({ "name": "A", "agentType": "custom", "capabilities": ["a:b"] });
    for index in 0..6 {
        let key = format!("9f1f2a34-98aa-4c0e-9f6b-0d3a55a1c{index:03}");
        // Every second connection closes while its write waits, the others as soon as the request is sent.
        let held = if index % 2 == 0 { None } else { Some(app.hold_writer().await) };
        let mut stream = tokio::net::TcpStream::connect(&address).await.expect("a connection");
        let body = fields.to_string();
        let head = format!(
            "POST /api/v1/agents HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\nidempotency-key: {key}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.expect("sent");
        stream.flush().await.expect("sent");
        if let Some(held) = held {
            held.until_waiting(1).await;
            drop(stream);
            held.release().await;
        } else {
            drop(stream);
        }
        post(&tenant, "/api/v1/agents", &key, &fields).await.expect(StatusCode::CREATED);
    }
    assert_eq!(tenant.get("/api/v1/agents").await.body["total"], json!(6));
}

#[tokio::test]
async fn what_was_done_before_a_kill_is_not_done_again() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let fields = json!({ "name": "A", "agentType": "custom", "capabilities": ["a:b"] });
    post(&tenant, "/api/v1/agents", KEY, &fields).await.expect(StatusCode::CREATED);
    // As it is between the commit of the agent and the answer.
    let killed = Database::of(&app).await.run("UPDATE idempotent_answers SET sealed = x''").await;
    assert_eq!(killed, 1);
    post(&tenant, "/api/v1/agents", KEY, &fields).await.refused(409, "IDEMPOTENCY_ANSWER_LOST");
    assert_eq!(tenant.get("/api/v1/agents").await.body["total"], json!(1));
}
