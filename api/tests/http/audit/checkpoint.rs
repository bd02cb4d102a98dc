//! Verification from a stored head.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::TestApp;

#[tokio::test]
async fn a_checkpoint_replaces_the_verification_of_earlier_events() {
    let app = TestApp::start().await;
    let tenant = app.verified("audited").await;
    let head = tenant.get("/api/v1/audit/head").await.expect(StatusCode::OK);
    for index in 0..3 {
        tenant.agent(&format!("Agent {index}")).await;
    }
    let verify = async |seq: &Value, hash: &str| {
        let path = format!("/api/v1/audit/verify?after={seq}:{hash}");
        tenant.get(&path).await.expect(StatusCode::OK)
    };
    let hash = head["headHash"].as_str().expect("a hash");
    let result = verify(&head["headSeq"], hash).await;
    let added = result["headSeq"].as_u64().expect("a number") - head["headSeq"].as_u64().expect("a number");
    assert_eq!((&result["verified"], &result["checkedCount"]), (&json!(true), &json!(added)));
    let other = verify(&head["headSeq"], &"0".repeat(64)).await;
    assert_eq!((&other["verified"], &other["brokenAtSeq"]), (&json!(false), &head["headSeq"]));
    assert_eq!(other["fault"], json!("link"));
    let beyond = verify(&json!(1_000_000), hash).await;
    assert_eq!((&beyond["verified"], &beyond["brokenAtEventId"]), (&json!(false), &json!(null)));
    for wrong in ["3", "0:", "03:aa", "3:AA", "x:y"] {
        assert_eq!(
            tenant.get(&format!("/api/v1/audit/verify?after={wrong}")).await.wrong_fields(),
            ["after"],
            "{wrong}"
        );
    }
}
