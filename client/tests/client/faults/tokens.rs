//! Automatic token requests.

use std::sync::atomic::{AtomicUsize, Ordering};

use client::types::AgentQuery;
use client::{Error, OAuthErrorCode};

use super::server::{Act, Seen, Server};

const LIST: &str = r#"{"data":[],"total":0,"page":1,"limit":20}"#;
const REFUSED: &str = r#"{"code":"UNAUTHORIZED","message":"no","requestId":"r-1"}"#;

fn token(number: usize, expires_in: u64) -> Act {
    let body = format!(
        r#"{{"access_token":"t{number}","token_type":"Bearer","expires_in":{expires_in},"scope":"agents:read"}}"#
    );
    Act::ok(&body)
}

/// Server that issues numbered tokens and accepts those that `takes` approves.
async fn server(expires_in: u64, takes: impl Fn(&str) -> bool + Send + Sync + 'static) -> Server {
    let issued = AtomicUsize::new(0);
    Server::start(move |seen, _| {
        if seen.is_for_token() {
            return token(issued.fetch_add(1, Ordering::Relaxed) + 1, expires_in);
        }
        let shown = seen.header("authorization").unwrap_or_default();
        if takes(shown) { Act::ok(LIST) } else { Act::Answer(401, &[], REFUSED.into()) }
    })
    .await
}

fn issued(server: &Server) -> usize {
    server.seen().iter().filter(|seen| seen.is_for_token()).count()
}

#[tokio::test]
async fn concurrent_calls_share_one_token_request() {
    let server = server(3600, |shown| shown == "Bearer t1").await;
    let client = server.client().with_credentials("the-id", "the secret&");
    let calls = (0..8).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.agents().list(&AgentQuery::default()).await })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.expect("a task").expect("a list");
    }
    assert_eq!((issued(&server), server.count()), (1, 9));
    let asked = server.seen().into_iter().find(Seen::is_for_token).expect("a request");
    assert_eq!(asked.body, "grant_type=client_credentials&client_id=the-id&client_secret=the+secret%26");
    client.health().alive().await.expect_err("a list is not a health response");
    let last = server.seen().pop().expect("a request");
    assert_eq!(last.header("authorization"), None, "public endpoints receive no token");
}

#[tokio::test]
async fn rejected_tokens_are_renewed_once() {
    let one = server(3600, |shown| shown == "Bearer t2").await;
    let client = one.client().with_credentials("id", "secret");
    client.agents().list(&AgentQuery::default()).await.expect("a list");
    assert_eq!((issued(&one), one.count()), (2, 4));
    client.agents().list(&AgentQuery::default()).await.expect("a list");
    assert_eq!(one.count(), 5, "the new token is cached");

    let never = server(3600, |_| false).await;
    let error = never.client().with_credentials("id", "secret").agents().list(&AgentQuery::default()).await;
    assert!(error.is_err_and(|error| error.is_unauthorized()));
    assert_eq!((issued(&never), never.count()), (2, 4), "renewed only once");
}

#[tokio::test]
async fn expiring_tokens_are_renewed_before_use() {
    let server = server(0, |_| true).await;
    let client = server.client().with_credentials("id", "secret");
    for _ in 0..2 {
        client.agents().list(&AgentQuery::default()).await.expect("a list");
    }
    assert_eq!((issued(&server), server.count()), (2, 4));
}

#[tokio::test]
async fn explicit_bearer_tokens_are_not_renewed() {
    let server = server(3600, |_| false).await;
    let error = server.client().with_bearer("given").agents().list(&AgentQuery::default()).await;
    assert!(error.is_err_and(|error| error.is_unauthorized()));
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn oauth_errors_are_matched_by_code() {
    let body = r#"{"error":"invalid_client","error_description":"there is no such client"}"#;
    let server = Server::doing([Act::Answer(401, &[], body.into())]).await;
    let error = server.client().with_credentials("id", "wrong").agents().list(&AgentQuery::default()).await;
    match error {
        Err(Error::OAuth { error: OAuthErrorCode::InvalidClient, status, .. }) => assert_eq!(status, 401),
        other => panic!("{other:?}"),
    }
    assert_eq!(server.count(), 1);
}
