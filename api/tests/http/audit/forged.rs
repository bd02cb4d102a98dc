//! Chains that someone with access to the database forged together with their head.

use std::time::Duration;

use domain::audit::Event;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{chain, tenant_with_events, verify};
use crate::database::Database;
use crate::support::{Tenant, TestApp};

const HEAD: &str = "/api/v1/audit/head";

/// Rewrites an event of a chain, and with it all later events and the head, as the service would have written them.
async fn rewrite(database: &mut Database, tenant: &Tenant) {
    let mut previous = None;
    for row in chain(database, tenant).await {
        let sql = format!("SELECT COALESCE(agent_id, '') FROM audit_events WHERE event_id = '{}'", row.event_id);
        let agent = database.rows(sql).await.remove(0).remove(0);
        let metadata: Value = serde_json::from_str(&row.metadata).expect("JSON");
        let event = json!({
            "seq": row.seq, "eventId": row.event_id, "timestamp": row.timestamp, "organizationId": tenant.id,
            "agentId": (!agent.is_empty()).then_some(agent), "actor": "somebody-else", "action": row.action,
            "outcome": row.outcome, "metadata": metadata, "hash": "",
            "previousHash": previous.clone().unwrap_or_else(|| "0".repeat(64)),
        });
        let event = serde_json::from_value::<Event>(event).expect("an event").with_hash();
        let change = format!(
            "UPDATE audit_events SET actor = '{}', previous_hash = '{}', hash = '{}' WHERE event_id = '{}'",
            event.actor, event.previous_hash, event.hash, row.event_id
        );
        database.run(change).await;
        previous = Some(event.hash);
    }
    let hash = previous.expect("events");
    database.run(format!("UPDATE audit_heads SET hash = '{hash}' WHERE organization_id = '{}'", tenant.id)).await;
}

#[tokio::test]
async fn a_chain_that_was_rewritten_with_its_head_is_not_authentic_and_never_becomes_so() {
    let app = TestApp::start().await;
    let tenant = tenant_with_events(&app).await;
    tenant.get(HEAD).await.expect(StatusCode::OK);
    let mut database = Database::of(&app).await;
    rewrite(&mut database, &tenant).await;
    for _ in 0..2 {
        let result = verify(&tenant).await;
        assert_eq!((&result["fault"], &result["reachesHead"]), (&json!(null), &json!(true)), "the hashes match");
        assert_eq!((&result["verified"], &result["headAuthentic"]), (&json!(false), &json!(false)));
        tenant.get(HEAD).await.refused(409, "AUDIT_TRAIL_BROKEN");
        // The chain goes on, and its new head is no more authentic.
        tenant.agent("Later").await;
    }
    // Neither does a head without a code, nor the code of another chain.
    let (honest, other) = (app.verified("honest").await, app.verified("other").await);
    let codes = [
        format!("UPDATE audit_heads SET mac = NULL WHERE organization_id = '{}'", honest.id),
        format!(
            "UPDATE audit_heads SET mac = (SELECT mac FROM audit_heads WHERE organization_id = '{}') WHERE organization_id = '{}'",
            other.id, honest.id
        ),
        format!("DELETE FROM audit_heads WHERE organization_id = '{}'", honest.id),
    ];
    for change in codes {
        database.run(&*change).await;
        assert_eq!(verify(&honest).await["verified"], json!(false), "{change}");
        honest.get(HEAD).await.refused(409, "AUDIT_TRAIL_BROKEN");
    }
    assert_eq!(verify(&other).await["verified"], json!(true));
}

#[tokio::test]
async fn a_chain_that_was_set_back_with_its_head_contradicts_its_anchor() {
    let app = TestApp::start().await;
    let tenant = tenant_with_events(&app).await;
    let mut database = Database::of(&app).await;
    // A copy of the head with its code, as in an old backup.
    database.run("CREATE TABLE stolen AS SELECT * FROM audit_heads").await;
    let before = verify(&tenant).await["headSeq"].as_u64().expect("a number");
    tenant.agent("To be hidden").await;
    api::jobs::anchor_trails(&app.app).await.expect("anchored");
    let anchored = verify(&tenant).await;
    assert_eq!((&anchored["verified"], &anchored["anchor"]["headSeq"]), (&json!(true), &json!(before + 1)));
    let own = format!("organization_id = '{}'", tenant.id);
    database.run(format!("DELETE FROM audit_events WHERE {own} AND audit_events.seq > {before}")).await;
    database.run(format!("DELETE FROM audit_heads WHERE {own}")).await;
    database.run(format!("INSERT INTO audit_heads SELECT * FROM stolen WHERE {own}")).await;
    let result = verify(&tenant).await;
    assert_eq!((&result["headAuthentic"], &result["reachesHead"]), (&json!(true), &json!(true)), "an old state");
    assert_eq!((&result["verified"], &result["reachesAnchor"]), (&json!(false), &json!(false)));
    tenant.get(HEAD).await.refused(409, "AUDIT_TRAIL_BROKEN");
    // Other events in its place don't help: the anchor has a hash.
    api::jobs::anchor_trails(&app.app).await.expect("anchored");
    assert_eq!(app.app.metrics.broken_trails.get(), 1);
    tenant.agent("Another").await;
    tenant.agent("And another").await;
    api::jobs::anchor_trails(&app.app).await.expect("anchored");
    let result = verify(&tenant).await;
    assert_eq!((&result["verified"], &result["reachesAnchor"]), (&json!(false), &json!(false)));
    tenant.get(HEAD).await.refused(409, "AUDIT_TRAIL_BROKEN");
    // A deleted organization, whose chain grew since its anchor, contradicts nothing.
    let deleted = app.verified("deleted").await;
    api::jobs::anchor_trails(&app.app).await.expect("anchored");
    deleted.delete("/api/v1/organizations/me").await.expect(StatusCode::ACCEPTED);
    app.clock.advance(Duration::from_hours(24 * 7 + 1));
    api::jobs::delete_expired(&app.app).await.expect("deleted");
    api::jobs::anchor_trails(&app.app).await.expect("anchored");
    assert_eq!(app.app.metrics.broken_trails.get(), 1);
    // The anchors survive a restart.
    database.close().await;
    let (id, secret) = (tenant.id.clone(), tenant.secret.clone());
    let folder = app.stop().await;
    let app = TestApp::in_folder(folder, &[]).await;
    let token = app.anonymous().token_of(&id, &secret, None).await;
    let result = app.anonymous().with_token(&token).get("/api/v1/audit/verify").await.expect(StatusCode::OK);
    assert_eq!(result["reachesAnchor"], json!(false));
}
