//! `/organizations/me`

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;

use crate::support::TestApp;

const PATH: &str = "/api/v1/organizations/me";

#[tokio::test]
async fn names_and_slugs_are_updated_and_used_slugs_stay_reserved() {
    let app = TestApp::start().await;
    let (tenant, other) = (app.verified("first").await, app.verified("second").await);
    let changed = tenant.patch(PATH, &json!({ "displayName": "First", "slug": "first" })).await.expect(StatusCode::OK);
    assert_eq!((&changed["displayName"], &changed["slug"]), (&json!("First"), &json!("first")));
    tenant.patch(PATH, &json!({ "slug": "renamed" })).await.expect(StatusCode::OK);
    for taken in ["first", "renamed"] {
        assert_eq!(other.patch(PATH, &json!({ "slug": taken })).await.wrong_fields(), ["slug"], "{taken}");
    }
    tenant.patch(PATH, &json!({ "slug": "first" })).await.expect(StatusCode::OK);
    let emptied = tenant.patch(PATH, &json!({ "displayName": "" })).await.expect(StatusCode::OK);
    assert_eq!(emptied["displayName"], json!(null));
    assert_eq!(tenant.patch(PATH, &json!({ "name": "", "slug": "A" })).await.wrong_fields(), ["name", "slug"]);
}

#[tokio::test]
async fn the_first_name_replaces_the_placeholder_everywhere() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let nameless = tenant.agent("Registered before").await;
    let of_team =
        tenant.register(json!({ "name": "Of a team", "owner": "Desk", "capabilities": ["orders:read"] })).await;
    let agent = async |id: &str| tenant.get(&format!("/api/v1/agents/{id}")).await.expect(StatusCode::OK);
    let before = agent(&nameless).await;
    assert_eq!(before["owner"], json!("Unnamed organization"));
    app.clock.advance(Duration::from_secs(2));
    // The display name is independent.
    tenant.patch(PATH, &json!({ "displayName": "Quay" })).await.expect(StatusCode::OK);
    assert_eq!(agent(&nameless).await, before);
    let named = tenant.patch(PATH, &json!({ "name": "Quay & Sons" })).await.expect(StatusCode::OK);
    let slug = named["slug"].as_str().expect("a slug");
    assert!(slug.starts_with("quay-sons-"), "{slug}");
    let after = agent(&nameless).await;
    assert_eq!((&after["owner"], &after["did"]), (&json!("Quay & Sons"), &before["did"]));
    assert_ne!(after["updatedAt"], before["updatedAt"]);
    assert_eq!(agent(of_team["agentId"].as_str().expect("an id")).await["owner"], json!("Desk"));
    // A later name doesn't change the owner of agents.
    tenant.patch(PATH, &json!({ "name": "Quay" })).await.expect(StatusCode::OK);
    assert_eq!(agent(&nameless).await["owner"], json!("Quay & Sons"));
    let trail = tenant.get("/api/v1/audit?action=agent.updated").await.expect(StatusCode::OK);
    assert_eq!(trail["data"].as_array().map(Vec::len), Some(1), "{trail}");
    assert_eq!(trail["data"][0]["metadata"]["fields"], json!(["owner"]));
    let trail = tenant.get("/api/v1/audit?action=organization.updated").await.expect(StatusCode::OK);
    let fields: Vec<_> =
        trail["data"].as_array().expect("events").iter().map(|one| &one["metadata"]["fields"]).collect();
    assert!(fields.contains(&&json!(["name", "slug"])), "{fields:?}");
}

#[tokio::test]
async fn an_organization_can_always_return_to_a_former_slug() {
    let app = TestApp::start().await;
    let tenant = app.verified("traveller").await;
    let first = tenant.get(PATH).await.body["slug"].clone();
    for stop in ["stop-one", "stop-two", "stop-three", "stop-four", "stop-five"] {
        tenant.patch(PATH, &json!({ "slug": stop })).await.expect(StatusCode::OK);
    }
    for slug in [json!("stop-two"), first, json!("stop-five")] {
        assert_eq!(tenant.patch(PATH, &json!({ "slug": "stop-six" })).await.wrong_fields(), ["slug"]);
        let back = tenant.patch(PATH, &json!({ "slug": slug })).await.expect(StatusCode::OK);
        assert_eq!(back["slug"], slug);
    }
    assert_eq!(app.verified("other").await.patch(PATH, &json!({ "slug": "stop-one" })).await.wrong_fields(), ["slug"]);
}

#[tokio::test]
async fn a_deletion_can_be_canceled_for_seven_days() {
    let app = TestApp::start().await;
    let tenant = app.verified("leaving").await;
    let scheduled = tenant.delete(PATH).await.expect(StatusCode::ACCEPTED);
    assert!(scheduled["deletionAt"].is_string());
    let restored = tenant.post("/api/v1/organizations/me/restore", &json!({})).await.expect(StatusCode::OK);
    assert_eq!(restored["deletionAt"], json!(null));
    tenant.delete(PATH).await.expect(StatusCode::ACCEPTED);
    app.clock.advance(Duration::from_secs(7 * 86_400 - 5));
    api::jobs::delete_expired(&app.app).await.expect("removed");
    let caller = tenant.with_token(&tenant.token_of(&tenant.id, &tenant.secret, None).await);
    caller.get(PATH).await.expect(StatusCode::OK);
    app.clock.advance(Duration::from_secs(10));
    api::jobs::delete_expired(&app.app).await.expect("removed");
    caller.get(PATH).await.refused(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn an_agent_cannot_act_for_its_organization() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let agent = tenant.agent("A").await;
    let caller = tenant.as_agent(&agent).await;
    caller.get(PATH).await.refused(403, "FORBIDDEN");
    caller.delete(PATH).await.refused(403, "FORBIDDEN");
    caller.get("/api/v1/audit/export").await.refused(403, "FORBIDDEN");
}

#[tokio::test]
async fn limits_and_usage_are_reported() {
    let app = TestApp::start().await;
    let tenant = app.verified("usage").await;
    tenant.agent("A").await;
    let status = tenant.get("/api/v1/tiers/status").await.expect(StatusCode::OK);
    assert_eq!(status["limits"], json!({ "maxAgents": 10, "maxCallsPerDay": 1000, "maxTokensPerDay": 1000 }));
    assert_eq!(status["usage"], json!({ "agentCount": 1, "callsToday": 2, "tokensToday": 1 }));
    app.app.usage.flush().await.expect("written");
    app.clock.advance(Duration::from_hours(24));
    let caller = tenant.with_token(&tenant.token_of(&tenant.id, &tenant.secret, None).await);
    let next_day = caller.get("/api/v1/tiers/status").await.expect(StatusCode::OK);
    assert_eq!(next_day["usage"], json!({ "agentCount": 1, "callsToday": 1, "tokensToday": 1 }));
}

#[tokio::test]
async fn confusable_display_names_are_rejected() {
    let app = TestApp::start().await;
    let (first, other) = (app.verified("Northquay Freight").await, app.verified("Someone else").await);
    for taken in ["NORTHQUAY freight", "N\u{43e}rthquay Freight", "Northquay-Frelght"] {
        other.patch(PATH, &json!({ "displayName": taken })).await.refused(409, "NAME_NOT_AVAILABLE");
        other.patch(PATH, &json!({ "displayName": null, "name": taken })).await.refused(409, "NAME_NOT_AVAILABLE");
    }
    // Another spelling of its own name is allowed.
    first.patch(PATH, &json!({ "displayName": "Northquay FREIGHT" })).await.expect(StatusCode::OK);
    // Unpublished names are unrestricted; after verification, the slug is shown instead.
    let late = app.verified("northquay freight").await;
    let shown = late.get(PATH).await.expect(StatusCode::OK);
    assert_eq!((&shown["name"], &shown["displayName"]), (&json!("northquay freight"), &shown["slug"]));
    // Unused names are available again.
    first.patch(PATH, &json!({ "displayName": "Quay" })).await.expect(StatusCode::OK);
    late.patch(PATH, &json!({ "displayName": "Northquay Freight" })).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn mixed_script_names_cannot_be_published() {
    let app = TestApp::start().await;
    let tenant = app.verified("publisher").await;
    let agent = tenant.agent("Invoice screener").await;
    let path = format!("/api/v1/agents/{agent}");
    let mixed = json!({ "name": "Inv\u{43e}ice screener" });
    tenant.patch(&path, &mixed).await.expect(StatusCode::OK);
    let refused = tenant.patch(&path, &json!({ "isPublic": true })).await.refused(409, "NAME_NOT_AVAILABLE");
    assert!(refused["message"].as_str().is_some_and(|message| message.contains("Inv\u{43e}ice")), "{refused}");
    tenant.patch(&path, &json!({ "isPublic": true, "name": "Invoice screener" })).await.expect(StatusCode::OK);
    tenant.patch(&path, &mixed).await.refused(409, "NAME_NOT_AVAILABLE");
}
