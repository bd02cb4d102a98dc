//! Answers that are longer than anybody wants.

use std::io::Write as _;
use std::time::Duration;

use client::{Client, Error};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::server::{Act, Server};

const FIFTY_MB: usize = 50_000_000;

/// An answer of so many bytes: spaces behind JSON are none of it.
fn body(length: usize) -> String {
    let json = r#"{"status":"healthy"}"#;
    format!("{json}{}", " ".repeat(length - json.len()))
}

/// The same without a word of how long it is: it ends with the connection.
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
async fn a_body_is_read_up_to_the_largest_and_not_a_byte_further() {
    let acts = [Act::ok(&body(100)), unannounced(100), Act::ok(&body(101)), unannounced(101)];
    let server = Server::doing(acts).await;
    let client = server.builder().largest(100).build().expect("a client");
    for _ in 0..2 {
        client.health().alive().await.expect("an answer");
    }
    for _ in 0..2 {
        assert!(is_too_long(&client).await.contains("longer than 100 bytes"));
    }
    assert_eq!(server.count(), 4, "it would come again");
}

#[tokio::test]
async fn without_a_wish_it_is_16_mib() {
    let (most, more) = (16 << 20, (16 << 20) + 1);
    let server = Server::doing([Act::ok(&body(most)), Act::ok(&body(more)), unannounced(more)]).await;
    server.client().health().alive().await.expect("an answer");
    for _ in 0..2 {
        is_too_long(&server.client()).await;
    }
}

#[tokio::test]
async fn fifty_megabytes_are_given_up_at_once() {
    let server = Server::doing([Act::ok(&body(FIFTY_MB)), unannounced(FIFTY_MB)]).await;
    let client = server.builder().largest(1_000_000).build().expect("a client");
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
async fn a_length_that_is_told_is_believed_before_the_first_byte() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 50000000\r\nx-request-id: r-1\r\n\r\n";
    let server = Server::doing([Act::Head(head)]).await;
    // Whoever waits for the body waits for his timeout.
    is_too_long(&server.client()).await;
}

#[tokio::test]
async fn what_is_packed_counts_as_it_is_unpacked() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(body(FIFTY_MB).as_bytes()).expect("packed");
    let packed = packed.finish().expect("packed");
    assert!(packed.len() < 100_000, "{}", packed.len());
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\nx-request-id: r-1\r\n\r\n",
        packed.len()
    );
    let server = Server::doing([Act::Raw([head.into_bytes(), packed].concat().into())]).await;
    is_too_long(&server.client()).await;
}

#[tokio::test]
async fn a_refusal_that_is_too_long_is_one_too() {
    let server = Server::doing([Act::Answer(404, &[], body(FIFTY_MB))]).await;
    let error = server.client().health().alive().await.expect_err("an error");
    assert!(matches!(error, Error::Decode { .. }) && error.is_not_found(), "{error:?}");
}
