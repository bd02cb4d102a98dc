//! Names and addresses of deleted publishers, which stay reserved.

use super::*;

const ORGANIZATION: &str = "/api/v1/organizations/me";

/// A publisher with an agent, deleted after its grace period. Returns its slug and the ID of its agent.
async fn deleted_publisher(app: &TestApp) -> (String, String) {
    let tenant = app.verified("Northquay Freight").await;
    let agent = tenant.register(json!({ "isPublic": true })).await["agentId"].as_str().expect("an ID").to_owned();
    find(&app.anonymous(), "", 1).await;
    let renamed = json!({ "slug": "northquay-freight", "displayName": "Northquay Freight" });
    tenant.patch(ORGANIZATION, &renamed).await.expect(StatusCode::OK);
    tenant.delete(ORGANIZATION).await.expect(StatusCode::ACCEPTED);
    app.clock.advance(Duration::from_secs(7 * 86_400 + 5));
    api::jobs::delete_expired(&app.app).await.expect("removed");
    ("northquay-freight".to_owned(), agent)
}

#[tokio::test]
async fn the_addresses_of_a_deleted_publisher_and_its_agents_are_gone() {
    let app = TestApp::start().await;
    let (slug, agent) = deleted_publisher(&app).await;
    let reader = app.anonymous();
    reader.get(&format!("/api/v1/marketplace/publishers/{slug}")).await.refused(410, "PUBLISHER_REMOVED");
    let removed = reader.get(&format!("{AGENTS}/{agent}")).await.refused(410, "AGENT_REMOVED");
    assert_eq!(removed["details"]["reason"], json!("deleted"));
    reader.get(&format!("/agents/{agent}/did.json")).await.refused(410, "AGENT_REMOVED");
    let resolved = reader.get(&format!("/api/v1/agents/{agent}/did/resolve")).await.expect(StatusCode::GONE);
    assert_eq!(resolved["didDocumentMetadata"]["deactivated"], json!(true));
    reader.get("/api/v1/marketplace/publishers/nobody").await.refused(404, "NOT_FOUND");
}

#[tokio::test]
async fn the_slug_and_name_of_a_deleted_publisher_stay_reserved_until_an_operator_frees_them() {
    let app = TestApp::start().await;
    let (slug, _) = deleted_publisher(&app).await;
    let other = app.verified("other").await;
    let take_slug = json!({ "slug": slug });
    let take_name = json!({ "displayName": "NORTHQUAY freight" });
    assert_eq!(other.patch(ORGANIZATION, &take_slug).await.wrong_fields(), ["slug"]);
    other.patch(ORGANIZATION, &take_name).await.refused(409, "NAME_NOT_AVAILABLE");
    // A sign-up with that name gets another public name.
    let squatter = app.verified("Northquay Freight").await;
    let shown = squatter.get(ORGANIZATION).await.expect(StatusCode::OK);
    assert_ne!(shown["displayName"], json!("Northquay Freight"));
    app.operator(&["organizations", "release-name", &slug]).await;
    other.patch(ORGANIZATION, &take_slug).await.expect(StatusCode::OK);
    other.patch(ORGANIZATION, &take_name).await.expect(StatusCode::OK);
}
