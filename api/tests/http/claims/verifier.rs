//! Limits of the verifier: the addresses, sizes, times and certificates that it refuses.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use serde_json::json;

use super::{check, claim, path, text, world};
use crate::stub_servers::Reply;

#[tokio::test]
async fn what_is_not_public_is_refused_by_name() {
    let (servers, app) = world().await;
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
        servers.addresses(&host, &[&[IpAddr::from([127, 0, 0, 1]), address.parse().expect("an address")]]);
        servers.page(&format!("{host}/.well-known/sentryagent-claim"), Reply::Body("reached".to_owned()));
        let told = told(&host).await;
        assert!(told.contains(&format!("{named} ({host} leads there)")), "{address}: {told}");
    }
    servers.host("r.claims.example");
    servers.addresses("private.claims.example", &[&[IpAddr::from([192, 168, 0, 1])]]);
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
        servers.page("r.claims.example/.well-known/sentryagent-claim", Reply::Redirect(location.to_owned()));
        let told = told("r.claims.example").await;
        assert!(told.contains(named), "{location}: {told}");
    }
    assert_eq!(servers.forbidden(), 0, "nobody came where nobody may come");
    let first = servers.requests().iter().filter(|head| !head.contains("host: r.claims.example")).count();
    assert_eq!(first, 0, "only the redirecting host was asked");
}

#[tokio::test]
async fn an_answer_that_changes_between_check_and_connection_changes_nothing() {
    let (servers, app) = world().await;
    let tenant = app.provisional().await;
    let made = claim(&tenant, json!({ "kind": "domain", "target": "turn.claims.example" })).await;
    let (good, bad) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([127, 0, 0, 2]));
    let at = "turn.claims.example/.well-known/sentryagent-claim";
    servers.page(at, Reply::Body(text(&made["proof"], "nonce").to_owned()));
    servers.addresses("turn.claims.example", &[&[good], &[bad]]);
    let valid = check(&tenant, &made, json!({})).await;
    assert_eq!(text(&valid, "state"), "valid", "{valid:#}");
    assert_eq!((servers.asked("turn.claims.example"), servers.forbidden()), (1, 0), "asked once, and that was used");
    // A redirect to the same name is a new question, and a new check.
    servers.addresses("turn.claims.example", &[&[good], &[bad]]);
    servers.page(at, Reply::Redirect("/again".to_owned()));
    let failed = check(&tenant, &made, json!({})).await;
    assert!(text(&failed, "lastFailure").contains("127.0.0.2 is a loopback address"), "{failed:#}");
    assert_eq!(servers.forbidden(), 0);
}

#[tokio::test]
async fn a_body_ends_at_its_size_and_at_its_time() {
    let (servers, app) = world().await;
    let tenant = app.provisional().await;
    servers.host("body.claims.example");
    let made = claim(&tenant, json!({ "kind": "domain", "target": "body.claims.example" })).await;
    let at = "body.claims.example/.well-known/sentryagent-claim";
    for (reply, is_taken) in [
        (Reply::Bytes(64 * 1024), true),
        (Reply::Bytes(64 * 1024 + 1), false),
        (Reply::Bytes(50_000_000), false),
        (Reply::Body("a".repeat(64 * 1024 + 1)), false),
    ] {
        servers.page(at, reply);
        let told = check(&tenant, &made, json!({})).await;
        let told = text(&told, "lastFailure");
        assert_eq!(!told.contains("its body is larger than 64 KiB"), is_taken, "{told}");
    }
    servers.page(at, Reply::Drip);
    let before = Instant::now();
    let told = check(&tenant, &made, json!({})).await;
    assert!(text(&told, "lastFailure").contains("no whole answer within 5 seconds"), "{told:#}");
    assert!(before.elapsed() < Duration::from_secs(8), "{:?}", before.elapsed());
}

#[tokio::test]
async fn a_server_that_is_not_the_hosts_is_refused() {
    let (servers, app) = world().await;
    let tenant = app.provisional().await;
    servers.host("other.example");
    let made = claim(&tenant, json!({ "kind": "domain", "target": "other.example" })).await;
    let told = check(&tenant, &made, json!({})).await;
    assert!(text(&told, "lastFailure").contains("the connection failed: invalid peer certificate"), "{told:#}");
}
