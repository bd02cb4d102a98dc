//! Reports and moderation.

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{AGENTS, eventually, find, id};
use crate::support::TestApp;

async fn moderate(app: &TestApp, what: &str, agent: &str, reason: &str) {
    app.operator(&["moderate", what, agent, "--reason", reason]).await;
}

#[tokio::test]
async fn a_hidden_agent_returns_410_with_its_reason_until_restored() {
    let app = TestApp::start().await;
    let tenant = app.verified("publisher").await;
    let agent = id(&tenant.register(json!({ "name": "Reported", "isPublic": true })).await);
    let path = format!("{AGENTS}/{agent}");
    let reader = app.anonymous();
    find(&reader, "", 1).await;
    moderate(&app, "flag", &agent, "misleading").await;
    eventually(&reader, "?q=reported", |body| body["data"][0]["moderation"] == json!("flagged")).await;
    moderate(&app, "hide", &agent, "malware").await;
    let gone = reader.get(&path).await.refused(410, "AGENT_REMOVED");
    assert_eq!(gone["details"]["reason"], json!("malware"));
    find(&reader, "", 0).await;
    reader.post(&format!("{path}/reports"), &json!({ "reason": "spam" })).await.refused(410, "AGENT_REMOVED");
    let email = tenant.made["organization"]["email"].as_str().expect("an address").to_owned();
    let mail = app.mail(&email, "malware").await;
    assert!(mail.contains("reply to this email") && mail.contains(&agent), "{mail}");
    moderate(&app, "restore", &agent, "other").await;
    let body = find(&reader, "", 1).await;
    assert_eq!(body["data"][0]["moderation"], json!("visible"));
    let events = tenant.get("/api/v1/audit?action=agent.moderated").await.expect(StatusCode::OK);
    assert_eq!(events["total"], json!(3), "{events:#}");
    assert_eq!(events["data"][0]["actor"], json!("operator"));
    let changes = reader.get("/api/v1/marketplace/changes").await.expect(StatusCode::OK);
    let kinds: Vec<_> = changes["data"].as_array().expect("a list").iter().map(|one| one["kind"].as_str()).collect();
    assert_eq!(kinds, [Some("published"), Some("changed"), Some("hidden"), Some("published")]);
    tenant.patch(&format!("/api/v1/agents/{agent}"), &json!({ "isPublic": false })).await.expect(StatusCode::OK);
    moderate(&app, "hide", &agent, "spam").await;
    reader.get(&path).await.refused(404, "AGENT_NOT_FOUND");
}

#[tokio::test]
async fn reports_are_idempotent_rate_limited_and_hide_nothing() {
    let app = TestApp::with(&["--reports-per-hour=3"]).await;
    let tenant = app.verified("reported").await;
    let agent = id(&tenant.register(json!({ "isPublic": true })).await);
    let path = format!("{AGENTS}/{agent}/reports");
    let reader = app.from("203.0.113.8");
    let report = json!({ "reason": "impersonation", "text": "Not by them." });
    let keyed = || {
        let request = reader.request(Method::POST, &path).body(report.to_string());
        let request = request.header("content-type", "application/json");
        reader.send(request.header("idempotency-key", "0123456789-0123456789-abc"))
    };
    let first = keyed().await.expect(StatusCode::ACCEPTED);
    assert_eq!(keyed().await.expect(StatusCode::ACCEPTED), first);
    for _ in 0..2 {
        reader.post(&path, &report).await.expect(StatusCode::ACCEPTED);
    }
    reader.post(&path, &report).await.refused(429, "RATE_LIMITED");
    let other = app.from("203.0.113.9");
    assert_eq!(other.post(&path, &json!({ "reason": "ugly" })).await.wrong_fields(), ["reason"]);
    assert_eq!(other.post(&path, &json!({ "text": "a".repeat(1001) })).await.wrong_fields(), ["reason", "text"]);
    let unknown = format!("{AGENTS}/{}/reports", uuid::Uuid::now_v7());
    other.post(&unknown, &report).await.refused(404, "AGENT_NOT_FOUND");
    reader.get(&format!("{AGENTS}/{agent}")).await.expect(StatusCode::OK);
    app.operator(&["moderate", "list"]).await;
}
