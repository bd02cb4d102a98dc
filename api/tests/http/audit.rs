//! `/audit`: the chain and tampering with it.

mod checkpoint;
mod forged;

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::database::Database;
use crate::support::{Tenant, TestApp};

async fn verify(tenant: &Tenant) -> Value {
    tenant.get("/api/v1/audit/verify").await.expect(StatusCode::OK)
}

/// Event, as stored.
struct Row {
    seq: i64,
    event_id: String,
    timestamp: String,
    actor: String,
    action: String,
    outcome: String,
    metadata: String,
    previous_hash: String,
    hash: String,
}

async fn chain(database: &mut Database, tenant: &Tenant) -> Vec<Row> {
    let columns = "CAST(seq AS TEXT), event_id, timestamp, actor, action, outcome, metadata, previous_hash, hash";
    let sql =
        format!("SELECT {columns} FROM audit_events WHERE organization_id = '{}' ORDER BY audit_events.seq", tenant.id);
    let row = |row: Vec<String>| {
        let [seq, event_id, timestamp, actor, action, outcome, metadata, previous_hash, hash] =
            row.try_into().expect("nine columns");
        let seq = seq.parse().expect("a number");
        Row { seq, event_id, timestamp, actor, action, outcome, metadata, previous_hash, hash }
    };
    database.rows(sql).await.into_iter().map(row).collect()
}

async fn tenant_with_events(app: &TestApp) -> Tenant {
    let tenant = app.verified("audited").await;
    for index in 0..6 {
        tenant.agent(&format!("Agent {index}")).await;
    }
    assert_eq!(verify(&tenant).await["verified"], json!(true));
    tenant
}

#[tokio::test]
async fn writes_are_listed_in_order_and_filtered() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let agent = tenant.agent("A").await;
    tenant.credential(&agent, json!({})).await;
    tenant.patch(&format!("/api/v1/agents/{agent}"), &json!({ "version": "1.0.0" })).await.expect(StatusCode::OK);
    tenant.delete(&format!("/api/v1/agents/{agent}")).await;
    let list = tenant.get(&format!("/api/v1/audit?agentId={agent}")).await.expect(StatusCode::OK);
    let actions: Vec<_> =
        list["data"].as_array().expect("a list").iter().map(|event| event["action"].as_str().expect("text")).collect();
    assert_eq!(actions, ["agent.decommissioned", "agent.updated", "credential.created", "agent.registered"]);
    let event = &list["data"][0];
    let one =
        tenant.get(&format!("/api/v1/audit/{}", event["eventId"].as_str().expect("text"))).await.expect(StatusCode::OK);
    assert_eq!(&one, event);
    let until = event["timestamp"].as_str().expect("text");
    let earlier = tenant.get(&format!("/api/v1/audit?agentId={agent}&toDate={until}")).await.expect(StatusCode::OK);
    assert_eq!(earlier["total"], json!(3));
    let later = tenant.get(&format!("/api/v1/audit?fromDate={until}")).await.expect(StatusCode::OK);
    assert_eq!(later["total"], json!(1));
    assert_eq!(tenant.get("/api/v1/audit?fromDate=yesterday").await.wrong_fields(), ["fromDate"]);
    assert_eq!(tenant.get("/api/v1/audit?outcome=maybe").await.wrong_fields(), ["outcome"]);
}

#[tokio::test]
async fn the_export_is_the_whole_chain() {
    let app = TestApp::start().await;
    let tenant = tenant_with_events(&app).await;
    let text = tenant.get("/api/v1/audit/export").await.expect(StatusCode::OK);
    let text = text.as_str().expect("lines");
    let events: Vec<domain::audit::Event> =
        text.lines().map(|line| serde_json::from_str(line).expect("an event")).collect();
    let before = std::iter::once(None).chain(events.iter().map(Some));
    assert!(events.iter().zip(before).all(|(event, before)| event.find_fault(before).is_none()));
    let head = tenant.get("/api/v1/audit/head").await.expect(StatusCode::OK);
    assert_eq!(head["headHash"], json!(events.last().expect("events").hash));
}

#[tokio::test]
async fn verification_locates_each_altered_field() {
    let app = TestApp::start().await;
    let tenant = tenant_with_events(&app).await;
    let mut database = Database::of(&app).await;
    let events = chain(&mut database, &tenant).await;
    let victim = &events[3];
    let changes = [
        ("timestamp", "'2026-01-01T00:00:00.000000Z'", &victim.timestamp),
        ("actor", "'somebody'", &victim.actor),
        ("action", "'agent.updated'", &victim.action),
        ("outcome", "'failure'", &victim.outcome),
        ("metadata", "'{\"name\":\"Agent x\"}'", &victim.metadata),
        ("hash", "'00'", &victim.hash),
        ("previous_hash", "'00'", &victim.previous_hash),
        ("event_id", "'01993b6f-1111-7a00-8000-000000000003'", &victim.event_id),
    ];
    for (column, changed, original) in changes {
        let set = |value: &str| {
            format!(
                "UPDATE audit_events SET {column} = {value} WHERE organization_id = '{}' AND seq = {}",
                tenant.id, victim.seq
            )
        };
        database.run(set(changed)).await;
        let result = verify(&tenant).await;
        assert_eq!((&result["verified"], &result["brokenAtSeq"]), (&json!(false), &json!(victim.seq)), "{column}");
        database.run(set(&format!("'{original}'"))).await;
        assert_eq!(verify(&tenant).await["verified"], json!(true), "{column}");
    }
}

#[tokio::test]
async fn each_altered_byte_of_an_event_is_a_fault() {
    let app = TestApp::start().await;
    let tenant = tenant_with_events(&app).await;
    let text = tenant.get("/api/v1/audit/export").await.expect(StatusCode::OK);
    let lines: Vec<&str> = text.as_str().expect("lines").lines().collect();
    let (before, line) = (lines[3], lines[4]);
    let before: domain::audit::Event = serde_json::from_str(before).expect("an event");
    for index in 0..line.len() {
        let mut bytes = line.as_bytes().to_vec();
        bytes[index] ^= 1;
        let Ok(event) = serde_json::from_slice::<domain::audit::Event>(&bytes) else { continue };
        assert!(event.find_fault(Some(&before)).is_some(), "byte {index} of {line}");
    }
}

#[tokio::test]
async fn removed_events_and_truncated_tails_are_detected() {
    let app = TestApp::start().await;
    let tenant = tenant_with_events(&app).await;
    let mut database = Database::of(&app).await;
    let events = chain(&mut database, &tenant).await;
    let last = events.last().expect("events");
    let of_it = format!("FROM audit_events WHERE organization_id = '{}'", tenant.id);
    database.run(format!("DELETE {of_it} AND seq = {}", last.seq)).await;
    let result = verify(&tenant).await;
    assert_eq!(
        (&result["verified"], &result["reachesHead"], &result["headSeq"]),
        (&json!(false), &json!(false), &json!(last.seq))
    );
    database.run(format!("DELETE {of_it} AND seq = 4")).await;
    let result = verify(&tenant).await;
    assert_eq!(
        (&result["brokenAtSeq"], &result["fault"], &result["checkedCount"]),
        (&json!(5), &json!("gap"), &json!(3))
    );
    database.run(format!("DELETE {of_it}")).await;
    let result = verify(&tenant).await;
    assert_eq!(
        (&result["verified"], &result["checkedCount"], &result["reachesHead"]),
        (&json!(false), &json!(0), &json!(false))
    );
}

#[tokio::test]
async fn an_event_of_another_chain_is_detected() {
    let app = TestApp::start().await;
    let (tenant, other) = (tenant_with_events(&app).await, tenant_with_events(&app).await);
    let mut database = Database::of(&app).await;
    database.run(format!("DELETE FROM audit_events WHERE organization_id = '{}' AND seq = 4", tenant.id)).await;
    database
        .run(format!(
            "UPDATE audit_events SET organization_id = '{}' WHERE organization_id = '{}' AND seq = 4",
            tenant.id, other.id
        ))
        .await;
    assert_eq!(verify(&tenant).await["brokenAtSeq"], json!(4));
    assert_eq!(verify(&other).await["brokenAtSeq"], json!(5));
}

#[tokio::test]
async fn a_chain_without_its_head_is_not_verified() {
    let app = TestApp::start().await;
    let tenant = tenant_with_events(&app).await;
    let mut database = Database::of(&app).await;
    database.run(format!("DELETE FROM audit_events WHERE organization_id = '{}' AND seq > 3", tenant.id)).await;
    database.run(format!("DELETE FROM audit_heads WHERE organization_id = '{}'", tenant.id)).await;
    let result = verify(&tenant).await;
    assert_eq!((&result["verified"], &result["reachesHead"]), (&json!(false), &json!(false)));
}
