//! Isolation of organizations: every operation of the contract with a foreign token, and every list for leaks.

use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Caller, Tenant, TestApp};

/// Lists the operations with a resource ID, filled with an ID of the organization.
fn operations(names: &[(&str, String)]) -> Vec<(Method, String)> {
    let document = serde_json::to_value(api::openapi::document(api::openapi::PRODUCTION)).expect("JSON");
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let is_private =
                operation["security"].as_array().is_some_and(|all| all.iter().any(|one| one.get("bearer").is_some()));
            if is_private && path.contains('{') {
                let filled =
                    names.iter().fold(path.clone(), |path, (name, id)| path.replace(&format!("{{{name}}}"), id));
                assert!(!filled.contains('{'), "no ID for {path}");
                found.push((method.to_uppercase().parse().expect("a method"), filled));
            }
        }
    }
    found
}

async fn try_all(caller: &Caller, operations: &[(Method, String)], allowed: &[StatusCode]) {
    for (method, path) in operations {
        let request = caller.request(method.clone(), path).header("content-type", "application/json").body("{}");
        let response = caller.send(request).await;
        assert!(allowed.contains(&response.status), "{method} {path}: {} {}", response.status, response.body);
    }
}

async fn identifiers(tenant: &Tenant) -> Vec<(&'static str, String)> {
    let agent = tenant.register(json!({ "name": "Secret project", "email": "secret@tenant.example" })).await;
    let agent = agent["agentId"].as_str().expect("text").to_owned();
    let (credential, _) = tenant.credential(&agent, json!({})).await;
    let session = tenant.post("/api/v1/sessions", &json!({})).await.expect(StatusCode::CREATED);
    let claim = json!({ "kind": "domain", "target": "secret.example", "agentId": agent });
    let claim = tenant.post("/api/v1/claims", &claim).await.expect(StatusCode::CREATED);
    let events = tenant.get("/api/v1/audit").await.expect(StatusCode::OK);
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    vec![
        ("agentId", agent),
        ("credentialId", credential),
        ("claimId", text(&claim["claimId"])),
        ("sessionId", text(&session["sessionId"])),
        ("eventId", text(&events["data"][0]["eventId"])),
    ]
}

#[tokio::test]
async fn no_operation_accesses_another_organization() {
    let app = TestApp::start().await;
    let (owner, stranger) = (app.verified("owner").await, app.verified("stranger").await);
    let names = identifiers(&owner).await;
    let operations = operations(&names);
    assert!(operations.len() >= 9, "{operations:?}");
    let before = owner.get("/api/v1/audit/head").await.expect(StatusCode::OK)["headHash"].clone();
    try_all(&stranger, &operations, &[StatusCode::NOT_FOUND]).await;
    // An agent of the other organization sees no more than the organization.
    let agent = stranger.agent("Spy").await;
    let (_, secret) = stranger
        .credential(&agent, json!({ "scopes": ["agents:read", "agents:write", "audit:read", "tokens:read"] }))
        .await;
    let spy = stranger.with_token(&stranger.token_of(&agent, &secret, None).await);
    try_all(&spy, &operations, &[StatusCode::NOT_FOUND, StatusCode::FORBIDDEN]).await;
    let after = owner.get("/api/v1/audit/head").await.expect(StatusCode::OK)["headHash"].clone();
    assert_eq!(before, after, "no operation had an effect");
    owner.get(&format!("/api/v1/agents/{}", names[0].1)).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn no_list_contains_data_of_another_organization() {
    let app = TestApp::start().await;
    let (owner, stranger) = (app.verified("leaky").await, app.verified("curious").await);
    let secrets: BTreeSet<String> =
        identifiers(&owner).await.into_iter().map(|(_, id)| id).chain([owner.id.clone()]).collect();
    let document = serde_json::to_value(api::openapi::document(api::openapi::PRODUCTION)).expect("JSON");
    let lists: Vec<&String> = document["paths"]
        .as_object()
        .expect("paths")
        .iter()
        .filter(|(path, item)| item.get("get").is_some() && !path.contains('{'))
        .map(|(path, _)| path)
        .collect();
    assert!(lists.len() >= 12, "{lists:?}");
    for path in lists {
        let text = stranger.get(path).await.body.to_string();
        for secret in &secrets {
            assert!(!text.contains(secret), "{path} contains {secret}");
        }
        assert!(!text.contains("Secret project") && !text.contains("secret@tenant.example"), "{path}");
    }
}

#[tokio::test]
async fn an_agent_can_access_only_itself() {
    let app = TestApp::start().await;
    let tenant = app.verified("family").await;
    let (one, other) = (tenant.agent("One").await, tenant.agent("Other").await);
    let caller = tenant.as_agent(&one).await;
    caller.get(&format!("/api/v1/agents/{one}")).await.expect(StatusCode::OK);
    caller.get(&format!("/api/v1/agents/{other}")).await.refused(404, "AGENT_NOT_FOUND");
    let list = caller.get("/api/v1/agents").await.expect(StatusCode::OK);
    assert_eq!((&list["total"], &list["data"][0]["agentId"]), (&json!(1), &json!(one)));
    let events = caller.get("/api/v1/audit?limit=100").await.expect(StatusCode::OK);
    assert!(
        events["data"].as_array().expect("a list").iter().all(|event| event["agentId"] == json!(one)),
        "{events:#}"
    );
    // A foreign ID under an own agent is not found.
    let (foreign, _) = tenant.credential(&other, json!({})).await;
    tenant.delete(&format!("/api/v1/agents/{one}/credentials/{foreign}")).await.refused(404, "CREDENTIAL_NOT_FOUND");
}

#[tokio::test]
async fn an_expired_provisional_organization_is_inaccessible() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let session = tenant.post("/api/v1/sessions", &json!({})).await.expect(StatusCode::CREATED);
    app.clock.advance(std::time::Duration::from_hours(73));
    for token in [tenant.token.clone().expect("a token"), session["handle"].as_str().expect("text").to_owned()] {
        tenant.with_token(&token).get("/api/v1/agents").await.refused(401, "UNAUTHORIZED");
    }
}
