//! `/sessions`

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;

use api::usage::Metric;

use crate::support::TestApp;

const DAY: Duration = Duration::from_hours(24);

#[tokio::test]
async fn a_session_acts_for_the_organization_until_revoked() {
    let app = TestApp::start().await;
    let tenant = app.verified("sessions").await;
    let opened = tenant.post("/api/v1/sessions", &json!({})).await.expect(StatusCode::CREATED);
    let caller = tenant.with_token(opened["handle"].as_str().expect("a handle"));
    caller
        .post("/api/v1/agents", &json!({ "name": "A", "agentType": "custom", "capabilities": ["a:b"] }))
        .await
        .expect(StatusCode::CREATED);
    let list = caller.get("/api/v1/sessions").await.expect(StatusCode::OK);
    let current: Vec<_> =
        list["data"].as_array().expect("a list").iter().filter(|one| one["isCurrent"] == json!(true)).collect();
    assert_eq!((current.len(), &current[0]["sessionId"]), (1, &opened["sessionId"]));
    assert!(!list.to_string().contains("ssession_"));
    assert_eq!(caller.delete("/api/v1/sessions/current").await.status, StatusCode::NO_CONTENT);
    caller.get("/api/v1/sessions").await.refused(401, "UNAUTHORIZED");
    tenant.delete("/api/v1/sessions/current").await.refused(404, "NOT_FOUND");
}

#[tokio::test]
async fn a_session_expires_thirty_days_after_its_last_use() {
    let app = TestApp::start().await;
    let tenant = app.verified("sliding").await;
    let opened = tenant.post("/api/v1/sessions", &json!({})).await.expect(StatusCode::CREATED);
    let caller = tenant.with_token(opened["handle"].as_str().expect("a handle"));
    for _ in 0..3 {
        app.clock.advance(DAY * 29);
        caller.get("/api/v1/organizations/me").await.expect(StatusCode::OK);
    }
    app.clock.advance(DAY * 30);
    caller.get("/api/v1/organizations/me").await.refused(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn a_session_of_a_provisional_organization_expires_with_it() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let opened = tenant.post("/api/v1/sessions", &json!({})).await.expect(StatusCode::CREATED);
    assert_eq!(opened["expiresAt"], tenant.made["expiresAt"]);
    let caller = tenant.with_token(opened["handle"].as_str().expect("a handle"));
    app.clock.advance(DAY * 2);
    caller.get("/api/v1/organizations/me").await.expect(StatusCode::OK);
    app.clock.advance(DAY);
    caller.get("/api/v1/organizations/me").await.refused(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn a_token_without_all_scopes_cannot_create_a_session() {
    let app = TestApp::start().await;
    let tenant = app.verified("less").await;
    let token = tenant.token_of(&tenant.id, &tenant.secret, Some("admin:orgs")).await;
    let refused = tenant.with_token(&token).post("/api/v1/sessions", &json!({})).await.refused(403, "FORBIDDEN");
    assert_eq!(refused["details"]["scope"], json!("agents:read"));
}

#[tokio::test]
async fn a_session_is_created_without_a_body() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    for path in ["/api/v1/sessions", "/api/v1/organizations/me/restore"] {
        let done = tenant.send(tenant.request(reqwest::Method::POST, path)).await;
        assert!(done.status.is_success(), "{path}");
        assert!(tenant.post(path, &json!({})).await.status.is_success(), "{path}");
        for (body, field) in [(json!({ "days": 90 }), "days"), (json!(null), "body"), (json!([]), "body")] {
            assert_eq!(tenant.post(path, &body).await.wrong_fields(), [field], "{path} {body}");
        }
        let garbage = tenant.request(reqwest::Method::POST, path).body("garbage");
        assert_eq!(tenant.send(garbage).await.wrong_fields(), ["body"], "{path}");
    }
}

#[tokio::test]
async fn session_calls_have_a_limit_of_their_own() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let opened = tenant.post("/api/v1/sessions", &json!({})).await.expect(StatusCode::CREATED);
    let caller = tenant.with_token(opened["handle"].as_str().expect("a handle"));
    let used =
        || async { caller.get("/api/v1/tiers/status").await.expect(StatusCode::OK)["usage"]["callsToday"].clone() };
    assert_eq!((used().await, used().await), (json!(1), json!(1)));
    let id = tenant.id.parse().expect("an identifier");
    while app.app.usage.take(id, Metric::SessionCalls, Some(5_000)).await.is_ok() {}
    caller.get("/api/v1/tiers/status").await.refused(429, "TIER_LIMIT_EXCEEDED");
    assert_eq!(tenant.get("/api/v1/tiers/status").await.expect(StatusCode::OK)["usage"]["callsToday"], json!(2));
}
