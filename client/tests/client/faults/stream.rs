//! Streams of lists and exports.

use client::Error;
use client::types::AuditQuery;
use futures_util::{StreamExt as _, TryStreamExt as _};

use super::server::{Act, Server};

#[tokio::test]
async fn exports_stream_line_by_line_and_report_truncation() {
    let server = Server::doing([Act::ok("{\"seq\":1}\n{\"seq\":2}\n"), Act::CutInside("{\"seq\":1}\n".into())]).await;
    let audit = server.client().audit();
    let lines: Vec<String> = audit.export().await.expect("a stream").try_collect().await.expect("lines");
    assert_eq!(lines, [r#"{"seq":1}"#, r#"{"seq":2}"#]);
    let mut lines = audit.export().await.expect("a stream");
    assert_eq!(lines.next().await.expect("a line").expect("a line"), r#"{"seq":1}"#);
    assert!(matches!(lines.next().await, Some(Err(Error::Connect(_)))), "a truncated export is an error");
}

#[tokio::test]
async fn every_page_is_requested_once() {
    let event = |seq: u64| {
        format!(
            r#"{{"seq":{seq},"eventId":"01993b6f-1111-7a00-8000-000000000003","timestamp":"2026-11-25T09:32:00.123456Z",
            "organizationId":"01993b6e-7f1c-7a52-9a54-6d1f0a3c9d11","agentId":null,"actor":"a","action":"b",
            "outcome":"success","metadata":{{}},"previousHash":"0","hash":"1"}}"#
        )
    };
    let server = Server::start(move |seen, _| {
        let page: u64 = if seen.line.contains("page=2") { 2 } else { 1 };
        let events = if page == 1 { format!("{},{}", event(3), event(2)) } else { event(1) };
        Act::ok(&format!(r#"{{"data":[{events}],"total":3,"page":{page},"limit":2}}"#))
    })
    .await;
    let query = AuditQuery { limit: Some(2), ..AuditQuery::default() };
    let places: Vec<u64> =
        server.client().audit().all(query).map_ok(|event| event.seq).try_collect().await.expect("events");
    assert_eq!((places, server.count()), (vec![3, 2, 1], 2));
}
