//! DID documents and agent cards.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::TestApp;

fn key() -> serde_json::Value {
    json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "kid": "signing 1" })
}

#[tokio::test]
async fn a_did_resolves_at_its_did_web_url() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let agent = tenant.register(json!({ "publicKeys": [key()], "endpointUrl": "https://agents.example.com/a" })).await;
    let (id, did) = (agent["agentId"].as_str().expect("text"), agent["did"].as_str().expect("text"));
    let port = app.url.rsplit(':').next().expect("a port");
    assert_eq!(did, format!("did:web:localhost%3A{port}:agents:{id}"));
    let response = app.anonymous().get(&format!("/agents/{id}/did.json")).await;
    assert_eq!(response.header("content-type"), "application/did+json");
    let document = response.expect(StatusCode::OK);
    assert_eq!(document["id"], json!(did));
    assert_eq!(document["verificationMethod"][0]["publicKeyJwk"], key());
    assert_eq!(document["authentication"], json!([format!("{did}#signing_1")]));
    let new =
        app.anonymous().request(Method::GET, &format!("/agents/{id}/did.json")).header("accept", "application/did");
    assert_eq!(app.anonymous().send(new).await.header("content-type"), "application/did");
    let alias = app.anonymous().get(&format!("/api/v1/agents/{id}/did")).await;
    assert_eq!(alias.expect(StatusCode::OK), document);
}

#[tokio::test]
async fn documents_of_suspended_agents_have_no_keys_and_decommissioned_agents_return_410() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let id = tenant.register(json!({ "publicKeys": [key()] })).await["agentId"].as_str().expect("text").to_owned();
    tenant.patch(&format!("/api/v1/agents/{id}"), &json!({ "status": "suspended" })).await.expect(StatusCode::OK);
    let document = app.anonymous().get(&format!("/agents/{id}/did.json")).await.expect(StatusCode::OK);
    assert_eq!(document["authentication"], json!([]));
    tenant.delete(&format!("/api/v1/agents/{id}")).await;
    app.anonymous().get(&format!("/agents/{id}/did.json")).await.refused(410, "AGENT_REMOVED");
    let resolution = app.anonymous().get(&format!("/api/v1/agents/{id}/did/resolve")).await.expect(StatusCode::GONE);
    assert_eq!(
        (&resolution["didDocumentMetadata"]["deactivated"], &resolution["didDocument"]),
        (&json!(true), &json!(null))
    );
}

#[tokio::test]
async fn only_published_agents_with_an_endpoint_have_a_card() {
    let app = TestApp::start().await;
    let (tenant, provisional) = (app.verified("cards").await, app.provisional().await);
    let endpoint = "https://agents.example.com/a";
    let with = tenant.register(json!({ "endpointUrl": endpoint, "isPublic": true })).await;
    for without in [
        tenant.register(json!({ "isPublic": true })).await,
        tenant.register(json!({ "endpointUrl": endpoint })).await,
        tenant.register(json!({ "endpointUrl": endpoint, "isPublic": true, "status": "suspended" })).await,
        provisional.register(json!({ "endpointUrl": endpoint, "isPublic": true })).await,
    ] {
        let id = without["agentId"].as_str().expect("text");
        app.anonymous().get(&format!("/agents/{id}/agent-card.json")).await.refused(404, "AGENT_NOT_FOUND");
        let document = app.anonymous().get(&format!("/agents/{id}/did.json")).await.expect(StatusCode::OK);
        assert!(document.get("service").is_none(), "{document}");
    }
    let id = with["agentId"].as_str().expect("text");
    for path in [format!("/agents/{id}/agent-card.json"), format!("/api/v1/agents/{id}/did/card")] {
        let card = app.anonymous().get(&path).await.expect(StatusCode::OK);
        for field in [
            "name",
            "description",
            "supportedInterfaces",
            "version",
            "capabilities",
            "defaultInputModes",
            "defaultOutputModes",
            "skills",
        ] {
            assert!(!card[field].is_null(), "{field}");
        }
        assert_eq!(card["supportedInterfaces"][0]["url"], json!("https://agents.example.com/a"));
        assert!(card["signatures"][0]["signature"].is_string());
    }
}
