//! Audit trails of sign-ups: they reveal nothing about others, and others can't fill them.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::TestApp;

/// Actions of an organization's audit trail, oldest first, with the sequence number of its head.
async fn trail(app: &TestApp, made: &Value) -> (Vec<String>, Value) {
    let (id, secret) = (&made["credential"]["clientId"], &made["credential"]["clientSecret"]);
    let mut caller = app.anonymous();
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    caller.token = Some(caller.token_of(&text(id), &text(secret), None).await);
    let events = caller.get("/api/v1/audit").await.expect(StatusCode::OK);
    let head = caller.get("/api/v1/audit/head").await.expect(StatusCode::OK);
    let mut actions: Vec<String> =
        events["data"].as_array().expect("events").iter().map(|event| text(&event["action"])).collect();
    actions.reverse();
    (actions, head["headSeq"].clone())
}

#[tokio::test]
async fn audit_trails_do_not_reveal_known_email_addresses() {
    let app = TestApp::with(&["--signup-per-hour=1000", "--mails-per-hour=100"]).await;
    let tenant = app.verified("known").await;
    let known = tenant.made["organization"]["email"].as_str().expect("an address").to_owned();
    let mut trails = Vec::new();
    for (email, part) in [(known.as_str(), "/recover"), ("new@known.example", "/verify/slink_")] {
        let signed_up = app.send_signup(Some(email)).await;
        app.mail(email, part).await;
        trails.push(trail(&app, &signed_up).await);
        let provisional = app.send_signup(None).await;
        let before = app.mails(email).len();
        let claim = json!({ "claimCode": provisional["claimCode"], "email": email });
        app.anonymous().post("/api/v1/signup/claim", &claim).await.expect(StatusCode::ACCEPTED);
        app.until(|| app.mails(email).len() > before).await;
        trails.push(trail(&app, &provisional).await);
    }
    assert_eq!(trails[..2], trails[2..]);
    assert!(trails[0].0.contains(&"organization.link_requested".to_owned()), "{trails:?}");
}

#[tokio::test]
async fn strangers_add_one_event_an_hour_to_the_audit_trail_of_an_organization() {
    let app = TestApp::with(&["--signup-per-hour=1000", "--mails-per-hour=3"]).await;
    let tenant = app.verified("known").await;
    let email = tenant.made["organization"]["email"].as_str().expect("an address").to_owned();
    let recoveries = || async {
        for index in 0..30 {
            let caller = app.from(&format!("203.0.113.{index}"));
            caller.post("/api/v1/signup/recover", &json!({ "email": email })).await.expect(StatusCode::ACCEPTED);
        }
    };
    let count = || async {
        let (actions, _) = trail(&app, &tenant.made).await;
        actions.iter().filter(|action| *action == "organization.link_requested").count()
    };
    // The first is from the sign-up.
    for (hour, mails) in [(0, 3), (1, 6)] {
        recoveries().await;
        app.until(|| app.mails(&email).iter().filter(|mail| mail.contains("/recover/slink_")).count() == mails).await;
        assert_eq!(count().await, 2 + hour, "hour {hour}");
        app.clock.advance(Duration::from_mins(61));
    }
}
