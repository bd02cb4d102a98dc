use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::{LONG, Portal, until};

#[tokio::test]
async fn an_answer_under_way_is_finished_and_new_connections_are_refused() {
    let mut portal = Portal::start().await;
    let addr = portal.origin.trim_start_matches("http://").to_owned();
    let mut open = TcpStream::connect(&addr).await.expect("a connection");
    open.write_all(b"GET /docs/guide HTTP/1.1\r\nHost: localhost\r\n").await.expect("half a request");
    until("the connection is seen", || async { portal.metric("portal_connections").await >= 1 }).await;
    let running = portal.stop();
    until("new connections are refused", || async { TcpStream::connect(&addr).await.is_err() }).await;
    assert!(!running.is_finished(), "it waits for the request under way");
    open.write_all(b"\r\n").await.expect("the other half");
    let mut answer = Vec::new();
    tokio::time::timeout(LONG, open.read_to_end(&mut answer)).await.expect("no hang").expect("an answer");
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("</html>"), "{answer}");
    tokio::time::timeout(LONG, running).await.expect("it ends").expect("without a panic");
}

#[tokio::test]
async fn a_connection_without_a_request_does_not_hold_it_up() {
    let mut portal = Portal::start().await;
    let addr = portal.origin.trim_start_matches("http://").to_owned();
    let _idle = TcpStream::connect(&addr).await.expect("a connection");
    until("the connection is seen", || async { portal.metric("portal_connections").await >= 1 }).await;
    let running = portal.stop();
    tokio::time::timeout(LONG + Duration::from_secs(10), running).await.expect("it ends").expect("without a panic");
}
