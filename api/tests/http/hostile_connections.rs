//! Connections that are held: idle, slow, or without anyone who reads.

use reqwest::StatusCode;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpSocket, TcpStream};

use crate::process::Process;
use crate::support::Caller;

/// Bytes that hostile clients send before they stop.
const STARTS: [&str; 4] = [
    "",
    "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    "POST /api/v1/signup HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{",
    "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n",
];

/// Connects from an address of the loopback network.
async fn connect_from(address: &str, to: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind(format!("{address}:0").parse().expect("an address")).expect("bound");
    socket.connect(to.parse().expect("an address")).await.expect("a connection")
}

#[tokio::test]
async fn others_are_served_while_hostile_clients_hold_more_connections_than_the_process_has_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let process = Process::start(folder.path(), "ulimit -n 192; LIMIT_SIGNUP_PER_HOUR=1000", "info");
    let to = process.url.trim_start_matches("http://").replace("localhost", "127.0.0.1");
    let mut held = Vec::new();
    for number in 0..400 {
        let mut stream = connect_from(&format!("127.0.1.{}", number % 10 + 1), &to).await;
        // The server may have closed the connection already.
        let _ = stream.write_all(STARTS[number % STARTS.len()].repeat(1 + number % 50).as_bytes()).await;
        held.push(stream);
    }
    let caller = process.caller();
    for _ in 0..50 {
        // Each request on a new connection; the database has files left as well.
        let caller = Caller { http: reqwest::Client::new(), ..caller.clone() };
        caller.get("/health/ready").await.expect(StatusCode::OK);
        caller.post("/api/v1/signup", &serde_json::json!({})).await.expect(StatusCode::CREATED);
        held.push(connect_from("127.0.1.1", &to).await);
    }
}
