//! `/claims`: verification of domains, repositories and keys.

mod expiry;
mod proofs;
mod requests;
mod verifier;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::stub_servers::StubServers;
use crate::support::{Caller, Tenant, TestApp};

/// Stub servers, and an API that may reach them.
async fn world() -> (StubServers, TestApp) {
    let servers = StubServers::start().await;
    let flags = servers.flags();
    let app = TestApp::with(&flags.iter().map(String::as_str).collect::<Vec<_>>()).await;
    (servers, app)
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_else(|| panic!("{field}: {value:#}"))
}

fn path(claim: &Value) -> String {
    format!("/api/v1/claims/{}", text(claim, "claimId"))
}

async fn claim(caller: &Caller, wanted: Value) -> Value {
    caller.post("/api/v1/claims", &wanted).await.expect(StatusCode::CREATED)
}

async fn check(caller: &Caller, claim: &Value, body: Value) -> Value {
    caller.post(&format!("{}/check", path(claim)), &body).await.expect(StatusCode::OK)
}

/// Audit actions about claims, oldest first.
async fn actions(tenant: &Tenant) -> Vec<String> {
    let page = tenant.get("/api/v1/audit?limit=100").await.expect(StatusCode::OK);
    let all = page["data"].as_array().expect("a list").iter().map(|event| text(event, "action").to_owned());
    let mut all: Vec<String> = all.filter(|action| action.starts_with("claim.")).collect();
    all.reverse();
    all
}

/// Count of change events of an agent in the marketplace's outbox.
async fn changes(app: &TestApp, agent: &str) -> usize {
    let rows = store::outbox::list_after(&app.app.store, 0, 1_000).await.expect("rows");
    rows.iter().filter(|row| row.agent_id == agent && row.kind == "changed").count()
}

/// An agent's public key as JWK, and its key pair.
fn key() -> (Value, Ed25519KeyPair) {
    let pair = Ed25519KeyPair::generate().expect("a key");
    (json!({ "kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(pair.public_key()) }), pair)
}

fn sign(pair: &Ed25519KeyPair, payload: &str) -> String {
    let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let message = format!("{}.{}", encode(br#"{"alg":"EdDSA"}"#), encode(payload.as_bytes()));
    format!("{message}.{}", encode(pair.sign(message.as_bytes()).as_ref()))
}
