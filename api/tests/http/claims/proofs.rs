//! Proofs of a domain, a repository and a key.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{actions, changes, check, claim, key, path, sign, text, world};
use crate::stub_servers::Reply;

#[tokio::test]
async fn a_txt_record_verifies_a_domain_for_all_published_agents() {
    let (servers, app) = world().await;
    let tenant = app.verified("prover").await;
    let public = text(&tenant.register(json!({ "isPublic": true })).await, "agentId").to_owned();
    let private = tenant.agent("Private").await;
    let wanted = json!({ "kind": "domain", "target": "a.claims.example" });
    let response = tenant.post("/api/v1/claims", &wanted).await;
    let location = response.header("location").to_owned();
    let made = response.expect(StatusCode::CREATED);
    assert_eq!(location, format!("{}{}", app.url, path(&made)));
    let (nonce, proof) = (text(&made["proof"], "nonce").to_owned(), &made["proof"]);
    assert_eq!((text(&made, "state"), nonce.len()), ("pending", 32));
    assert_eq!(text(proof, "dnsName"), "_sentryagent-claim.a.claims.example");
    assert_eq!(text(proof, "fileUrl"), "https://a.claims.example/.well-known/sentryagent-claim");

    servers.txt("_sentryagent-claim.a.claims.example", &["v=spf1 \u{1b}[31m", "sentryagent-claim=other"]);
    let failed = check(&tenant, &made, json!({})).await;
    assert_eq!((text(&failed, "state"), &failed["checkedAt"]), ("pending", &Value::Null));
    let failure = text(&failed, "lastFailure");
    let expected = format!(
        "None of the 2 TXT records of _sentryagent-claim.a.claims.example is the expected sentryagent-claim={nonce}"
    );
    assert!(failure.contains(&expected), "{failure}");
    assert!(!failure.contains("spf1") && !failure.contains("other"), "no record is quoted: {failure}");
    assert!(failure.contains("the host has no address that may be reached from here"), "{failure}");
    assert_eq!(changes(&app, &public).await, 0, "public data has not changed");

    servers.txt("_sentryagent-claim.a.claims.example", &["x", &format!("sentryagent-claim={nonce}")]);
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
async fn a_txt_record_at_the_domain_itself_verifies_it() {
    let (servers, app) = world().await;
    let tenant = app.verified("claimant 1").await;
    let made = claim(&tenant, json!({ "kind": "domain", "target": "bare.claims.example" })).await;
    servers.txt("bare.claims.example", &[text(&made["proof"], "dnsValue")]);
    let valid = check(&tenant, &made, json!({})).await;
    assert_eq!(text(&valid, "evidenceUrl"), "dns:bare.claims.example?type=TXT");
}

#[tokio::test]
async fn a_file_verifies_a_domain_through_redirects_within_the_host() {
    let (servers, app) = world().await;
    let tenant = app.verified("claimant 2").await;
    let made = claim(&tenant, json!({ "kind": "domain", "target": "claims.example" })).await;
    let nonce = text(&made["proof"], "nonce");
    servers.host("claims.example");
    servers.host("www.claims.example");
    let at = "claims.example/.well-known/sentryagent-claim";
    servers.page(at, Reply::Body(format!("<html>{}</html>", "\u{202e}é".repeat(300))));
    let failure = check(&tenant, &made, json!({})).await;
    let failure = text(&failure, "lastFailure");
    assert!(
        failure.contains("contains: <html>????") && failure.ends_with(&format!("expected a line {nonce}")),
        "{failure}"
    );
    assert!(failure.len() < 600 && failure.is_ascii(), "{failure}");
    servers.page(at, Reply::Status(503));
    let failure = check(&tenant, &made, json!({})).await;
    assert!(text(&failure, "lastFailure").contains("status 503; expected 200"), "{failure:#}");
    servers.page(at, Reply::Redirect("/1".to_owned()));
    servers.page("claims.example/1", Reply::Redirect("https://www.claims.example/2".to_owned()));
    servers.page("www.claims.example/2", Reply::Redirect("3".to_owned()));
    servers.page("www.claims.example/3", Reply::Body(format!("other\n{nonce}\n")));
    let valid = check(&tenant, &made, json!({})).await;
    assert_eq!((text(&valid, "state"), text(&valid, "method")), ("valid", "well-known"), "{valid:#}");
    assert_eq!(text(&valid, "evidenceUrl"), "https://claims.example/.well-known/sentryagent-claim");
    // Content on another host doesn't verify this one.
    servers.host("other.claims.example");
    servers.page("other.claims.example/x", Reply::Body(nonce.to_owned()));
    servers.page(at, Reply::Redirect("https://other.claims.example/x".to_owned()));
    let failure = check(&tenant, &made, json!({})).await;
    assert!(text(&failure, "lastFailure").contains("redirect to other.claims.example"), "{failure:#}");
    assert_eq!(servers.requests().iter().filter(|head| head.contains("host: other")).count(), 0);
    for head in servers.requests() {
        assert!(head.contains("\r\nuser-agent: sentryagent-verifier/"), "{head}");
        assert!(head.contains("(+http://localhost:3000/docs)"), "{head}");
        for other in ["cookie:", "accept-encoding:", "authorization:", "referer:"] {
            assert!(!head.contains(other), "{head}");
        }
    }
}

#[tokio::test]
async fn a_committed_file_verifies_a_repository() {
    let (servers, app) = world().await;
    let tenant = app.verified("claimant 3").await;
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
        servers.host(raw.split('/').next().expect("a host"));
        servers.page(raw, Reply::Body(format!("{}\n", text(&made["proof"], "nonce"))));
        let valid = check(&tenant, &made, json!({})).await;
        assert_eq!((text(&valid, "state"), text(&valid, "method")), ("valid", "file"), "{valid:#}");
        assert_eq!(text(&valid, "evidenceUrl"), format!("{target}{page}.sentryagent-claim"));
    }
}

#[tokio::test]
async fn a_signature_verifies_a_key_once_until_the_key_is_removed() {
    let (_servers, app) = world().await;
    let tenant = app.verified("signer").await;
    let (jwk, pair) = key();
    let fields = json!({ "isPublic": true, "publicKeys": [jwk] });
    let agent = text(&tenant.register(fields).await, "agentId").to_owned();
    let made = claim(&tenant, json!({ "kind": "key", "agentId": agent })).await;
    let nonce = text(&made["proof"], "nonce").to_owned();
    let check_path = format!("{}/check", path(&made));
    assert_eq!(tenant.post(&check_path, &json!({})).await.wrong_fields(), ["signature"]);
    let other = check(&tenant, &made, json!({ "signature": sign(&key().1, &nonce) })).await;
    assert_eq!(text(&other, "lastFailure"), "The signature does not match this key.");
    let signature = sign(&pair, &nonce);
    let valid = check(&tenant, &made, json!({ "signature": signature })).await;
    assert_eq!((text(&valid, "state"), text(&valid, "method")), ("valid", "signature"), "{valid:#}");
    assert_eq!(text(&valid, "evidenceUrl"), format!("{}/agents/{agent}/did.json", app.url));
    let time = |field: &str| text(&valid, field).parse::<jiff::Timestamp>().expect("a time").as_second();
    assert_eq!(time("expiresAt") - time("checkedAt"), 7 * 86_400);
    let again = check(&tenant, &made, json!({ "signature": signature })).await;
    assert!(text(&again, "lastFailure").contains("The signed payload is"), "{again:#}");
    assert_eq!((text(&again, "state"), &again["expiresAt"]), ("valid", &valid["expiresAt"]));

    let change_count = changes(&app, &agent).await;
    let agent_path = format!("/api/v1/agents/{agent}");
    let renamed = json!({ "publicKeys": [key().0, { "kid": "kept", "kty": "OKP", "crv": "Ed25519", "x": jwk["x"] }] });
    tenant.patch(&agent_path, &renamed).await.expect(StatusCode::OK);
    assert_eq!(text(&tenant.get(&path(&made)).await.body, "state"), "valid", "the key is still published");
    tenant.patch(&agent_path, &json!({ "publicKeys": [key().0] })).await.expect(StatusCode::OK);
    let ended = tenant.get(&path(&made)).await.expect(StatusCode::OK);
    assert_eq!(text(&ended, "state"), "expired");
    assert!(changes(&app, &agent).await > change_count + 2, "changes for both updates and the claim");
    let fresh = text(&ended["proof"], "nonce");
    let late = check(&tenant, &made, json!({ "signature": sign(&pair, fresh) })).await;
    assert_eq!(text(&late, "lastFailure"), "The key is no longer among the agent's publicKeys.");
    assert_eq!(text(&late, "state"), "expired");
    assert_eq!(
        actions(&tenant).await,
        ["claim.created", "claim.failed", "claim.verified", "claim.failed", "claim.expired", "claim.failed"]
    );
}
