//! `/agents`

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn an_agent_is_registered_read_updated_and_decommissioned() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let fields = json!({ "name": "Invoice screener", "agentType": "screener", "capabilities": ["invoices:read"] });
    let response = tenant.post("/api/v1/agents", &fields).await;
    let path = response.header("location").strip_prefix(&app.url).expect("a URL of this server").to_owned();
    let etag = response.header("etag").to_owned();
    let made = response.expect(StatusCode::CREATED);
    assert_eq!(made["organizationId"], json!(tenant.id));
    assert_eq!(
        (&made["version"], &made["status"], &made["isPublic"]),
        (&json!("0.1.0"), &json!("active"), &json!(false))
    );
    let read = tenant.get(&path).await;
    assert_eq!(read.header("etag"), etag);
    assert_eq!(read.expect(StatusCode::OK), made);
    let changed = tenant.patch(&path, &json!({ "description": "Reads invoices." })).await.expect(StatusCode::OK);
    assert_eq!((&changed["description"], &changed["name"]), (&json!("Reads invoices."), &made["name"]));
    assert_eq!(tenant.delete(&path).await.status, StatusCode::NO_CONTENT);
    assert_eq!(tenant.delete(&path).await.status, StatusCode::NO_CONTENT, "a repeated call has no effect");
    assert_eq!(tenant.get(&path).await.expect(StatusCode::OK)["status"], json!("decommissioned"));
    tenant.patch(&path, &json!({ "name": "B" })).await.refused(410, "AGENT_REMOVED");
}

#[tokio::test]
async fn all_invalid_fields_are_reported_together() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let wrong =
        json!({ "agentType": "robot", "version": "1", "capabilities": ["a"], "endpointUrl": "http://a.example" });
    assert_eq!(
        tenant.post("/api/v1/agents", &wrong).await.wrong_fields(),
        ["name", "agentType", "version", "capabilities[0]", "endpointUrl"]
    );
    assert_eq!(tenant.post("/api/v1/agents", &json!({ "nam": "A" })).await.wrong_fields(), ["nam"]);
    assert_eq!(tenant.get("/api/v1/agents?page=0").await.wrong_fields(), ["page"]);
    assert_eq!(tenant.get("/api/v1/agents?agenttype=router").await.wrong_fields(), ["agenttype"]);
    let form = tenant.request(Method::POST, "/api/v1/agents").body("name=A").header("content-type", "text/plain");
    tenant.send(form).await.refused(415, "UNSUPPORTED_MEDIA_TYPE");
    let long = json!({ "name": "A", "description": "a".repeat(70_000) });
    tenant.post("/api/v1/agents", &long).await.refused(413, "PAYLOAD_TOO_LARGE");
}

#[tokio::test]
async fn invalid_list_items_are_reported_with_their_index() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let path = format!("/api/v1/agents/{}", tenant.agent("A").await);
    let skill = json!({ "id": "screen", "name": "Screen an invoice" });
    let fields = json!({ "tags": ["", "a"], "skills": [skill, skill], "publicKeys": [{ "kty": "OKP", "d": "x" }] });
    assert_eq!(tenant.patch(&path, &fields).await.wrong_fields(), ["tags[0]", "skills[1].id", "publicKeys[0]"]);
    let refused = tenant.patch(&path, &json!({ "status": "foo" })).await.refused(400, "VALIDATION_ERROR");
    assert_eq!(refused["message"], json!("`status` must be one of active, suspended."));
    let other = json!({ "id": "flag", "name": "Flag an invoice" });
    tenant.patch(&path, &json!({ "skills": [skill, other] })).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn if_match_updates_only_the_expected_version() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let path = format!("/api/v1/agents/{}", tenant.agent("A").await);
    let etag = tenant.get(&path).await.header("etag").to_owned();
    let update = |name: &str, etag: &str| {
        let body = json!({ "name": name }).to_string();
        let request = tenant.request(Method::PATCH, &path).body(body).header("content-type", "application/json");
        tenant.send(request.header("if-match", etag))
    };
    update("B", &etag).await.expect(StatusCode::OK);
    update("C", &etag).await.refused(412, "PRECONDITION_FAILED");
    assert_eq!(tenant.get(&path).await.body["name"], json!("B"));
    let decommission = |etag: &str| tenant.send(tenant.request(Method::DELETE, &path).header("if-match", etag));
    decommission(&etag).await.refused(412, "PRECONDITION_FAILED");
    for malformed in ["x", "\"a", "W/a", "\"a\" \"b\""] {
        assert_eq!(update("D", malformed).await.wrong_fields(), ["If-Match"], "{malformed}");
        assert_eq!(decommission(malformed).await.wrong_fields(), ["If-Match"], "{malformed}");
    }
    let now = tenant.get(&path).await.header("etag").to_owned();
    decommission(&format!("\"other\", {now}")).await.expect(StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn an_email_address_is_unique_within_an_organization_until_its_agent_is_decommissioned() {
    let app = TestApp::start().await;
    let (tenant, other) = (app.provisional().await, app.provisional().await);
    let first = tenant.register(json!({ "email": "a@example.com" })).await;
    let again = json!({ "name": "B", "agentType": "custom", "capabilities": ["a:b"], "email": "A@Example.com" });
    tenant.post("/api/v1/agents", &again).await.refused(409, "AGENT_ALREADY_EXISTS");
    other.post("/api/v1/agents", &again).await.expect(StatusCode::CREATED);
    tenant.delete(&format!("/api/v1/agents/{}", first["agentId"].as_str().expect("text"))).await;
    tenant.post("/api/v1/agents", &again).await.expect(StatusCode::CREATED);
}

#[tokio::test]
async fn the_list_is_filtered_and_paginated() {
    let app = TestApp::start().await;
    let tenant = app.verified("lister").await;
    for index in 0..5 {
        let agent_type = if index % 2 == 0 { "router" } else { "monitor" };
        tenant.register(json!({ "name": format!("Agent {index}"), "agentType": agent_type })).await;
    }
    let names = |body: &serde_json::Value| -> Vec<String> {
        body["data"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|agent| agent["name"].as_str().expect("text").to_owned())
            .collect()
    };
    let page = tenant.get("/api/v1/agents?limit=2&page=2").await.expect(StatusCode::OK);
    assert_eq!((names(&page), &page["total"]), (vec!["Agent 2".to_owned(), "Agent 1".to_owned()], &json!(5)));
    let routers = tenant.get("/api/v1/agents?agentType=router").await.expect(StatusCode::OK);
    assert_eq!(names(&routers), ["Agent 4", "Agent 2", "Agent 0"]);
    assert_eq!(tenant.get("/api/v1/agents?agentType=robot").await.wrong_fields(), ["agentType"]);
}

#[tokio::test]
async fn the_tier_limits_the_number_of_agents() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    for _ in 0..3 {
        tenant.agent("A").await;
    }
    let fields = json!({ "name": "D", "agentType": "custom", "capabilities": ["a:b"] });
    let refused = tenant.post("/api/v1/agents", &fields).await.refused(429, "TIER_LIMIT_EXCEEDED");
    assert_eq!((&refused["details"]["limit"], &refused["details"]["current"]), (&json!(3), &json!(3)));
}
