//! Requests to `/claims`: invalid fields, other tenants, rate limits, idempotency.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{claim, path, text, world};
use crate::stub_servers::StubServers;
use crate::support::TestApp;

#[tokio::test]
async fn errors_name_the_invalid_field() {
    let (_servers, app) = world().await;
    let tenant = app.verified("claimant 1").await;
    let agent = tenant.agent("Keyless").await;
    let wrong = async |wanted: Value| tenant.post("/api/v1/claims", &wanted).await.wrong_fields();
    assert_eq!(wrong(json!({})).await, ["kind"]);
    assert_eq!(wrong(json!({ "kind": "name" })).await, ["kind"]);
    assert_eq!(wrong(json!({ "kind": "domain" })).await, ["target"]);
    assert_eq!(wrong(json!({ "kind": "domain", "target": "localhost" })).await, ["target"]);
    assert_eq!(wrong(json!({ "kind": "domain", "target": "2130706433" })).await, ["target"]);
    assert_eq!(wrong(json!({ "kind": "domain", "target": "a.example", "x": 1 })).await, ["x"]);
    assert_eq!(wrong(json!({ "kind": "repository", "target": "https://github.com/a/../b" })).await, ["target"]);
    assert_eq!(wrong(json!({ "kind": "key" })).await, ["agentId"]);
    assert_eq!(wrong(json!({ "kind": "key", "agentId": "x" })).await, ["agentId"]);
    assert_eq!(wrong(json!({ "kind": "key", "agentId": agent })).await, ["target"]);
    let made = claim(&tenant, json!({ "kind": "domain", "target": "a.claims.example" })).await;
    assert_eq!(wrong(json!({ "kind": "domain", "target": "a.claims.example" })).await, ["target"]);
    let check = format!("{}/check", path(&made));
    assert_eq!(tenant.post(&check, &json!({ "signature": "a.b.c" })).await.wrong_fields(), ["signature"]);
    assert_eq!(tenant.get("/api/v1/claims?agent=1").await.wrong_fields(), ["agent"]);
    for index in 1..20 {
        claim(&tenant, json!({ "kind": "domain", "target": format!("a{index}.claims.example") })).await;
    }
    let more = json!({ "kind": "domain", "target": "more.claims.example" });
    tenant.post("/api/v1/claims", &more).await.refused(429, "TIER_LIMIT_EXCEEDED");
}

#[tokio::test]
async fn claims_are_isolated_between_organizations_and_agents() {
    let (_servers, app) = world().await;
    let (tenant, other) = (app.verified("claimant 2").await, app.verified("claimant 3").await);
    let (first, second) = (tenant.agent("First").await, tenant.agent("Second").await);
    let domain = |agent: Value| json!({ "kind": "domain", "target": "a.claims.example", "agentId": agent });
    let whole = claim(&tenant, domain(Value::Null)).await;
    let own = claim(&tenant, domain(json!(first))).await;
    for made in [&whole, &own] {
        other.get(&path(made)).await.refused(404, "NOT_FOUND");
        other.delete(&path(made)).await.refused(404, "NOT_FOUND");
        other.post(&format!("{}/check", path(made)), &json!({})).await.refused(404, "NOT_FOUND");
    }
    other.post("/api/v1/claims", &domain(json!(first))).await.refused(404, "AGENT_NOT_FOUND");
    assert_eq!(other.get("/api/v1/claims").await.body["total"], json!(0));
    assert_eq!(other.get(&format!("/api/v1/claims?agentId={first}")).await.body["total"], json!(0));
    let filtered = tenant.get(&format!("/api/v1/claims?agentId={first}")).await.expect(StatusCode::OK);
    assert_eq!((&filtered["total"], text(&filtered["data"][0], "claimId")), (&json!(1), text(&own, "claimId")));

    let reader = tenant.as_agent(&first).await;
    reader.post("/api/v1/claims", &domain(json!(first))).await.refused(403, "FORBIDDEN");
    let writer = async |agent: &str| {
        let (_, secret) = tenant.credential(agent, json!({ "scopes": ["agents:read", "agents:write"] })).await;
        let token = tenant.caller.token_of(agent, &secret, None).await;
        tenant.caller.with_token(&token)
    };
    let (first_own, second_own) = (writer(&first).await, writer(&second).await);
    assert_eq!(first_own.get("/api/v1/claims").await.body["total"], json!(1));
    first_own.get(&path(&own)).await.expect(StatusCode::OK);
    first_own.get(&path(&whole)).await.refused(404, "NOT_FOUND");
    first_own.post("/api/v1/claims", &domain(Value::Null)).await.refused(403, "FORBIDDEN");
    second_own.get(&path(&own)).await.refused(404, "NOT_FOUND");
    second_own.post(&format!("{}/check", path(&own)), &json!({})).await.refused(404, "NOT_FOUND");
    second_own.delete(&path(&own)).await.refused(404, "NOT_FOUND");
    second_own.post("/api/v1/claims", &domain(json!(first))).await.refused(404, "AGENT_NOT_FOUND");
    second_own.post("/api/v1/claims", &domain(json!(second))).await.expect(StatusCode::CREATED);
    let list = second_own.get(&format!("/api/v1/claims?agentId={first}")).await.expect(StatusCode::OK);
    assert_eq!(list["total"], json!(0));
}

#[tokio::test]
async fn checks_are_rate_limited_and_claims_are_created_once_per_idempotency_key() {
    let servers = StubServers::start().await;
    let mut flags = servers.flags();
    flags.push("--checks-per-hour=2".to_owned());
    let app = TestApp::with(&flags.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let tenant = app.verified("claimant 4").await;
    let create = || {
        let request = tenant.request(reqwest::Method::POST, "/api/v1/claims");
        let body = json!({ "kind": "domain", "target": "a.claims.example" }).to_string();
        let request = request.header("idempotency-key", "0123456789abcdefghijklmn");
        tenant.send(request.header("content-type", "application/json").body(body))
    };
    let made = create().await.expect(StatusCode::CREATED);
    assert_eq!(create().await.expect(StatusCode::CREATED), made);
    let check = format!("{}/check", path(&made));
    for _ in 0..2 {
        tenant.post(&check, &json!({})).await.expect(StatusCode::OK);
    }
    let refused = tenant.post(&check, &json!({})).await.refused(429, "RATE_LIMITED");
    assert_eq!(refused["details"]["policy"], json!("checks"));
}

#[tokio::test]
async fn only_verified_organizations_have_claims() {
    let app = TestApp::start().await;
    let (provisional, verified) = (app.provisional().await, app.verified("Owner").await);
    let unverified = app.tenant(app.send_signup(Some("waits@mine.example")).await).await;
    let claim = json!({ "kind": "domain", "target": "mine.example" });
    for stranger in [&provisional, &unverified] {
        let refused = stranger.post("/api/v1/claims", &claim).await.refused(403, "FORBIDDEN");
        assert!(refused["message"].as_str().is_some_and(|text| text.contains("verified email address")), "{refused}");
    }
    verified.post("/api/v1/claims", &claim).await.expect(StatusCode::CREATED);
}
