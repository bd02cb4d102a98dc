//! `/marketplace/changes`: every change of an agent's public data, and its removal.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;

use super::claim_rows::{insert_claims, pending, valid_until};
use super::id;
use crate::support::{Caller, TestApp};

const ORGANIZATION: &str = "/api/v1/organizations/me";

/// A reader of the change feed, with its cursor.
struct FeedReader {
    reader: Caller,
    cursor: String,
}

impl FeedReader {
    async fn start(app: &TestApp) -> Self {
        let mut feed = Self { reader: app.anonymous(), cursor: String::new() };
        feed.changes().await;
        feed
    }

    /// Changes since the last call, as agent ID and kind.
    async fn changes(&mut self) -> Vec<(String, String)> {
        let since = if self.cursor.is_empty() { String::new() } else { format!("&since={}", self.cursor) };
        let path = format!("/api/v1/marketplace/changes?limit=1000{since}");
        let body = self.reader.get(&path).await.expect(StatusCode::OK);
        assert_eq!((&body["reset"], &body["hasMore"]), (&json!(false), &json!(false)));
        body["nextCursor"].as_str().expect("a cursor").clone_into(&mut self.cursor);
        let data = body["data"].as_array().expect("a list").iter();
        data.map(|change| (id(change), change["kind"].as_str().expect("a kind").to_owned())).collect()
    }
}

/// The same change of several agents, in their order.
fn each(kind: &str, agents: &[&String]) -> Vec<(String, String)> {
    agents.iter().map(|agent| ((*agent).clone(), kind.to_owned())).collect()
}

#[tokio::test]
async fn renaming_and_deleting_a_publisher_lists_a_change_for_each_listed_agent() {
    let app = TestApp::start().await;
    let tenant = app.verified("Publisher").await;
    let public = async |name: &str| id(&tenant.register(json!({ "name": name, "isPublic": true })).await);
    let (first, second, suspended) = (public("First").await, public("Second").await, public("Third").await);
    tenant.agent("Private").await;
    let path = format!("/api/v1/agents/{suspended}");
    tenant.patch(&path, &json!({ "status": "suspended" })).await.expect(StatusCode::OK);
    let shown = [&first, &second];
    let mut feed = FeedReader::start(&app).await;
    for change in [
        json!({ "displayName": "Shown" }),
        json!({ "name": "Renamed" }),
        json!({ "displayName": null }),
        json!({ "slug": "renamed" }),
        json!({ "displayName": "Both", "slug": "both" }),
    ] {
        tenant.patch(ORGANIZATION, &change).await.expect(StatusCode::OK);
        assert_eq!(feed.changes().await, each("changed", &shown), "{change}");
        tenant.patch(ORGANIZATION, &change).await.expect(StatusCode::OK);
        assert_eq!(feed.changes().await, [], "repeating {change} has no effect");
    }
    for _ in 0..2 {
        tenant.delete(ORGANIZATION).await.expect(StatusCode::ACCEPTED);
    }
    assert_eq!(feed.changes().await, each("hidden", &shown), "deletion requested");
    for _ in 0..2 {
        tenant.post(&format!("{ORGANIZATION}/restore"), &json!({})).await.expect(StatusCode::OK);
    }
    assert_eq!(feed.changes().await, each("published", &shown), "deletion canceled");
    tenant.delete(ORGANIZATION).await.expect(StatusCode::ACCEPTED);
    feed.changes().await;
    // Clients that pause for longer than the retention reload everything.
    for _ in 0..7 {
        app.clock.advance(Duration::from_hours(24));
        assert_eq!(feed.changes().await, []);
    }
    app.clock.advance(Duration::from_secs(10));
    api::jobs::delete_expired(&app.app).await.expect("removed");
    assert_eq!(feed.changes().await, each("gone", &[&first, &second, &suspended]), "all agents that were ever listed");
}

#[tokio::test]
async fn hidden_published_and_removed_agents_are_listed_as_changes() {
    let app = TestApp::start().await;
    let tenant = app.verified("Publisher").await;
    let agent = id(&tenant.register(json!({ "isPublic": true })).await);
    let (agent_path, never) = (format!("/api/v1/agents/{agent}"), tenant.agent("Never shown").await);
    let mut feed = FeedReader::start(&app).await;
    for (change, kind) in [
        (json!({ "status": "suspended" }), Some("hidden")),
        (json!({ "description": "Hidden." }), None),
        (json!({ "status": "active" }), Some("published")),
        (json!({ "isPublic": false }), Some("hidden")),
        (json!({ "isPublic": true, "name": "Shown again" }), Some("published")),
        (json!({ "description": "Shown." }), Some("changed")),
        (json!({ "status": "suspended" }), Some("hidden")),
    ] {
        tenant.patch(&agent_path, &change).await.expect(StatusCode::OK);
        let expected: Vec<_> = kind.into_iter().map(|kind| (agent.clone(), kind.to_owned())).collect();
        assert_eq!(feed.changes().await, expected, "{change}");
    }
    tenant.delete(&agent_path).await;
    assert_eq!(feed.changes().await, each("gone", &[&agent]), "although it was not listed anymore");
    tenant.delete(&agent_path).await;
    tenant.delete(&format!("/api/v1/agents/{never}")).await;
    assert_eq!(feed.changes().await, [], "agents that were never listed cause no change");
}

#[tokio::test]
async fn an_expired_claim_lists_a_change_for_the_agents_that_show_it() {
    let app = TestApp::start().await;
    let tenant = app.verified("Publisher").await;
    let public = async |name: &str| id(&tenant.register(json!({ "name": name, "isPublic": true })).await);
    let (first, second) = (public("First").await, public("Second").await);
    let private = tenant.agent("Private").await;
    let end = app.clock.now_ms() + 60_000;
    let claims = vec![
        valid_until(pending(&tenant, Some(&second), "domain", "a.example"), end),
        valid_until(pending(&tenant, Some(&private), "domain", "b.example"), end),
        valid_until(pending(&tenant, None, "domain", "c.example"), end + 60_000),
    ];
    insert_claims(&app, claims, &[]).await;
    let mut feed = FeedReader::start(&app).await;
    for agents in [&[&second][..], &[&first, &second], &[]] {
        app.clock.advance(Duration::from_mins(1));
        api::jobs::recheck_claims(&app.app).await.expect("a run");
        assert_eq!(feed.changes().await, each("changed", agents));
    }
}

/// An actor is looked up before its write; its email address may be verified in between.
#[tokio::test]
async fn agents_published_during_verification_are_listed_as_changes() {
    let app = TestApp::start().await;
    let email = "ops@northquay.example";
    let made = app.send_signup(Some(email)).await;
    let text = |field: &str| made["credential"][field].as_str().expect("text").to_owned();
    let token = app.anonymous().token_of(&text("clientId"), &text("clientSecret"), None).await;
    let owner = app.anonymous().with_token(&token);
    let fields = json!({ "name": "Waits", "agentType": "custom", "capabilities": ["a:b"] });
    let waits = id(&owner.post("/api/v1/agents", &fields).await.expect(StatusCode::CREATED));
    let code = app.code(email, "/verify/").await;
    let mut feed = FeedReader::start(&app).await;

    // All three wait behind one write, in this order: the writer's queue says when each of them has arrived.
    let writer = app.hold_writer().await;
    let reader = app.anonymous();
    let confirming = tokio::spawn(async move {
        reader.post("/api/v1/signup/verify", &json!({ "token": code, "credentials": "keep" })).await
    });
    writer.until_waiting(1).await;
    let (caller, path) = (owner.clone(), format!("/api/v1/agents/{waits}"));
    let publishing = tokio::spawn(async move { caller.patch(&path, &json!({ "isPublic": true })).await });
    let registering = tokio::spawn(async move {
        let new = json!({ "name": "New", "agentType": "custom", "capabilities": ["a:b"], "isPublic": true });
        owner.post("/api/v1/agents", &new).await
    });
    writer.until_waiting(3).await;
    writer.release().await;
    confirming.await.expect("a task").expect(StatusCode::OK);
    let published = publishing.await.expect("a task").expect(StatusCode::OK);
    let new = registering.await.expect("a task").expect(StatusCode::CREATED);
    assert!(published["publishedAt"].is_string() && new["publishedAt"].is_string());
    let mut changes = feed.changes().await;
    changes.sort();
    let mut expected = each("published", &[&waits, &id(&new)]);
    expected.sort();
    assert_eq!(changes, expected);
}
