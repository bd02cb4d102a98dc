//! Oversized responses.

use std::io::Write as _;
use std::time::Duration;

use client::{Client, Error};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::server::{Act, Server};

const FIFTY_MB: usize = 50_000_000;

/// Body of this many bytes: JSON padded with spaces.
fn body(length: usize) -> String {
    let json = r#"{"status":"healthy"}"#;
    format!("{json}{}", " ".repeat(length - json.len()))
}

/// The same body without `Content-Length`, ended by the connection.
fn unannounced(length: usize) -> Act {
    let head = "HTTP/1.1 200 OK\r\nconnection: close\r\nx-request-id: r-1\r\n\r\n";
    Act::Raw(format!("{head}{}", body(length)).into_bytes().into())
}

async fn is_too_long(client: &Client) -> String {
    match client.health().alive().await {
        Err(error @ Error::Decode { .. }) => {
            assert_eq!(error.request_id(), Some("r-1"));
            error.to_string()
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn bodies_are_accepted_up_to_the_size_limit() {
    let acts = [Act::ok(&body(100)), unannounced(100), Act::ok(&body(101)), unannounced(101)];
    let server = Server::doing(acts).await;
    let client = server.builder().max_body_bytes(100).build().expect("a client");
    for _ in 0..2 {
        client.health().alive().await.expect("a response");
    }
    for _ in 0..2 {
        assert!(is_too_long(&client).await.contains("exceeds 100 bytes"));
    }
    assert_eq!(server.count(), 4, "oversized responses are not retried");
}

#[tokio::test]
async fn the_default_size_limit_is_16_mib() {
    let (most, more) = (16 << 20, (16 << 20) + 1);
    let server = Server::doing([Act::ok(&body(most)), Act::ok(&body(more)), unannounced(more)]).await;
    server.client().health().alive().await.expect("a response");
    for _ in 0..2 {
        is_too_long(&server.client()).await;
    }
}

#[tokio::test]
async fn the_connection_is_closed_when_a_body_exceeds_the_limit() {
    let server = Server::doing([Act::ok(&body(FIFTY_MB)), unannounced(FIFTY_MB)]).await;
    let client = server.builder().max_body_bytes(1_000_000).build().expect("a client");
    for times in 1..=2 {
        is_too_long(&client).await;
        let left = async {
            while server.left() < times {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), left).await.expect("the connection is closed");
    }
}

#[tokio::test]
async fn oversized_content_length_is_rejected_before_the_body() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 50000000\r\nx-request-id: r-1\r\n\r\n";
    let server = Server::doing([Act::Head(head)]).await;
    // Waiting for the body would take until the timeout.
    is_too_long(&server.client()).await;
}

#[tokio::test]
async fn the_size_limit_applies_to_decompressed_bytes() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(body(FIFTY_MB).as_bytes()).expect("compressed");
    let packed = packed.finish().expect("compressed");
    assert!(packed.len() < 100_000, "{}", packed.len());
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\nx-request-id: r-1\r\n\r\n",
        packed.len()
    );
    let server = Server::doing([Act::Raw([head.into_bytes(), packed].concat().into())]).await;
    is_too_long(&server.client()).await;
}

#[tokio::test]
async fn oversized_error_responses_keep_their_status() {
    let server = Server::doing([Act::Answer(404, &[], body(FIFTY_MB))]).await;
    let error = server.client().health().alive().await.expect_err("an error");
    assert!(matches!(error, Error::Decode { .. }) && error.is_not_found(), "{error:?}");
}
