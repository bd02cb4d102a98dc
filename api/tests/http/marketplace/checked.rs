//! `checked`: agents with a current verification.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;

use super::claim_rows::{insert_claims, pending, valid_until};
use super::{AGENTS, find, id, names};
use crate::support::TestApp;

#[tokio::test]
async fn a_claim_is_shown_and_matches_until_it_expires() {
    let app = TestApp::start().await;
    let tenant = app.verified("claimant").await;
    let agent = id(&tenant.register(json!({ "name": "Checked", "isPublic": true })).await);
    tenant.register(json!({ "name": "Unchecked", "isPublic": true })).await;
    let now = app.clock.now_ms();
    let claims = vec![
        valid_until(pending(&tenant, Some(&agent), "domain", "example.com"), now + 3_600_000),
        pending(&tenant, Some(&agent), "key", "thumbprint"),
        valid_until(pending(&tenant, None, "repository", "https://github.com/a/b"), now - 400_000),
    ];
    insert_claims(&app, claims, &[&agent]).await;
    let reader = app.anonymous();
    let body = find(&reader, "?checked=domain,key&facets=checked", 1).await;
    assert_eq!(names(&body), ["Checked"]);
    assert_eq!(body["facets"]["checked"], json!([{ "value": "domain", "count": 1 }]));
    let claims = body["data"][0]["claims"].as_array().expect("a list").clone();
    let results: Vec<_> = claims.iter().map(|claim| (claim["kind"].as_str(), claim["result"].as_str())).collect();
    assert_eq!(
        results,
        [(Some("domain"), Some("verified")), (Some("repository"), Some("expired"))],
        "unchecked claims are not shown, and expired ones come last"
    );
    app.clock.advance(Duration::from_secs(3_601));
    let expired = reader.get(&format!("{AGENTS}?checked=domain&facets=checked")).await.expect(StatusCode::OK);
    assert_eq!((&expired["totalCount"], &expired["facets"]["checked"]), (&json!(0), &json!([])));
    let shown = reader.get(&format!("{AGENTS}/{agent}")).await.expect(StatusCode::OK);
    assert_eq!(shown["claims"][1]["result"], json!("expired"));
}

#[tokio::test]
async fn repeated_parameters_require_all_and_commas_any() {
    let app = TestApp::start().await;
    let tenant = app.verified("claimant").await;
    let end = app.clock.now_ms() + 3_600_000;
    let mut claims = Vec::new();
    let mut ids = Vec::new();
    for kinds in [&["domain"][..], &["key"], &["domain", "key"], &["domain", "key", "repository"], &[]] {
        let fields = json!({ "name": format!("With {}", kinds.join(" and ")), "isPublic": true });
        let agent = id(&tenant.register(fields).await);
        claims.extend(kinds.iter().map(|kind| valid_until(pending(&tenant, Some(&agent), kind, "example.com"), end)));
        ids.push(agent);
    }
    insert_claims(&app, claims, &ids.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let reader = app.anonymous();
    for (query, total) in [
        ("checked=domain", 3),
        ("checked=domain,key", 4),
        ("checked=domain&checked=key", 2),
        ("checked=domain&checked=key&checked=repository", 1),
        ("checked=domain,repository&checked=key", 2),
        ("checked=repository,key", 3),
        ("checked=domain&checked=domain", 3),
    ] {
        find(&reader, &format!("?{query}"), total).await;
    }
    let wrong = reader.get(&format!("{AGENTS}?checked=domain&checked=blood")).await;
    assert_eq!(wrong.wrong_fields(), ["checked"]);

    let page = reader.get(&format!("{AGENTS}?limit=1&checked=domain&checked=key")).await;
    assert!(page.header("link").contains("checked=domain&checked=key&page=2>; rel=\"next\""), "{page:?}");
    let cursor = page.body["nextCursor"].as_str().expect("a cursor").to_owned();
    let with = |query: &str| {
        let (reader, path) = (reader.clone(), format!("{AGENTS}?limit=1&{query}&cursor={cursor}"));
        async move { reader.get(&path).await }
    };
    let next = with("checked=key&checked=domain").await.expect(StatusCode::OK);
    assert_eq!((names(&next).len(), &next["nextCursor"]), (1, &json!(null)), "in any order");
    for other in ["checked=domain,key", "checked=domain", "checked=domain&checked=key,repository"] {
        assert_eq!(with(other).await.wrong_fields(), ["cursor"], "{other}");
    }
}
