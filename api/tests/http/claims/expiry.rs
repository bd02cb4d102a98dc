//! Daily checks, and the expiry of a claim.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;

use super::{actions, changes, check, claim, key, path, sign, text, world};
use crate::support::Tenant;

const DAY: Duration = Duration::from_hours(24);

#[tokio::test]
async fn a_key_claim_expires_after_seven_days_and_on_decommissioning() {
    let (servers, app) = world().await;
    let tenant = app.verified("ender").await;
    let (jwk, pair) = key();
    let agent = text(&tenant.register(json!({ "publicKeys": [jwk] })).await, "agentId").to_owned();
    let made = claim(&tenant, json!({ "kind": "key", "agentId": agent })).await;
    let signed = sign(&pair, text(&made["proof"], "nonce"));
    check(&tenant, &made, json!({ "signature": signed })).await;
    let domain = json!({ "kind": "domain", "agentId": agent, "target": "end.claims.example" });
    let domain = claim(&tenant, domain).await;
    servers.txt("end.claims.example", &[text(&domain["proof"], "dnsValue")]);
    check(&tenant, &domain, json!({})).await;
    app.clock.advance(Duration::from_mins(7 * 24 * 60 - 1));
    let tenant = app.again(tenant).await;
    api::jobs::recheck_claims(&app.app).await.expect("a run");
    assert_eq!(text(&tenant.get(&path(&made)).await.body, "state"), "valid");
    app.clock.advance(Duration::from_mins(2));
    assert_eq!(text(&tenant.get(&path(&made)).await.body, "state"), "expired", "before the job has run");
    assert!(!actions(&tenant).await.contains(&"claim.expired".to_owned()));
    api::jobs::recheck_claims(&app.app).await.expect("a run");
    api::jobs::recheck_claims(&app.app).await.expect("a run");
    let expired = |actions: &[String]| actions.iter().filter(|action| *action == "claim.expired").count();
    assert_eq!(expired(&actions(&tenant).await), 1);
    assert_eq!(text(&tenant.get(&path(&domain)).await.body, "state"), "valid");
    tenant.delete(&format!("/api/v1/agents/{agent}")).await;
    assert_eq!(text(&tenant.get(&path(&domain)).await.body, "state"), "expired");
    assert_eq!(expired(&actions(&tenant).await), 2);
    assert_eq!(tenant.post(&format!("{}/check", path(&domain)), &json!({})).await.wrong_fields(), ["claimId"]);
}

#[tokio::test]
async fn a_valid_claim_is_checked_daily_and_expires_after_three_consecutive_failures() {
    let (servers, app) = world().await;
    let mut tenant = app.verified("daily").await;
    let public = text(&tenant.register(json!({ "isPublic": true })).await, "agentId").to_owned();
    let made = claim(&tenant, json!({ "kind": "domain", "target": "daily.claims.example" })).await;
    let (name, value) = ("_sentryagent-claim.daily.claims.example", text(&made["proof"], "dnsValue").to_owned());
    servers.txt(name, &[&value]);
    check(&tenant, &made, json!({})).await;
    let run = async |tenant: Tenant| {
        app.clock.advance(DAY);
        let tenant = app.again(tenant).await;
        api::jobs::recheck_claims(&app.app).await.expect("a run");
        api::jobs::recheck_claims(&app.app).await.expect("a second run on the same day, which does nothing");
        let now = tenant.get(&path(&made)).await.expect(StatusCode::OK);
        (tenant, now)
    };
    let mut now;
    (tenant, now) = run(tenant).await;
    assert_eq!((text(&now, "state"), now["failuresInARow"].as_i64()), ("valid", Some(0)));
    servers.txt(name, &["gone"]);
    for failures in 1..=2 {
        (tenant, now) = run(tenant).await;
        assert_eq!((text(&now, "state"), now["failuresInARow"].as_i64()), ("valid", Some(failures)));
        let requested = check(&tenant, &made, json!({})).await;
        assert_eq!(requested["failuresInARow"].as_i64(), Some(failures), "callers' failures don't count");
    }
    servers.txt(name, &[&value]);
    (tenant, now) = run(tenant).await;
    assert_eq!((text(&now, "state"), now["failuresInARow"].as_i64()), ("valid", Some(0)), "a success resets the count");
    servers.txt(name, &["gone"]);
    for _ in 0..2 {
        (tenant, now) = run(tenant).await;
        assert_eq!(text(&now, "state"), "valid");
    }
    let change_count = changes(&app, &public).await;
    (tenant, now) = run(tenant).await;
    assert_eq!(text(&now, "state"), "expired");
    assert!(text(&now, "lastFailure").contains("has another value; expected"), "{now:#}");
    assert_eq!(changes(&app, &public).await, change_count + 1);
    assert_eq!(actions(&tenant).await.last().map(String::as_str), Some("claim.expired"));
    servers.txt(name, &[&value]);
    let (tenant, now) = run(tenant).await;
    assert_eq!(text(&now, "state"), "expired", "expired claims are checked on request only");
    assert_eq!(text(&check(&tenant, &made, json!({})).await, "state"), "valid");
}
