//! `/agents/{agentId}/credentials`

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn a_secret_is_returned_once_and_stored_as_a_hash() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let agent = tenant.agent("A").await;
    let (id, secret) = tenant.credential(&agent, json!({})).await;
    assert!(secret.starts_with("sagent_") && secret.len() == 50, "{secret}");
    let list = tenant.get(&format!("/api/v1/agents/{agent}/credentials")).await.expect(StatusCode::OK);
    assert_eq!((&list["data"][0]["credentialId"], &list["data"][0]["status"]), (&json!(id), &json!("active")));
    assert!(!list.to_string().contains("sagent_"));
    let database = std::fs::read(app.data_dir().join("sentryagent.db")).expect("a database");
    let log = std::fs::read(app.data_dir().join("sentryagent.db-wal")).unwrap_or_default();
    for file in [database, log] {
        assert!(!file.windows(secret.len()).any(|part| part == secret.as_bytes()));
    }
}

#[tokio::test]
async fn a_credential_has_only_the_requested_scopes() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let agent = tenant.agent("A").await;
    let path = format!("/api/v1/agents/{agent}/credentials");
    let made = tenant.post(&path, &json!({})).await.expect(StatusCode::CREATED);
    assert_eq!(made["scope"], json!("agents:read tokens:read audit:read"));
    let one = tenant.post(&path, &json!({ "scopes": ["agents:read"] })).await.expect(StatusCode::CREATED);
    assert_eq!(one["scope"], json!("agents:read"));
    assert_eq!(tenant.post(&path, &json!({ "scopes": ["admin:orgs"] })).await.wrong_fields(), ["scopes[0]"]);
    assert_eq!(tenant.post(&path, &json!({ "scopes": ["agents:read", "x"] })).await.wrong_fields(), ["scopes[1]"]);
    assert_eq!(tenant.post(&path, &json!({ "scopes": [] })).await.wrong_fields(), ["scopes"]);
    assert_eq!(tenant.post(&path, &json!({ "expiresInSeconds": 5 })).await.wrong_fields(), ["expiresInSeconds"]);
    // An agent can't grant more scopes than it has.
    let (_, secret) = tenant.credential(&agent, json!({ "scopes": ["agents:write"] })).await;
    let writer = tenant.with_token(&tenant.token_of(&agent, &secret, None).await);
    assert_eq!(writer.post(&path, &json!({ "scopes": ["audit:read"] })).await.wrong_fields(), ["scopes[0]"]);
    writer.post(&path, &json!({ "scopes": ["agents:write"] })).await.expect(StatusCode::CREATED);
}

#[tokio::test]
async fn the_old_credential_works_during_the_requested_overlap() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let agent = tenant.agent("A").await;
    let (id, old) = tenant.credential(&agent, json!({ "scopes": ["audit:read"] })).await;
    let path = |id: &str| format!("/api/v1/agents/{agent}/credentials/{id}/rotate");
    let made = tenant.post(&path(&id), &json!({ "overlapSeconds": 60 })).await.expect(StatusCode::CREATED);
    assert_eq!(made["scope"], json!("audit:read"));
    let new = made["clientSecret"].as_str().expect("a secret").to_owned();
    tenant.token_of(&agent, &old, None).await;
    tenant.token_of(&agent, &new, None).await;
    app.clock.advance(Duration::from_mins(1));
    let form = |secret: &str| {
        [
            ("grant_type", "client_credentials".to_owned()),
            ("client_id", agent.clone()),
            ("client_secret", secret.to_owned()),
        ]
    };
    let request_token = async |secret: &str| {
        let fields = form(secret);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        app.anonymous().form("/api/v1/token", &fields).await.status
    };
    assert_eq!((request_token(&old).await, request_token(&new).await), (StatusCode::UNAUTHORIZED, StatusCode::OK));
    assert_eq!(request_token("sagent_nobody-has-it").await, StatusCode::UNAUTHORIZED);
    let failures = tenant.get("/api/v1/audit?outcome=failure").await.expect(StatusCode::OK);
    assert_eq!((&failures["total"], &failures["data"][0]["action"]), (&json!(1), &json!("token.refused")));
    assert_eq!(failures["data"][0]["metadata"], json!({ "credentialId": id, "reason": "credential_ended" }));
    assert_eq!(tenant.post(&path(&id), &json!({})).await.wrong_fields(), ["credentialId"], "already revoked");
    let new_id = made["credentialId"].as_str().expect("text");
    assert_eq!(
        tenant.post(&path(new_id), &json!({ "overlapSeconds": 604_801 })).await.wrong_fields(),
        ["overlapSeconds"]
    );
    tenant.post(&path(new_id), &json!({})).await.expect(StatusCode::CREATED);
    assert_eq!(request_token(&new).await, StatusCode::UNAUTHORIZED, "without an overlap, it is revoked immediately");
    // A credential with a lifetime gets the same lifetime on rotation.
    let (id, _) = tenant.credential(&agent, json!({ "expiresInSeconds": 3600 })).await;
    let made = tenant.post(&path(&id), &json!({ "overlapSeconds": 1 })).await.expect(StatusCode::CREATED);
    let expiry: jiff::Timestamp = made["expiresAt"].as_str().expect("an expiry").parse().expect("a time");
    let left = expiry.as_second() - app.clock.now().as_second();
    assert!((3590..=3601).contains(&left), "{left}");
}

#[tokio::test]
async fn the_first_call_of_a_credential_is_recorded_once() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let agent = tenant.agent("A").await;
    let caller = tenant.as_agent(&agent).await;
    let path = format!("/api/v1/agents/{agent}");
    let calls = (0..8).map(|_| caller.get(&path));
    for response in futures_util::future::join_all(calls).await {
        response.expect(StatusCode::OK);
    }
    let events =
        tenant.get(&format!("/api/v1/audit?action=api.first_call&agentId={agent}")).await.expect(StatusCode::OK);
    assert_eq!(events["total"], json!(1));
    let metadata = &events["data"][0]["metadata"];
    assert_eq!((&metadata["method"], &metadata["path"]), (&json!("GET"), &json!(path)));
    let list = tenant.get(&format!("{path}/credentials")).await.expect(StatusCode::OK);
    assert!(list["data"][0]["firstCallAt"].is_string());
}

#[tokio::test]
async fn an_agent_can_have_twenty_active_credentials() {
    let app = TestApp::start().await;
    let tenant = app.verified("many").await;
    let agent = tenant.agent("A").await;
    let path = format!("/api/v1/agents/{agent}/credentials");
    let (first, _) = tenant.credential(&agent, json!({})).await;
    for _ in 1..20 {
        tenant.credential(&agent, json!({})).await;
    }
    let refused = tenant.post(&path, &json!({})).await.refused(429, "TIER_LIMIT_EXCEEDED");
    assert_eq!(refused["message"], json!("An agent can have at most 20 active credentials. Revoke one first."));
    assert_eq!(refused["details"], json!({ "limit": 20, "current": 20, "resetSeconds": null }));
    assert_eq!(tenant.delete(&format!("{path}/{first}")).await.status, StatusCode::NO_CONTENT);
    tenant.post(&path, &json!({})).await.expect(StatusCode::CREATED);
}

#[tokio::test]
async fn an_agent_cannot_extend_its_own_scopes_or_lifetime() {
    let app = TestApp::start().await;
    let tenant = app.verified("given").await;
    let agent = tenant.agent("A").await;
    let path = format!("/api/v1/agents/{agent}/credentials");
    let (wide, _) = tenant.credential(&agent, json!({})).await;
    let (_, secret) =
        tenant.credential(&agent, json!({ "scopes": ["agents:write", "agents:read"], "expiresInSeconds": 600 })).await;
    let writer = tenant.with_token(&tenant.token_of(&agent, &secret, None).await);
    let made = writer.post(&path, &json!({})).await.expect(StatusCode::CREATED);
    assert_eq!(made["scope"], json!("agents:read"));
    assert!(made["expiresAt"].is_string(), "{made}");
    writer.post(&format!("{path}/{wide}/rotate"), &json!({})).await.refused(403, "FORBIDDEN");
}

#[tokio::test]
async fn credentials_of_decommissioned_agents_cannot_be_rotated() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let agent = tenant.agent("A").await;
    let (id, _) = tenant.credential(&agent, json!({})).await;
    tenant.delete(&format!("/api/v1/agents/{agent}")).await;
    let path = format!("/api/v1/agents/{agent}/credentials");
    for path in [format!("{path}/{id}/rotate"), path] {
        let refused = tenant.post(&path, &json!({})).await.refused(410, "AGENT_REMOVED");
        assert_eq!(refused["details"]["reason"], json!("decommissioned"));
    }
}
