//! `/claims`: what proves one, what ends one, and what the verifier never reaches.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::outside::{Outside, Reply};
use crate::support::{Caller, Tenant, TestApp};

const DAY: Duration = Duration::from_hours(24);

async fn world() -> (Outside, TestApp) {
    let outside = Outside::start().await;
    let flags = outside.flags();
    let app = TestApp::with(&flags.iter().map(String::as_str).collect::<Vec<_>>()).await;
    (outside, app)
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_else(|| panic!("{field}: {value:#}"))
}

fn path(claim: &Value) -> String {
    format!("/api/v1/claims/{}", text(claim, "claimId"))
}

async fn claim(caller: &Caller, wanted: Value) -> Value {
    caller.post("/api/v1/claims", &wanted).await.expect(StatusCode::CREATED)
}

async fn check(caller: &Caller, claim: &Value, body: Value) -> Value {
    caller.post(&format!("{}/check", path(claim)), &body).await.expect(StatusCode::OK)
}

/// Actions of the audit trail that are about claims, the oldest first.
async fn actions(tenant: &Tenant) -> Vec<String> {
    let page = tenant.get("/api/v1/audit?limit=100").await.expect(StatusCode::OK);
    let all = page["data"].as_array().expect("a list").iter().map(|event| text(event, "action").to_owned());
    let mut all: Vec<String> = all.filter(|action| action.starts_with("claim.")).collect();
    all.reverse();
    all
}

/// How often the marketplace was told that an agent changed.
async fn changes(app: &TestApp, agent: &str) -> usize {
    let rows = store::outbox::list_after(&app.app.store, 0, 1_000).await.expect("rows");
    rows.iter().filter(|row| row.agent_id == agent && row.kind == "changed").count()
}

/// An agent's key, as JWK, and what signs with it.
fn key() -> (Value, Ed25519KeyPair) {
    let pair = Ed25519KeyPair::generate().expect("a key");
    (json!({ "kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(pair.public_key()) }), pair)
}

fn sign(pair: &Ed25519KeyPair, payload: &str) -> String {
    let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let message = format!("{}.{}", encode(br#"{"alg":"EdDSA"}"#), encode(payload.as_bytes()));
    format!("{message}.{}", encode(pair.sign(message.as_bytes()).as_ref()))
}

#[tokio::test]
async fn a_domain_is_proved_by_a_record_and_counts_for_the_published_agents() {
    let (outside, app) = world().await;
    let tenant = app.verified("prover").await;
    let public = text(&tenant.register(json!({ "isPublic": true })).await, "agentId").to_owned();
    let private = tenant.agent("Private").await;
    let wanted = json!({ "kind": "domain", "target": "a.claims.example" });
    let answer = tenant.post("/api/v1/claims", &wanted).await;
    let location = answer.header("location").to_owned();
    let made = answer.expect(StatusCode::CREATED);
    assert_eq!(location, format!("{}{}", app.url, path(&made)));
    let (nonce, proof) = (text(&made["proof"], "nonce").to_owned(), &made["proof"]);
    assert_eq!((text(&made, "state"), nonce.len()), ("pending", 32));
    assert_eq!(text(proof, "dnsName"), "_sentryagent-claim.a.claims.example");
    assert_eq!(text(proof, "fileUrl"), "https://a.claims.example/.well-known/sentryagent-claim");

    outside.txt("_sentryagent-claim.a.claims.example", &["v=spf1 \u{1b}[31m", "sentryagent-claim=other"]);
    let failed = check(&tenant, &made, json!({})).await;
    assert_eq!((text(&failed, "state"), &failed["checkedAt"]), ("pending", &Value::Null));
    let told = text(&failed, "lastFailure");
    let expected = format!(
        "sentryagent-claim.a.claims.example are: v=spf1 ?[31m | sentryagent-claim=other; expected sentryagent-claim={nonce}"
    );
    assert!(told.contains(&expected), "{told}");
    assert!(told.contains("a.claims.example has no A or AAAA record"), "{told}");
    assert_eq!(changes(&app, &public).await, 0, "nothing that is shown has changed");

    outside.txt("_sentryagent-claim.a.claims.example", &["x", &format!("sentryagent-claim={nonce}")]);
    let valid = check(&tenant, &made, json!({})).await;
    assert_eq!((text(&valid, "state"), text(&valid, "method")), ("valid", "dns"));
    assert_eq!(text(&valid, "evidenceUrl"), "dns:_sentryagent-claim.a.claims.example?type=TXT");
    assert_eq!(valid["lastFailure"], Value::Null);
    let time = |field: &str| text(&valid, field).parse::<jiff::Timestamp>().expect("a time").as_second();
    assert_eq!(time("expiresAt") - time("checkedAt"), 30 * 86_400);
    assert_eq!((changes(&app, &public).await, changes(&app, &private).await), (1, 0));

    assert_eq!(tenant.get(&path(&made)).await.expect(StatusCode::OK), valid);
    assert_eq!(tenant.get("/api/v1/claims").await.expect(StatusCode::OK)["data"], json!([valid]));
    assert_eq!(tenant.delete(&path(&made)).await.status, StatusCode::NO_CONTENT);
    tenant.get(&path(&made)).await.refused(404, "NOT_FOUND");
    assert_eq!(changes(&app, &public).await, 2);
    assert_eq!(actions(&tenant).await, ["claim.created", "claim.failed", "claim.verified", "claim.removed"]);
    assert_eq!(tenant.get("/api/v1/audit/verify").await.expect(StatusCode::OK)["verified"], json!(true));
}

#[tokio::test]
async fn a_record_at_the_domain_itself_will_do() {
    let (outside, app) = world().await;
    let tenant = app.provisional().await;
    let made = claim(&tenant, json!({ "kind": "domain", "target": "bare.claims.example" })).await;
    outside.txt("bare.claims.example", &[text(&made["proof"], "dnsValue")]);
    let valid = check(&tenant, &made, json!({})).await;
    assert_eq!(text(&valid, "evidenceUrl"), "dns:bare.claims.example?type=TXT");
}

#[tokio::test]
async fn a_domain_is_proved_by_a_file_that_redirects_may_lead_to() {
    let (outside, app) = world().await;
    let tenant = app.provisional().await;
    let made = claim(&tenant, json!({ "kind": "domain", "target": "claims.example" })).await;
    let nonce = text(&made["proof"], "nonce");
    outside.host("claims.example");
    outside.host("www.claims.example");
    let at = "claims.example/.well-known/sentryagent-claim";
    outside.page(at, Reply::Body(format!("<html>{}</html>", "\u{202e}é".repeat(300))));
    let told = check(&tenant, &made, json!({})).await;
    let told = text(&told, "lastFailure");
    assert!(told.contains("holds: <html>????") && told.ends_with(&format!("expected a line {nonce}")), "{told}");
    assert!(told.len() < 600 && told.is_ascii(), "{told}");
    outside.page(at, Reply::Status(503));
    let told = check(&tenant, &made, json!({})).await;
    assert!(text(&told, "lastFailure").contains("it answered 503, not 200"), "{told:#}");
    outside.page(at, Reply::Redirect("/1".to_owned()));
    outside.page("claims.example/1", Reply::Redirect("https://www.claims.example/2".to_owned()));
    outside.page("www.claims.example/2", Reply::Redirect("3".to_owned()));
    outside.page("www.claims.example/3", Reply::Body(format!("other\n{nonce}\n")));
    let valid = check(&tenant, &made, json!({})).await;
    assert_eq!((text(&valid, "state"), text(&valid, "method")), ("valid", "well-known"), "{valid:#}");
    assert_eq!(text(&valid, "evidenceUrl"), "https://claims.example/.well-known/sentryagent-claim");
    // Whoever writes on another server proves nothing of this one.
    outside.host("other.claims.example");
    outside.page("other.claims.example/x", Reply::Body(nonce.to_owned()));
    outside.page(at, Reply::Redirect("https://other.claims.example/x".to_owned()));
    let told = check(&tenant, &made, json!({})).await;
    assert!(text(&told, "lastFailure").contains("it redirects to other.claims.example"), "{told:#}");
    assert_eq!(outside.requests().iter().filter(|head| head.contains("host: other")).count(), 0);
    for head in outside.requests() {
        assert!(head.contains("\r\nuser-agent: sentryagent-verifier/"), "{head}");
        assert!(head.contains("(+http://localhost:3000/docs)"), "{head}");
        for other in ["cookie:", "accept-encoding:", "authorization:", "referer:"] {
            assert!(!head.contains(other), "{head}");
        }
    }
}

#[tokio::test]
async fn a_repository_is_proved_by_a_file_in_it() {
    let (outside, app) = world().await;
    let tenant = app.provisional().await;
    for (target, raw, page) in [
        (
            "https://github.com/Owner/name",
            "raw.githubusercontent.com/Owner/name/HEAD/.sentryagent-claim",
            "/blob/HEAD/",
        ),
        (
            "https://gitlab.com/group/sub/name",
            "gitlab.com/group/sub/name/-/raw/HEAD/.sentryagent-claim",
            "/-/blob/HEAD/",
        ),
        ("https://codeberg.org/owner/name", "codeberg.org/owner/name/raw/HEAD/.sentryagent-claim", "/src/HEAD/"),
    ] {
        let made = claim(&tenant, json!({ "kind": "repository", "target": target })).await;
        assert_eq!(text(&made["proof"], "fileUrl"), format!("https://{raw}"));
        outside.host(raw.split('/').next().expect("a host"));
        outside.page(raw, Reply::Body(format!("{}\n", text(&made["proof"], "nonce"))));
        let valid = check(&tenant, &made, json!({})).await;
        assert_eq!((text(&valid, "state"), text(&valid, "method")), ("valid", "file"), "{valid:#}");
        assert_eq!(text(&valid, "evidenceUrl"), format!("{target}{page}.sentryagent-claim"));
    }
}

#[tokio::test]
async fn a_key_is_proved_by_a_signature_that_counts_once_and_ends_with_the_key() {
    let (_outside, app) = world().await;
    let tenant = app.verified("signer").await;
    let (jwk, pair) = key();
    let fields = json!({ "isPublic": true, "publicKeys": [jwk] });
    let agent = text(&tenant.register(fields).await, "agentId").to_owned();
    let made = claim(&tenant, json!({ "kind": "key", "agentId": agent })).await;
    let nonce = text(&made["proof"], "nonce").to_owned();
    let check_path = format!("{}/check", path(&made));
    assert_eq!(tenant.post(&check_path, &json!({})).await.wrong_fields(), ["signature"]);
    let other = check(&tenant, &made, json!({ "signature": sign(&key().1, &nonce) })).await;
    assert_eq!(text(&other, "lastFailure"), "the signature is not by this key");
    let signature = sign(&pair, &nonce);
    let valid = check(&tenant, &made, json!({ "signature": signature })).await;
    assert_eq!((text(&valid, "state"), text(&valid, "method")), ("valid", "signature"), "{valid:#}");
    assert_eq!(text(&valid, "evidenceUrl"), format!("{}/agents/{agent}/did.json", app.url));
    let time = |field: &str| text(&valid, field).parse::<jiff::Timestamp>().expect("a time").as_second();
    assert_eq!(time("expiresAt") - time("checkedAt"), 7 * 86_400);
    let again = check(&tenant, &made, json!({ "signature": signature })).await;
    assert!(text(&again, "lastFailure").contains("the signature is over"), "{again:#}");
    assert_eq!((text(&again, "state"), &again["expiresAt"]), ("valid", &valid["expiresAt"]));

    let told = changes(&app, &agent).await;
    let agent_path = format!("/api/v1/agents/{agent}");
    let renamed = json!({ "publicKeys": [key().0, { "kid": "kept", "kty": "OKP", "crv": "Ed25519", "x": jwk["x"] }] });
    tenant.patch(&agent_path, &renamed).await.expect(StatusCode::OK);
    assert_eq!(text(&tenant.get(&path(&made)).await.body, "state"), "valid", "the key is still there");
    tenant.patch(&agent_path, &json!({ "publicKeys": [key().0] })).await.expect(StatusCode::OK);
    let ended = tenant.get(&path(&made)).await.expect(StatusCode::OK);
    assert_eq!(text(&ended, "state"), "expired");
    assert!(changes(&app, &agent).await > told + 2, "of both changes, and of the claim");
    let fresh = text(&ended["proof"], "nonce");
    let late = check(&tenant, &made, json!({ "signature": sign(&pair, fresh) })).await;
    assert_eq!(text(&late, "lastFailure"), "the key is no longer among the agent's publicKeys");
    assert_eq!(text(&late, "state"), "expired");
    assert_eq!(
        actions(&tenant).await,
        ["claim.created", "claim.failed", "claim.verified", "claim.failed", "claim.expired", "claim.failed"]
    );
}

#[tokio::test]
async fn a_key_claim_ends_after_seven_days_and_a_decommissioned_agents_at_once() {
    let (outside, app) = world().await;
    let tenant = app.verified("ender").await;
    let (jwk, pair) = key();
    let agent = text(&tenant.register(json!({ "publicKeys": [jwk] })).await, "agentId").to_owned();
    let made = claim(&tenant, json!({ "kind": "key", "agentId": agent })).await;
    let signed = sign(&pair, text(&made["proof"], "nonce"));
    check(&tenant, &made, json!({ "signature": signed })).await;
    let domain = json!({ "kind": "domain", "agentId": agent, "target": "end.claims.example" });
    let domain = claim(&tenant, domain).await;
    outside.txt("end.claims.example", &[text(&domain["proof"], "dnsValue")]);
    check(&tenant, &domain, json!({})).await;
    app.clock.advance(Duration::from_mins(7 * 24 * 60 - 1));
    let tenant = app.again(tenant).await;
    api::jobs::check_claims_again(&app.app).await.expect("a run");
    assert_eq!(text(&tenant.get(&path(&made)).await.body, "state"), "valid");
    app.clock.advance(Duration::from_mins(2));
    assert_eq!(text(&tenant.get(&path(&made)).await.body, "state"), "expired", "before the job has seen it");
    assert!(!actions(&tenant).await.contains(&"claim.expired".to_owned()));
    api::jobs::check_claims_again(&app.app).await.expect("a run");
    api::jobs::check_claims_again(&app.app).await.expect("a run");
    let expired = |actions: &[String]| actions.iter().filter(|action| *action == "claim.expired").count();
    assert_eq!(expired(&actions(&tenant).await), 1);
    assert_eq!(text(&tenant.get(&path(&domain)).await.body, "state"), "valid");
    tenant.delete(&format!("/api/v1/agents/{agent}")).await;
    assert_eq!(text(&tenant.get(&path(&domain)).await.body, "state"), "expired");
    assert_eq!(expired(&actions(&tenant).await), 2);
    assert_eq!(tenant.post(&format!("{}/check", path(&domain)), &json!({})).await.wrong_fields(), ["claimId"]);
}

#[tokio::test]
async fn a_valid_claim_is_checked_daily_and_expires_by_the_third_failure_in_a_row() {
    let (outside, app) = world().await;
    let mut tenant = app.verified("daily").await;
    let public = text(&tenant.register(json!({ "isPublic": true })).await, "agentId").to_owned();
    let made = claim(&tenant, json!({ "kind": "domain", "target": "daily.claims.example" })).await;
    let (name, value) = ("_sentryagent-claim.daily.claims.example", text(&made["proof"], "dnsValue").to_owned());
    outside.txt(name, &[&value]);
    check(&tenant, &made, json!({})).await;
    let run = async |tenant: Tenant| {
        app.clock.advance(DAY);
        let tenant = app.again(tenant).await;
        api::jobs::check_claims_again(&app.app).await.expect("a run");
        api::jobs::check_claims_again(&app.app).await.expect("a second run on the same day, which does nothing");
        let now = tenant.get(&path(&made)).await.expect(StatusCode::OK);
        (tenant, now)
    };
    let mut now;
    (tenant, now) = run(tenant).await;
    assert_eq!((text(&now, "state"), now["failuresInARow"].as_i64()), ("valid", Some(0)));
    outside.txt(name, &["gone"]);
    for failures in 1..=2 {
        (tenant, now) = run(tenant).await;
        assert_eq!((text(&now, "state"), now["failuresInARow"].as_i64()), ("valid", Some(failures)));
        let asked = check(&tenant, &made, json!({})).await;
        assert_eq!(asked["failuresInARow"].as_i64(), Some(failures), "callers' failures don't count");
    }
    outside.txt(name, &[&value]);
    (tenant, now) = run(tenant).await;
    assert_eq!((text(&now, "state"), now["failuresInARow"].as_i64()), ("valid", Some(0)), "one success begins anew");
    outside.txt(name, &["gone"]);
    for _ in 0..2 {
        (tenant, now) = run(tenant).await;
        assert_eq!(text(&now, "state"), "valid");
    }
    let told = changes(&app, &public).await;
    (tenant, now) = run(tenant).await;
    assert_eq!(text(&now, "state"), "expired");
    assert!(text(&now, "lastFailure").contains("are: gone; expected"), "{now:#}");
    assert_eq!(changes(&app, &public).await, told + 1);
    assert_eq!(actions(&tenant).await.last().map(String::as_str), Some("claim.expired"));
    outside.txt(name, &[&value]);
    let (tenant, now) = run(tenant).await;
    assert_eq!(text(&now, "state"), "expired", "what is expired, its owner checks");
    assert_eq!(text(&check(&tenant, &made, json!({})).await, "state"), "valid");
}

#[tokio::test]
async fn what_is_not_public_is_refused_by_name() {
    let (outside, app) = world().await;
    let tenant = app.provisional().await;
    let told = async |host: &str| {
        let made = claim(&tenant, json!({ "kind": "domain", "target": host })).await;
        let failed = check(&tenant, &made, json!({})).await;
        assert_eq!(text(&failed, "state"), "pending", "{failed:#}");
        tenant.delete(&path(&made)).await;
        text(&failed, "lastFailure").to_owned()
    };
    for (index, (address, named)) in [
        ("127.0.0.2", "127.0.0.2 is a loopback address"),
        ("::1", "::1 is a loopback address"),
        ("10.1.2.3", "10.1.2.3 is a private address"),
        ("169.254.169.254", "169.254.169.254 is a link-local address"),
        ("::ffff:127.0.0.1", "::ffff:127.0.0.1 is an IPv4-mapped address"),
        ("fd00:ec2::254", "fd00:ec2::254 is a unique local address"),
        ("64:ff9b::a9fe:a9fe", "64:ff9b::a9fe:a9fe is a translated address that is not public"),
    ]
    .into_iter()
    .enumerate()
    {
        let host = format!("h{index}.claims.example");
        // Beside one that may be reached: one that may not refuses all.
        outside.addresses(&host, &[&[IpAddr::from([127, 0, 0, 1]), address.parse().expect("an address")]]);
        outside.page(&format!("{host}/.well-known/sentryagent-claim"), Reply::Body("reached".to_owned()));
        let told = told(&host).await;
        assert!(told.contains(&format!("{named} ({host} leads there)")), "{address}: {told}");
    }
    outside.host("r.claims.example");
    outside.addresses("private.claims.example", &[&[IpAddr::from([192, 168, 0, 1])]]);
    for (location, named) in [
        ("http://r.claims.example/x", "http://r.claims.example/x is no https address"),
        ("https://private.claims.example/", "192.168.0.1 is a private address (private.claims.example leads there)"),
        ("//169.254.169.254/latest/meta-data", "169.254.169.254 is a link-local address"),
        ("https://2130706434/", "127.0.0.2 is a loopback address"),
        ("https://0x7f.0.0.2/", "127.0.0.2 is a loopback address"),
        ("https://0177.0.0.2/", "127.0.0.2 is a loopback address"),
        ("https://[::ffff:127.0.0.1]/", "::ffff:127.0.0.1 is an IPv4-mapped address"),
        ("https://r.claims.example@127.0.0.2/", "holds a user's name"),
        ("https://1.1.1.1:22/", "port 22 is not asked"),
        ("/.well-known/sentryagent-claim", "it redirects more than 3 times"),
        ("file:///etc/passwd", "file:///etc/passwd is no https address"),
        ("https://", "is no https address"),
    ] {
        outside.page("r.claims.example/.well-known/sentryagent-claim", Reply::Redirect(location.to_owned()));
        let told = told("r.claims.example").await;
        assert!(told.contains(named), "{location}: {told}");
    }
    assert_eq!(outside.forbidden(), 0, "nobody came where nobody may come");
    let first = outside.requests().iter().filter(|head| !head.contains("host: r.claims.example")).count();
    assert_eq!(first, 0, "only the redirecting host was asked");
}

#[tokio::test]
async fn an_answer_that_changes_between_check_and_connection_changes_nothing() {
    let (outside, app) = world().await;
    let tenant = app.provisional().await;
    let made = claim(&tenant, json!({ "kind": "domain", "target": "turn.claims.example" })).await;
    let (good, bad) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([127, 0, 0, 2]));
    let at = "turn.claims.example/.well-known/sentryagent-claim";
    outside.page(at, Reply::Body(text(&made["proof"], "nonce").to_owned()));
    outside.addresses("turn.claims.example", &[&[good], &[bad]]);
    let valid = check(&tenant, &made, json!({})).await;
    assert_eq!(text(&valid, "state"), "valid", "{valid:#}");
    assert_eq!((outside.asked("turn.claims.example"), outside.forbidden()), (1, 0), "asked once, and that was used");
    // A redirect to the same name is a new question, and a new check.
    outside.addresses("turn.claims.example", &[&[good], &[bad]]);
    outside.page(at, Reply::Redirect("/again".to_owned()));
    let failed = check(&tenant, &made, json!({})).await;
    assert!(text(&failed, "lastFailure").contains("127.0.0.2 is a loopback address"), "{failed:#}");
    assert_eq!(outside.forbidden(), 0);
}

#[tokio::test]
async fn a_body_ends_at_its_size_and_at_its_time() {
    let (outside, app) = world().await;
    let tenant = app.provisional().await;
    outside.host("body.claims.example");
    let made = claim(&tenant, json!({ "kind": "domain", "target": "body.claims.example" })).await;
    let at = "body.claims.example/.well-known/sentryagent-claim";
    for (reply, is_taken) in [
        (Reply::Bytes(64 * 1024), true),
        (Reply::Bytes(64 * 1024 + 1), false),
        (Reply::Bytes(50_000_000), false),
        (Reply::Body("a".repeat(64 * 1024 + 1)), false),
    ] {
        outside.page(at, reply);
        let told = check(&tenant, &made, json!({})).await;
        let told = text(&told, "lastFailure");
        assert_eq!(!told.contains("its body is larger than 64 KiB"), is_taken, "{told}");
    }
    outside.page(at, Reply::Drip);
    let before = Instant::now();
    let told = check(&tenant, &made, json!({})).await;
    assert!(text(&told, "lastFailure").contains("no whole answer within 5 seconds"), "{told:#}");
    assert!(before.elapsed() < Duration::from_secs(8), "{:?}", before.elapsed());
}

#[tokio::test]
async fn a_server_that_is_not_the_hosts_is_refused() {
    let (outside, app) = world().await;
    let tenant = app.provisional().await;
    outside.host("other.example");
    let made = claim(&tenant, json!({ "kind": "domain", "target": "other.example" })).await;
    let told = check(&tenant, &made, json!({})).await;
    assert!(text(&told, "lastFailure").contains("the connection failed: invalid peer certificate"), "{told:#}");
}

#[tokio::test]
async fn what_is_wrong_is_told_by_field() {
    let (_outside, app) = world().await;
    let tenant = app.provisional().await;
    let agent = tenant.agent("Keyless").await;
    let wrong = async |wanted: Value| tenant.post("/api/v1/claims", &wanted).await.wrong_fields();
    assert_eq!(wrong(json!({})).await, ["kind"]);
    assert_eq!(wrong(json!({ "kind": "name" })).await, ["kind"]);
    assert_eq!(wrong(json!({ "kind": "domain" })).await, ["target"]);
    assert_eq!(wrong(json!({ "kind": "domain", "target": "localhost" })).await, ["target"]);
    assert_eq!(wrong(json!({ "kind": "domain", "target": "2130706433" })).await, ["target"]);
    assert_eq!(wrong(json!({ "kind": "domain", "target": "a.example", "x": 1 })).await, ["x"]);
    assert_eq!(wrong(json!({ "kind": "repository", "target": "https://github.com/a/../b" })).await, ["target"]);
    assert_eq!(wrong(json!({ "kind": "key" })).await, ["agentId"]);
    assert_eq!(wrong(json!({ "kind": "key", "agentId": "x" })).await, ["agentId"]);
    assert_eq!(wrong(json!({ "kind": "key", "agentId": agent })).await, ["target"]);
    let made = claim(&tenant, json!({ "kind": "domain", "target": "a.claims.example" })).await;
    assert_eq!(wrong(json!({ "kind": "domain", "target": "a.claims.example" })).await, ["target"]);
    let check = format!("{}/check", path(&made));
    assert_eq!(tenant.post(&check, &json!({ "signature": "a.b.c" })).await.wrong_fields(), ["signature"]);
    assert_eq!(tenant.get("/api/v1/claims?agent=1").await.wrong_fields(), ["agent"]);
    for index in 1..20 {
        claim(&tenant, json!({ "kind": "domain", "target": format!("a{index}.claims.example") })).await;
    }
    let more = json!({ "kind": "domain", "target": "more.claims.example" });
    tenant.post("/api/v1/claims", &more).await.refused(429, "TIER_LIMIT_EXCEEDED");
}

#[tokio::test]
async fn nobody_sees_another_tenants_claim_nor_an_agent_another_agents() {
    let (_outside, app) = world().await;
    let (tenant, other) = (app.provisional().await, app.provisional().await);
    let (first, second) = (tenant.agent("First").await, tenant.agent("Second").await);
    let domain = |agent: Value| json!({ "kind": "domain", "target": "a.claims.example", "agentId": agent });
    let whole = claim(&tenant, domain(Value::Null)).await;
    let own = claim(&tenant, domain(json!(first))).await;
    for made in [&whole, &own] {
        other.get(&path(made)).await.refused(404, "NOT_FOUND");
        other.delete(&path(made)).await.refused(404, "NOT_FOUND");
        other.post(&format!("{}/check", path(made)), &json!({})).await.refused(404, "NOT_FOUND");
    }
    other.post("/api/v1/claims", &domain(json!(first))).await.refused(404, "AGENT_NOT_FOUND");
    assert_eq!(other.get("/api/v1/claims").await.body["total"], json!(0));
    assert_eq!(other.get(&format!("/api/v1/claims?agentId={first}")).await.body["total"], json!(0));
    let filtered = tenant.get(&format!("/api/v1/claims?agentId={first}")).await.expect(StatusCode::OK);
    assert_eq!((&filtered["total"], text(&filtered["data"][0], "claimId")), (&json!(1), text(&own, "claimId")));

    let reader = tenant.as_agent(&first).await;
    reader.post("/api/v1/claims", &domain(json!(first))).await.refused(403, "FORBIDDEN");
    let writer = async |agent: &str| {
        let (_, secret) = tenant.credential(agent, json!({ "scopes": ["agents:read", "agents:write"] })).await;
        let token = tenant.caller.token_of(agent, &secret, None).await;
        tenant.caller.with_token(&token)
    };
    let (first_own, second_own) = (writer(&first).await, writer(&second).await);
    assert_eq!(first_own.get("/api/v1/claims").await.body["total"], json!(1));
    first_own.get(&path(&own)).await.expect(StatusCode::OK);
    first_own.get(&path(&whole)).await.refused(404, "NOT_FOUND");
    first_own.post("/api/v1/claims", &domain(Value::Null)).await.refused(403, "FORBIDDEN");
    second_own.get(&path(&own)).await.refused(404, "NOT_FOUND");
    second_own.post(&format!("{}/check", path(&own)), &json!({})).await.refused(404, "NOT_FOUND");
    second_own.delete(&path(&own)).await.refused(404, "NOT_FOUND");
    second_own.post("/api/v1/claims", &domain(json!(first))).await.refused(404, "AGENT_NOT_FOUND");
    second_own.post("/api/v1/claims", &domain(json!(second))).await.expect(StatusCode::CREATED);
    let list = second_own.get(&format!("/api/v1/claims?agentId={first}")).await.expect(StatusCode::OK);
    assert_eq!(list["total"], json!(0));
}

#[tokio::test]
async fn checks_are_limited_and_a_claim_is_made_once_by_its_idempotency_key() {
    let outside = Outside::start().await;
    let mut flags = outside.flags();
    flags.push("--checks-per-hour=2".to_owned());
    let app = TestApp::with(&flags.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let tenant = app.provisional().await;
    let create = || {
        let request = tenant.request(reqwest::Method::POST, "/api/v1/claims");
        let body = json!({ "kind": "domain", "target": "a.claims.example" }).to_string();
        let request = request.header("idempotency-key", "0123456789abcdefghijklmn");
        tenant.send(request.header("content-type", "application/json").body(body))
    };
    let made = create().await.expect(StatusCode::CREATED);
    assert_eq!(create().await.expect(StatusCode::CREATED), made);
    let check = format!("{}/check", path(&made));
    for _ in 0..2 {
        tenant.post(&check, &json!({})).await.expect(StatusCode::OK);
    }
    let refused = tenant.post(&check, &json!({})).await.refused(429, "RATE_LIMITED");
    assert_eq!(refused["details"]["policy"], json!("checks"));
}
