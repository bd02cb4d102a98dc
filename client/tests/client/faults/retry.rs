//! What is tried again, and what is not.

use std::time::{Duration, Instant};

use client::types::{AgentChange, ClaimOrganization, OrganizationChange, Signup};
use client::{AgentId, Error, ErrorCode};

use super::server::{Act, Server};

const HEALTHY: &str = r#"{"status":"healthy"}"#;

fn agent() -> AgentId {
    "01993b6e-8123-7d11-8a2b-77c1d9a0be55".parse().expect("an identifier")
}

#[tokio::test]
async fn a_read_is_tried_again_until_it_works() {
    let server = Server::doing([Act::status(503), Act::status(502), Act::ok(HEALTHY)]).await;
    server.client().health().alive().await.expect("an answer");
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn it_gives_up_and_tells_the_last_error() {
    let server = Server::doing([Act::status(503)]).await;
    let error = server.client().health().alive().await.expect_err("an error");
    assert!(error.is_unavailable() && error.code() == Some(&ErrorCode::Unavailable), "{error:?}");
    assert_eq!(server.count(), 3, "the first one, and two more");
    let server = Server::doing([Act::status(500)]).await;
    server.client().health().alive().await.expect_err("an error");
    assert_eq!(server.count(), 1, "a fault does not pass by itself");
}

#[tokio::test]
async fn broken_connections_and_broken_bodies_are_tried_again() {
    let server = Server::doing([Act::Cut, Act::CutInside(HEALTHY.into()), Act::ok(HEALTHY)]).await;
    server.client().health().alive().await.expect("an answer");
    assert_eq!(server.count(), 3);
    let server = Server::doing([Act::Garbage]).await;
    let error = server.client().health().alive().await.expect_err("an error");
    assert!(matches!(error, Error::Connect(_)) && error.is_unavailable(), "{error:?}");
}

#[tokio::test]
async fn nobody_there_is_a_connection_error() {
    let gone = Server::doing([Act::Cut]).await.url.replace("127.0.0.1", "127.0.0.2");
    let client = client::Client::builder(gone).retries(0).build().expect("a client");
    assert!(matches!(client.health().alive().await, Err(Error::Connect(_))));
}

#[tokio::test]
async fn a_creation_is_repeated_with_one_key() {
    let server = Server::doing([Act::Cut, Act::status(503), Act::status(504)]).await;
    server.client().signup().create(&Signup::default()).await.expect_err("an error");
    let keys: Vec<_> = server.seen().iter().map(|seen| seen.header("idempotency-key").map(str::to_owned)).collect();
    assert_eq!(keys.len(), 3);
    assert!(keys[0].as_ref().is_some_and(|key| key.len() >= 22), "{keys:?}");
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    server.client().signup().create(&Signup::default()).await.expect_err("an error");
    assert_ne!(server.seen()[3].header("idempotency-key"), keys[0].as_deref(), "another call, another key");
}

#[tokio::test]
async fn what_may_not_be_repeated_is_not() {
    let server = Server::doing([Act::Cut, Act::status(503)]).await;
    let client = server.client();
    let claim = ClaimOrganization { claim_code: "sclaim_x".into(), email: "a@example.com".into() };
    client.signup().claim(&claim).await.expect_err("an error");
    client.agents().update(agent(), &AgentChange::default()).await.expect_err("an error");
    client.organizations().update(&OrganizationChange::default()).await.expect_err("an error");
    client.organizations().restore().await.expect_err("an error");
    assert_eq!(server.count(), 4);
    client.agents().decommission(agent()).await.expect_err("an error");
    assert_eq!(server.count(), 7, "a deletion may");
}

const LIMITED: &str = r#"{"code":"RATE_LIMITED","message":"too many","details":{"limit":1},"requestId":"r-1"}"#;

#[tokio::test]
async fn retry_after_is_obeyed() {
    let limited = Act::Answer(429, &[("retry-after", "1")], LIMITED.into());
    let server = Server::doing([limited, Act::ok(HEALTHY)]).await;
    let start = Instant::now();
    server.client().health().alive().await.expect("an answer");
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_long_or_missing_retry_after_is_told_at_once() {
    for (headers, wait) in [(&[("retry-after", "3600")][..], Some(Duration::from_hours(1))), (&[], None)] {
        let server = Server::doing([Act::Answer(429, headers, LIMITED.into())]).await;
        let error = server.client().health().alive().await.expect_err("an error");
        assert!(error.is_limited() && error.retry_after() == wait, "{error:?}");
        assert_eq!((error.code(), server.count()), (Some(&ErrorCode::RateLimited), 1));
    }
}

#[tokio::test]
async fn a_hanging_server_costs_a_timeout_for_each_attempt() {
    let server = Server::doing([Act::Hang]).await;
    let client = server.builder().timeout(Duration::from_millis(50)).retries(1).build().expect("a client");
    let error = client.health().alive().await.expect_err("an error");
    assert!(matches!(error, Error::Timeout) && error.is_unavailable(), "{error:?}");
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn the_deadline_ends_all_attempts() {
    let server = Server::doing([Act::Hang]).await;
    let client = server.builder().deadline(Duration::from_millis(50)).build().expect("a client");
    let start = Instant::now();
    assert!(matches!(client.health().alive().await, Err(Error::Timeout)));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_503_of_readiness_is_an_answer() {
    let server = Server::doing([Act::Answer(503, &[], r#"{"status":"unreachable"}"#.into())]).await;
    let answer = server.client().health().ready().await.expect("an answer");
    assert_eq!((answer.status.as_str(), server.count()), ("unreachable", 1));
}
