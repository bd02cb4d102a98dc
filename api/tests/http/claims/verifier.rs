//! Limits of the verifier: rejected addresses, sizes, times and certificates.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use serde_json::json;

use super::{check, claim, path, text, world};
use crate::stub_servers::Reply;

/// Words for every host that may not be reached.
const NOT_REACHED: &str = "the host has no address that may be reached from here";

#[tokio::test]
async fn non_public_addresses_are_rejected_by_name() {
    let (servers, app) = world().await;
    let tenant = app.verified("claimant 1").await;
    let failure_of = async |host: &str| {
        let made = claim(&tenant, json!({ "kind": "domain", "target": host })).await;
        let failed = check(&tenant, &made, json!({})).await;
        assert_eq!(text(&failed, "state"), "pending", "{failed:#}");
        tenant.delete(&path(&made)).await;
        text(&failed, "lastFailure").to_owned()
    };
    for (index, address) in
        ["127.0.0.2", "::1", "10.1.2.3", "169.254.169.254", "::ffff:127.0.0.1", "fd00:ec2::254", "64:ff9b::a9fe:a9fe"]
            .into_iter()
            .enumerate()
    {
        let host = format!("h{index}.claims.example");
        // One disallowed address beside an allowed one rejects all.
        servers.addresses(&host, &[&[IpAddr::from([127, 0, 0, 1]), address.parse().expect("an address")]]);
        servers.page(&format!("{host}/.well-known/sentryagent-claim"), Reply::Body("reached".to_owned()));
        let failure = failure_of(&host).await;
        assert!(failure.contains(NOT_REACHED), "{address}: {failure}");
        assert!(!failure.contains(address), "{address}: {failure}");
    }
    servers.host("r.claims.example");
    servers.addresses("private.claims.example", &[&[IpAddr::from([192, 168, 0, 1])]]);
    for (location, named) in [
        ("http://r.claims.example/x", "http://r.claims.example/x is not an https URL"),
        ("https://private.claims.example/", "only the same host"),
        ("//169.254.169.254/latest/meta-data", "only the same host"),
        ("https://2130706434/", "only the same host"),
        ("https://0x7f.0.0.2/", "only the same host"),
        ("https://0177.0.0.2/", "only the same host"),
        ("https://[::ffff:127.0.0.1]/", "only the same host"),
        ("https://r.claims.example@127.0.0.2/", "contains a user name"),
        ("https://1.1.1.1:22/", "only the same host"),
        ("/.well-known/sentryagent-claim", "more than 3 redirects"),
        ("file:///etc/passwd", "file:///etc/passwd is not an https URL"),
        ("https://", "is not an https URL"),
    ] {
        servers.page("r.claims.example/.well-known/sentryagent-claim", Reply::Redirect(location.to_owned()));
        let failure = failure_of("r.claims.example").await;
        assert!(failure.contains(named), "{location}: {failure}");
    }
    assert_eq!(servers.forbidden(), 0, "no connection to the forbidden address");
    assert_eq!(servers.query_count("private.claims.example"), 0, "the target of a redirect is not looked up");
    let first = servers.requests().iter().filter(|head| !head.contains("host: r.claims.example")).count();
    assert_eq!(first, 0, "only the redirecting host received requests");
}

#[tokio::test]
async fn dns_rebinding_has_no_effect() {
    let (servers, app) = world().await;
    let tenant = app.verified("claimant 2").await;
    let made = claim(&tenant, json!({ "kind": "domain", "target": "turn.claims.example" })).await;
    let (good, bad) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([127, 0, 0, 2]));
    let at = "turn.claims.example/.well-known/sentryagent-claim";
    servers.page(at, Reply::Body(text(&made["proof"], "nonce").to_owned()));
    servers.addresses("turn.claims.example", &[&[good], &[bad]]);
    let valid = check(&tenant, &made, json!({})).await;
    assert_eq!(text(&valid, "state"), "valid", "{valid:#}");
    assert_eq!(
        (servers.query_count("turn.claims.example"), servers.forbidden()),
        (1, 0),
        "one query, whose address is used"
    );
    // A redirect to the same name is resolved and checked again.
    servers.addresses("turn.claims.example", &[&[good], &[bad]]);
    servers.page(at, Reply::Redirect("/again".to_owned()));
    let failed = check(&tenant, &made, json!({})).await;
    assert!(text(&failed, "lastFailure").contains(NOT_REACHED), "{failed:#}");
    assert_eq!(servers.forbidden(), 0);
}

#[tokio::test]
async fn body_size_and_time_are_limited() {
    let (servers, app) = world().await;
    let tenant = app.verified("claimant 3").await;
    servers.host("body.claims.example");
    let made = claim(&tenant, json!({ "kind": "domain", "target": "body.claims.example" })).await;
    let at = "body.claims.example/.well-known/sentryagent-claim";
    for (reply, is_accepted) in [
        (Reply::Bytes(64 * 1024), true),
        (Reply::Bytes(64 * 1024 + 1), false),
        (Reply::Bytes(50_000_000), false),
        (Reply::Body("a".repeat(64 * 1024 + 1)), false),
    ] {
        servers.page(at, reply);
        let failure = check(&tenant, &made, json!({})).await;
        let failure = text(&failure, "lastFailure");
        assert_eq!(!failure.contains("the body exceeds 64 KiB"), is_accepted, "{failure}");
    }
    servers.page(at, Reply::Drip);
    let before = Instant::now();
    let failure = check(&tenant, &made, json!({})).await;
    assert!(text(&failure, "lastFailure").contains("no complete response within 5 s"), "{failure:#}");
    assert!(before.elapsed() < Duration::from_secs(8), "{:?}", before.elapsed());
}

#[tokio::test]
async fn a_server_without_a_certificate_of_the_host_is_rejected() {
    let (servers, app) = world().await;
    let tenant = app.verified("claimant 4").await;
    servers.host("other.example");
    let made = claim(&tenant, json!({ "kind": "domain", "target": "other.example" })).await;
    let failure = check(&tenant, &made, json!({})).await;
    assert!(text(&failure, "lastFailure").contains("connection failed: invalid peer certificate"), "{failure:#}");
}
