//! Abuse of sign-up.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::TestApp;

/// Returns the shape of a value: names and types.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(name, value)| (name.clone(), shape(value))).collect())
        }
        Value::String(_) => json!("text"),
        Value::Null => json!(null),
        other => json!(other.is_number()),
    }
}

#[tokio::test]
async fn responses_do_not_reveal_known_email_addresses() {
    let app = TestApp::start().await;
    let tenant = app.verified("known").await;
    let known = tenant.made["organization"]["email"].as_str().expect("an address").to_owned();
    let wanted = |email: &str| json!({ "organizationName": "Same", "email": email });
    let for_known = app.anonymous().post("/api/v1/signup", &wanted(&known)).await;
    let for_unknown = app.anonymous().post("/api/v1/signup", &wanted("new@known.example")).await;
    assert_eq!(shape(&for_known.expect(StatusCode::CREATED)), shape(&for_unknown.expect(StatusCode::CREATED)));
    let mail = app.mail(&known, "/recover").await;
    assert!(mail.contains("already belongs to your organization") && !mail.contains("/verify/slink_"), "{mail}");
    for email in [known.as_str(), "nobody@known.example"] {
        let response = app.anonymous().post("/api/v1/signup/recover", &json!({ "email": email })).await;
        assert!(response.expect(StatusCode::ACCEPTED)["message"].as_str().map(str::len).is_some());
    }
    assert!(app.mails("nobody@known.example").is_empty());
}

#[tokio::test]
async fn emails_per_recipient_are_limited() {
    let app = TestApp::with(&["--signup-per-hour=1000", "--mails-per-hour=3"]).await;
    let email = "victim@bomb.example";
    for index in 0..20 {
        // From many IP addresses, and with other spellings of the same mailbox.
        let caller = app.from(&format!("203.0.113.{index}"));
        let spelling = match index % 3 {
            0 => email.to_owned(),
            1 => "Victim@Bomb.Example".to_owned(),
            _ => format!("victim+{index}@bomb.example"),
        };
        caller.post("/api/v1/signup", &json!({ "email": spelling })).await.expect(StatusCode::CREATED);
    }
    app.send_signup(Some("last@bomb.example")).await;
    app.mail("last@bomb.example", "/verify/").await;
    let tagged = (0..20).map(|index| app.mails(&format!("victim+{index}@bomb.example")).len());
    let sent = app.mails(email).len() + app.mails("Victim@bomb.example").len() + tagged.sum::<usize>();
    assert_eq!(sent, 3);
}

#[tokio::test]
async fn sign_ups_are_limited_per_address_and_in_total() {
    let app = TestApp::with(&["--signup-per-hour=5", "--provisional=40", "--address-per-minute=100000"]).await;
    let mut statuses = Vec::new();
    for _ in 0..1000 {
        statuses.push(app.from("198.51.100.1").post("/api/v1/signup", &json!({})).await.status.as_u16());
    }
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 5);
    assert!(statuses.iter().all(|status| [201, 429].contains(status)));
    let mut made = 5;
    for index in 0..1000_u32 {
        let address = format!("2001:{index:x}::1");
        let response = app.from(&address).post("/api/v1/signup", &json!({})).await;
        if response.status == StatusCode::CREATED {
            made += 1;
        } else {
            assert!(!response.header("retry-after").is_empty());
            let refused = response.refused(429, "RATE_LIMITED");
            assert_eq!(refused["details"]["policy"], json!("provisional"));
        }
    }
    assert_eq!(made, 40);
    // Sign-up with an email address still works.
    let caller = app.from("192.0.2.77");
    caller.post("/api/v1/signup", &json!({ "email": "person@cap.example" })).await.expect(StatusCode::CREATED);
    // After their expiry there is room again.
    app.clock.advance(Duration::from_hours(73));
    api::jobs::delete_expired(&app.app).await.expect("removed");
    app.from("192.0.2.78").post("/api/v1/signup", &json!({})).await.expect(StatusCode::CREATED);
}

#[tokio::test]
async fn link_scanners_do_not_use_up_codes() {
    let app = TestApp::start().await;
    app.send_signup(Some("scanned@scan.example")).await;
    let code = app.code("scanned@scan.example", "/verify/").await;
    // Every GET that could use the code.
    for path in [
        "/api/v1/signup/verify",
        "/api/v1/signup/verify/",
        &format!("/api/v1/signup/verify?token={code}"),
        &format!("/verify/{code}"),
    ] {
        let response = app.anonymous().get(path).await;
        assert!([404, 405].contains(&response.status.as_u16()), "{path}: {}", response.status);
    }
    app.anonymous()
        .post("/api/v1/signup/verify", &json!({ "token": code, "credentials": "keep" }))
        .await
        .expect(StatusCode::OK);
}

#[tokio::test]
async fn guesses_of_codes_are_rate_limited() {
    let app = TestApp::with(&["--failures-per-hour=10", "--signup-per-hour=1000"]).await;
    let caller = app.from("198.51.100.9");
    let mut statuses = Vec::new();
    for index in 0..30 {
        let guess = json!({ "token": format!("slink_{index:043}") });
        statuses.push(caller.post("/api/v1/signup/verify", &guess).await.status.as_u16());
    }
    assert_eq!((statuses.iter().filter(|status| **status == 400).count(), statuses[29]), (10, 429));
    let guess = json!({ "claimCode": "sclaim_guess", "email": "a@guess.example" });
    caller.post("/api/v1/signup/claim", &guess).await.refused(429, "RATE_LIMITED");
    caller.post("/api/v1/signup/recover/confirm", &json!({ "token": "slink_a" })).await.refused(429, "RATE_LIMITED");
    // Valid codes are accepted, from the same IP address or another.
    app.anonymous().post("/api/v1/signup", &json!({ "email": "own@guess.example" })).await.expect(StatusCode::CREATED);
    let code = app.code("own@guess.example", "/verify/").await;
    caller.post("/api/v1/signup/verify", &json!({ "token": code, "credentials": "keep" })).await.expect(StatusCode::OK);
    app.from("198.51.100.10").post("/api/v1/signup/verify", &json!({ "token": "slink_a" })).await.wrong_fields();
}

#[tokio::test]
async fn the_first_confirmed_claim_succeeds() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let claim = |email: &str| json!({ "claimCode": tenant.made["claimCode"], "email": email });
    for email in ["one@race.example", "two@race.example"] {
        app.anonymous().post("/api/v1/signup/claim", &claim(email)).await.expect(StatusCode::ACCEPTED);
    }
    let (one, two) = (app.code("one@race.example", "/verify/").await, app.code("two@race.example", "/verify/").await);
    let confirm = |code: String| {
        let caller = app.anonymous();
        async move {
            caller.post("/api/v1/signup/verify", &json!({ "token": code, "credentials": "keep" })).await.status.as_u16()
        }
    };
    let (first, second) = tokio::join!(confirm(two), confirm(one));
    let mut statuses = [first, second];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400]);
}

#[tokio::test]
async fn an_email_address_verifies_only_one_organization() {
    let app = TestApp::start().await;
    let email = "twice@twice.example";
    app.send_signup(Some(email)).await;
    let first = app.code(email, "/verify/").await;
    app.send_signup(Some(email)).await;
    app.until(|| app.mails(email).len() == 2).await;
    let second = app.code(email, "/verify/").await;
    app.anonymous()
        .post("/api/v1/signup/verify", &json!({ "token": first, "credentials": "keep" }))
        .await
        .expect(StatusCode::OK);
    app.anonymous()
        .post("/api/v1/signup/verify", &json!({ "token": second, "credentials": "keep" }))
        .await
        .wrong_fields();
}

#[tokio::test]
async fn sign_ups_are_limited_per_network() {
    let app = TestApp::with(&["--signup-per-hour=3"]).await;
    let mut made = 0;
    for index in 0..40 {
        let response = app.from(&format!("2001:db8:7:{index:x}::1")).post("/api/v1/signup", &json!({})).await;
        made += usize::from(response.status == StatusCode::CREATED);
    }
    assert_eq!(made, 30, "ten times the hourly limit per day");
    app.from("2001:db8:8::1").post("/api/v1/signup", &json!({})).await.expect(StatusCode::CREATED);
}

#[tokio::test]
async fn recovery_emails_go_to_the_verified_address_only() {
    let app = TestApp::start().await;
    app.send_signup(Some("mike@look.example")).await;
    let code = app.code("mike@look.example", "/verify/").await;
    app.anonymous()
        .post("/api/v1/signup/verify", &json!({ "token": code, "credentials": "keep" }))
        .await
        .expect(StatusCode::OK);
    let recover = async |email: &str| app.anonymous().post("/api/v1/signup/recover", &json!({ "email": email })).await;
    recover("MIKE@look.example").await.expect(StatusCode::ACCEPTED);
    // Kelvin sign, whose lowercase is k.
    assert_eq!(recover("mi\u{212A}e@look.example").await.wrong_fields(), ["email"]);
    app.mail("mike@look.example", "/recover/").await;
    let mails = std::fs::read_dir(app.data_dir().join("mail")).expect("mails");
    let all: Vec<String> =
        mails.map(|mail| std::fs::read_to_string(mail.expect("a mail").path()).expect("text")).collect();
    assert_eq!(all.len(), 2, "one to verify, one to recover");
    assert!(all.iter().all(|mail| mail.contains("To: mike@look.example\r\n")), "{all:#?}");
}

#[tokio::test]
async fn other_emails_do_not_block_recovery_emails() {
    let app = TestApp::with(&["--signup-per-hour=1000", "--mails-per-hour=2"]).await;
    let tenant = app.verified("starved").await;
    let email = tenant.made["organization"]["email"].as_str().expect("an address");
    for _ in 0..10 {
        app.anonymous().post("/api/v1/signup", &json!({ "email": email })).await.expect(StatusCode::CREATED);
    }
    app.anonymous().post("/api/v1/signup/recover", &json!({ "email": email })).await.expect(StatusCode::ACCEPTED);
    app.code(email, "/recover/slink").await;
}

#[tokio::test]
async fn emails_to_unverified_addresses_contain_no_user_text_and_an_unwrapped_link() {
    let app = TestApp::start().await;
    let name = "your mailbox is full, see https://evil.example/login";
    let wanted = json!({ "organizationName": name, "email": "stranger@mail.example" });
    app.anonymous().post("/api/v1/signup", &wanted).await.expect(StatusCode::CREATED);
    app.mail("stranger@mail.example", "/verify/").await;
    let folder = std::fs::read_dir(app.data_dir().join("mail")).expect("mails");
    let raw =
        std::fs::read_to_string(folder.map(|mail| mail.expect("a mail").path()).next().expect("a mail")).expect("text");
    assert!(!raw.contains("evil.example"), "{raw}");
    let link = raw.lines().find(|line| line.starts_with("http://localhost:3000/verify/slink_")).expect("a link");
    assert_eq!(link.len(), "http://localhost:3000/verify/slink_".len() + 43);
}

#[tokio::test]
async fn unused_organizations_are_evicted_after_an_hour() {
    let app = TestApp::with(&["--provisional=3", "--signup-per-hour=1000"]).await;
    let used = app.provisional().await;
    used.get("/api/v1/agents").await.expect(StatusCode::OK);
    let with_agent = app.provisional().await;
    with_agent.agent("A").await;
    let idle = app.anonymous().post("/api/v1/signup", &json!({})).await.expect(StatusCode::CREATED);
    app.anonymous().post("/api/v1/signup", &json!({})).await.refused(429, "RATE_LIMITED");
    app.clock.advance(Duration::from_mins(61));
    let next = app.anonymous().post("/api/v1/signup", &json!({})).await.expect(StatusCode::CREATED);
    app.anonymous().post("/api/v1/signup", &json!({})).await.refused(429, "RATE_LIMITED");
    let form = |made: &serde_json::Value| {
        let text = |name: &str| made["credential"][name].as_str().expect("text").to_owned();
        [
            ("grant_type", "client_credentials".to_owned()),
            ("client_id", text("clientId")),
            ("client_secret", text("clientSecret")),
        ]
    };
    for (made, status) in [(&idle, 401), (&next, 200)] {
        let form = form(made);
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(app.anonymous().form("/api/v1/token", &form).await.status, status);
    }
    for tenant in [&used, &with_agent] {
        tenant
            .with_token(&tenant.token_of(&tenant.id, &tenant.secret, None).await)
            .get("/api/v1/agents")
            .await
            .expect(StatusCode::OK);
    }
}
