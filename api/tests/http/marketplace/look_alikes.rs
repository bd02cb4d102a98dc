//! `lookAlikes`: verified publishers with confusable names.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::claim_rows::{insert_claims, pending, valid_until};
use super::{AGENTS, id};
use crate::support::{Tenant, TestApp};

const HOUR_MS: i64 = 3_600_000;

async fn public(tenant: &Tenant, name: &str) -> String {
    id(&tenant.register(json!({ "name": name, "isPublic": true })).await)
}

/// Returns the names of an agent's look-alikes.
async fn look_alikes(app: &TestApp, agent: &str) -> Vec<String> {
    let shown = app.anonymous().get(&format!("{AGENTS}/{agent}")).await.expect(StatusCode::OK);
    let all = shown["lookAlikes"].as_array().unwrap_or_else(|| panic!("{shown:#}")).iter();
    all.map(|one| one["displayName"].as_str().expect("a name").to_owned()).collect()
}

/// Verifies the domain of an organization or its agent for an hour, without an outbox entry.
async fn verify_domain(app: &TestApp, tenant: &Tenant, agent: Option<&str>, domain: &str) {
    insert_claims(app, vec![valid_until(pending(tenant, agent, "domain", domain), app.clock.now_ms() + HOUR_MS)], &[])
        .await;
}

#[tokio::test]
async fn confusable_names_list_the_verified_publisher() {
    let app = TestApp::start().await;
    let (real, other) = (app.verified("Northquay Freight").await, app.verified("Someone else").await);
    let own = public(&real, "Northquay Freight billing").await;
    verify_domain(&app, &real, Some(&own), "agent.northquay.example").await;
    verify_domain(&app, &real, None, "northquay.example").await;
    let like = ["NORTHQUAY-FREIGHT", "Northquay Freight support", "Northquay Frieght"];
    for name in like {
        let agent = public(&other, name).await;
        let shown = app.anonymous().get(&format!("{AGENTS}/{agent}")).await.expect(StatusCode::OK);
        let slug = &real.made["organization"]["slug"];
        let expected = json!([{ "slug": slug, "displayName": "Northquay Freight", "domain": "northquay.example" }]);
        assert_eq!(shown["lookAlikes"], expected, "{name}: the organization's own domain comes first");
        let text = shown["lookAlikes"].to_string();
        assert!(!text.contains(&real.id), "{text}");
    }
    let unlike = public(&other, "Invoice screener").await;
    assert_eq!(look_alikes(&app, &unlike).await, [""; 0]);
    assert_eq!(look_alikes(&app, &own).await, [""; 0], "a publisher is not its own look-alike");
    // The name of a publisher counts like those of its agents.
    other
        .patch("/api/v1/organizations/me", &json!({ "displayName": "Northquay Freihgt" }))
        .await
        .expect(StatusCode::OK);
    assert_eq!(look_alikes(&app, &unlike).await, ["Northquay Freight"]);
    // Verified publishers match identical keys only.
    verify_domain(&app, &other, None, "else.example").await;
    app.clock.advance(Duration::from_mins(1));
    assert_eq!(look_alikes(&app, &unlike).await, [""; 0]);
    let same = public(&other, like[0]).await;
    assert_eq!(look_alikes(&app, &same).await, ["Northquay Freight"]);
    assert_eq!(look_alikes(&app, &own).await, [""; 0], "in both directions");
}

#[tokio::test]
async fn the_closest_five_are_listed() {
    let app = TestApp::start().await;
    for letter in ["a", "b", "c", "d", "e"] {
        let near = app.verified(&format!("Northquay Freight{letter}")).await;
        public(&near, "Desk").await;
        verify_domain(&app, &near, None, &format!("{letter}.example")).await;
    }
    let (same, short) = (app.verified("Northquay Freight").await, app.verified("Northquay").await);
    for (tenant, domain) in [(&same, "same.example"), (&short, "short.example")] {
        public(tenant, "Desk").await;
        verify_domain(&app, tenant, None, domain).await;
    }
    let agent = public(&app.verified("Someone").await, "Northquay Freight").await;
    let expected = ["Northquay Freight", "Northquay", "Northquay Freighta", "Northquay Freightb", "Northquay Freightc"];
    assert_eq!(look_alikes(&app, &agent).await, expected);
}

#[tokio::test]
async fn only_current_verifications_and_domains_of_published_agents_count() {
    let app = TestApp::start().await;
    let name = "Northquay Freight";
    let (real, other) = (app.verified(name).await, app.verified("Someone else").await);
    let (desk, agent) = (public(&real, "Desk").await, public(&other, name).await);
    let now = app.clock.now_ms();
    // Three failed checks expire a claim early.
    let failed = valid_until(pending(&real, None, "domain", "failed.example"), now + HOUR_MS).failed();
    let claims = vec![
        failed,
        pending(&real, None, "domain", "pending.example"),
        valid_until(pending(&real, None, "domain", "over.example"), now - 1),
        valid_until(pending(&real, None, "repository", "https://github.com/a/b"), now + HOUR_MS),
        valid_until(pending(&real, Some(&desk), "key", "thumbprint"), now + HOUR_MS),
    ];
    insert_claims(&app, claims, &[]).await;
    assert_eq!(look_alikes(&app, &agent).await, [""; 0]);
    verify_domain(&app, &real, Some(&desk), "desk.example").await;
    app.clock.advance(Duration::from_mins(1));
    assert_eq!(look_alikes(&app, &agent).await, [name]);
    let hidden = json!({ "isPublic": false });
    real.patch(&format!("/api/v1/agents/{desk}"), &hidden).await.expect(StatusCode::OK);
    app.clock.advance(Duration::from_mins(1));
    assert_eq!(look_alikes(&app, &agent).await, [""; 0]);
}

#[tokio::test]
async fn organizations_that_never_published_are_not_listed() {
    let app = TestApp::start().await;
    let name = "Northquay Freight";
    let (real, other) = (app.verified(name).await, app.verified("Someone else").await);
    let (desk, agent) = (real.agent("Desk").await, public(&other, name).await);
    verify_domain(&app, &real, None, "northquay.example").await;
    assert_eq!(look_alikes(&app, &agent).await, [""; 0]);
    for is_public in [true, false] {
        let change = json!({ "isPublic": is_public });
        real.patch(&format!("/api/v1/agents/{desk}"), &change).await.expect(StatusCode::OK);
        app.clock.advance(Duration::from_mins(1));
        assert_eq!(look_alikes(&app, &agent).await, [name], "a publisher and its domain remain listed");
    }
}

/// Reads from the cache are shown by unannounced rows that stay invisible.
#[tokio::test]
async fn publishers_are_cached_for_a_minute_and_claims_expire_on_time() {
    let app = TestApp::start().await;
    let name = "Northquay Freight";
    let (real, other) = (app.verified(name).await, app.verified("Someone else").await);
    let desk = public(&real, "Desk").await;
    let agent = public(&other, name).await;
    super::find(&app.anonymous(), "", 2).await;
    app.clock.advance(Duration::from_secs(2));
    assert_eq!(look_alikes(&app, &agent).await, [""; 0]);
    let end = app.clock.now_ms() + 90_000;
    insert_claims(&app, vec![valid_until(pending(&real, None, "domain", "north.example"), end)], &[]).await;
    app.clock.advance(Duration::from_secs(50));
    assert_eq!(look_alikes(&app, &agent).await, [""; 0], "unannounced rows are not visible yet");
    app.clock.advance(Duration::from_secs(10));
    assert_eq!(look_alikes(&app, &agent).await, [name], "the cache expires after a minute");
    app.clock.advance(Duration::from_secs(31));
    assert_eq!(look_alikes(&app, &agent).await, [""; 0], "the claim has expired, also in the cache");
    // An announced change is visible at once, except for the index's lag.
    insert_claims(&app, vec![valid_until(pending(&real, None, "domain", "quay.example"), end + HOUR_MS)], &[&desk])
        .await;
    app.clock.advance(Duration::from_secs(2));
    let seen = async {
        while look_alikes(&app, &agent).await != [name] {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), seen).await.expect("visible within 20 s");
}

#[tokio::test]
async fn linked_data_and_lists_contain_no_look_alikes() {
    let app = TestApp::start().await;
    let tenant = app.verified("Someone").await;
    let agent = public(&tenant, "Invoice screener").await;
    let reader = app.anonymous();
    let body = super::find(&reader, "", 1).await;
    assert_eq!(body["data"][0]["lookAlikes"], Value::Null);
    let request = reader.request(reqwest::Method::GET, &format!("{AGENTS}/{agent}"));
    let linked = reader.send(request.header("accept", "application/ld+json")).await.expect(StatusCode::OK);
    assert_eq!(linked["lookAlikes"], Value::Null);
}
