//! Extends the audit trail of an organization, for `scripts/audit.sh trail`: `cargo run --release -p api --example trail --
//! DATA_DIR KEY_DIR ORGANIZATION_ID EVENTS`.
#![allow(clippy::print_stdout, clippy::expect_used, clippy::panic, reason = "a measurement, for people")]

use std::path::PathBuf;
use std::time::Instant;

use api::clock::Clock;
use api::keys::Keys;
use futures_util::{StreamExt as _, stream};
use serde_json::json;
use store::Store;
use store::audit::{self, Entry};

/// Concurrent writes: the writer commits them in groups.
const CONCURRENT: usize = 512;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut next = |what: &str| arguments.next().unwrap_or_else(|| panic!("expected {what}"));
    let (data, keys) = (PathBuf::from(next("DATA_DIR")), PathBuf::from(next("KEY_DIR")));
    let organization = next("ORGANIZATION_ID").parse().expect("an ID");
    let count: u64 = next("EVENTS").parse().expect("a number");
    let keys = Keys::open(&keys, Clock::default()).expect("keys");
    let store = Store::open(&data, Some(keys.head_key().expect("a key"))).await.expect("a database");
    let start = Instant::now();
    let writes = (0..count).map(|number| {
        let metadata = json!({ "tokenId": format!("{number:032}"), "scope": "agents:read" });
        audit::append_alone(
            &store,
            jiff::Timestamp::now(),
            Entry::by_organization(organization, "token.issued", metadata),
        )
    });
    let mut writes = stream::iter(writes).buffer_unordered(CONCURRENT);
    while let Some(written) = writes.next().await {
        written.expect("written");
    }
    println!("{count} events in {:.1} s", start.elapsed().as_secs_f64());
}
