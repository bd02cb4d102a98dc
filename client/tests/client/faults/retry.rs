//! Retries.

use std::time::{Duration, Instant};

use client::types::{AgentUpdate, ClaimOrganization, OrganizationUpdate, SignupRequest};
use client::{AgentId, Error, ErrorCode};

use super::server::{Act, Server};

const HEALTHY: &str = r#"{"status":"healthy"}"#;

fn agent() -> AgentId {
    "01993b6e-8123-7d11-8a2b-77c1d9a0be55".parse().expect("an identifier")
}

#[tokio::test]
async fn reads_are_retried_until_they_succeed() {
    let server = Server::doing([Act::status(503), Act::status(502), Act::ok(HEALTHY)]).await;
    server.client().health().alive().await.expect("a response");
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn the_last_error_is_returned_after_all_retries() {
    let server = Server::doing([Act::status(503)]).await;
    let error = server.client().health().alive().await.expect_err("an error");
    assert!(error.is_unavailable() && error.code() == Some(&ErrorCode::Unavailable), "{error:?}");
    assert_eq!(server.count(), 3, "the first attempt and two retries");
    let server = Server::doing([Act::status(500)]).await;
    server.client().health().alive().await.expect_err("an error");
    assert_eq!(server.count(), 1, "500 responses are not retried");
}

#[tokio::test]
async fn broken_connections_and_truncated_bodies_are_retried() {
    let server = Server::doing([Act::Cut, Act::CutInside(HEALTHY.into()), Act::ok(HEALTHY)]).await;
    server.client().health().alive().await.expect("a response");
    assert_eq!(server.count(), 3);
    let server = Server::doing([Act::Garbage]).await;
    let error = server.client().health().alive().await.expect_err("an error");
    assert!(matches!(error, Error::Connect(_)) && error.is_unavailable(), "{error:?}");
}

#[tokio::test]
async fn an_unreachable_server_is_a_connection_error() {
    let gone = Server::doing([Act::Cut]).await.url.replace("127.0.0.1", "127.0.0.2");
    let client = client::Client::builder(gone).retries(0).build().expect("a client");
    assert!(matches!(client.health().alive().await, Err(Error::Connect(_))));
}

#[tokio::test]
async fn creations_are_retried_with_one_idempotency_key() {
    let server = Server::doing([Act::Cut, Act::status(503), Act::status(504)]).await;
    server.client().signup().create(&SignupRequest::default()).await.expect_err("an error");
    let keys: Vec<_> = server.seen().iter().map(|seen| seen.header("idempotency-key").map(str::to_owned)).collect();
    assert_eq!(keys.len(), 3);
    assert!(keys[0].as_ref().is_some_and(|key| key.len() >= 22), "{keys:?}");
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    server.client().signup().create(&SignupRequest::default()).await.expect_err("an error");
    assert_ne!(server.seen()[3].header("idempotency-key"), keys[0].as_deref(), "each call has its own key");
}

#[tokio::test]
async fn non_idempotent_calls_are_not_retried() {
    let server = Server::doing([Act::Cut, Act::status(503)]).await;
    let client = server.client();
    let claim = ClaimOrganization { claim_code: "sclaim_x".into(), email: "a@example.com".into() };
    client.signup().claim(&claim).await.expect_err("an error");
    client.agents().update(agent(), &AgentUpdate::default()).await.expect_err("an error");
    client.organizations().update(&OrganizationUpdate::default()).await.expect_err("an error");
    client.organizations().restore().await.expect_err("an error");
    assert_eq!(server.count(), 4);
    client.agents().decommission(agent()).await.expect_err("an error");
    assert_eq!(server.count(), 7, "deletions are retried");
}

const LIMITED: &str = r#"{"code":"RATE_LIMITED","message":"too many","details":{"limit":1},"requestId":"r-1"}"#;

#[tokio::test]
async fn retry_after_is_honored() {
    let limited = Act::Answer(429, &[("retry-after", "1")], LIMITED.into());
    let server = Server::doing([limited, Act::ok(HEALTHY)]).await;
    let start = Instant::now();
    server.client().health().alive().await.expect("a response");
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn long_or_missing_retry_after_returns_the_error_immediately() {
    for (headers, wait) in [(&[("retry-after", "3600")][..], Some(Duration::from_hours(1))), (&[], None)] {
        let server = Server::doing([Act::Answer(429, headers, LIMITED.into())]).await;
        let error = server.client().health().alive().await.expect_err("an error");
        assert!(error.is_limited() && error.retry_after() == wait, "{error:?}");
        assert_eq!((error.code(), server.count()), (Some(&ErrorCode::RateLimited), 1));
    }
}

#[tokio::test]
async fn each_attempt_to_a_hanging_server_times_out() {
    let server = Server::doing([Act::Hang]).await;
    let client = server.builder().timeout(Duration::from_millis(50)).retries(1).build().expect("a client");
    let error = client.health().alive().await.expect_err("an error");
    assert!(matches!(error, Error::Timeout) && error.is_unavailable(), "{error:?}");
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn the_deadline_limits_all_attempts() {
    let server = Server::doing([Act::Hang]).await;
    let client = server.builder().deadline(Duration::from_millis(50)).build().expect("a client");
    let start = Instant::now();
    assert!(matches!(client.health().alive().await, Err(Error::Timeout)));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[tokio::test]
async fn readiness_503_is_a_response_and_not_retried() {
    let server = Server::doing([Act::Answer(503, &[], r#"{"status":"unreachable"}"#.into())]).await;
    let answer = server.client().health().ready().await.expect("a response");
    assert_eq!((answer.status.as_str(), server.count()), ("unreachable", 1));
}
